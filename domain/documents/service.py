"""Reading, agreeing and signing (A5, A6, A12)."""

from dataclasses import dataclass
from datetime import datetime

from domain.accounts.model import Identity
from domain.activities.model import StructureId
from domain.clock import Clock
from domain.documents.errors import DocumentNotOpened
from domain.documents.model import (
    CONSENTS,
    ConsentState,
    DocumentId,
    DocumentKind,
    LegalDocument,
    Sheet,
    Signature,
)
from domain.documents.ports import Documents
from domain.errors import NotFound
from domain.families.model import Child, ChildId
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class ListConsents:
    """What this guardian is asked to agree to, in the order of ``CONSENTS``."""

    documents: Transaction[Documents]

    async def __call__(self, who: Identity) -> tuple[ConsentState, ...]:
        return await self.documents.read(lambda tx: _states(tx, who))


def _states(tx: Documents, who: Identity) -> tuple[ConsentState, ...]:
    current = tx.current(who.structure_id)
    known = tx.consents(who.guardian.id, who.structure_id)
    asked = (current[kind] for kind in CONSENTS if kind in current)
    return tuple(known.get(document.id, ConsentState(document)) for document in asked)


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The text in force, noted as shown to this guardian. Raises NotFound for any other."""

    documents: Transaction[Documents]
    clock: Clock

    async def __call__(self, who: Identity, document_id: DocumentId) -> ConsentState:
        now = self.clock()

        def work(tx: Documents) -> ConsentState:
            document = _in_force(tx, who, document_id)
            tx.note_opened(who.guardian.id, document.id, now)
            return tx.consents(who.guardian.id, who.structure_id)[document.id]

        return await self.documents.write(work)


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """Tick a document that was opened. Raises DocumentNotOpened, NotFound. Twice is once."""

    documents: Transaction[Documents]
    clock: Clock

    async def __call__(self, who: Identity, document_id: DocumentId, telegram_user: int) -> None:
        now = self.clock()

        def work(tx: Documents) -> None:
            document = _in_force(tx, who, document_id)
            _tick(tx, who, document, telegram_user, now)

        await self.documents.write(work)


@dataclass(frozen=True, slots=True)
class ListSheets:
    """The house rules of each child of the family, signed or not; empty where there are none."""

    documents: Transaction[Documents]

    async def __call__(self, who: Identity) -> tuple[Sheet, ...]:
        def read(tx: Documents) -> tuple[Sheet, ...]:
            rules = tx.current(who.structure_id).get(DocumentKind.HOUSE_RULES)
            if rules is None:
                return ()
            signed = tx.signatures(who.guardian.family_id, rules)
            return tuple(Sheet(child, rules, signed.get(child.id)) for child in who.children)

        return await self.documents.read(read)


@dataclass(frozen=True, slots=True)
class SignHouseRules:
    """Sign for one child. Raises NotFound for another family's child and where there are no rules,
    DocumentNotOpened when the rules were not opened and ticked. Twice is once.
    """

    documents: Transaction[Documents]
    clock: Clock

    async def __call__(
        self, who: Identity, child_id: ChildId, *, name: str, place: str, telegram_user: int
    ) -> Sheet:
        child, now = _own_child(who, child_id), self.clock()

        def work(tx: Documents) -> Sheet:
            rules = tx.current(who.structure_id).get(DocumentKind.HOUSE_RULES)
            if rules is None:
                raise NotFound
            known = tx.consents(who.guardian.id, who.structure_id).get(rules.id)
            if known is None or known.given_at is None:
                raise DocumentNotOpened
            signature = Signature(
                document=rules,
                child_id=child.id,
                name=name,
                place=place,
                signed_at=now,
                telegram_user=telegram_user,
                fingerprint=rules.fingerprint,
            )
            tx.sign(who.guardian.family_id, who.guardian.id, signature)
            kept = tx.signatures(who.guardian.family_id, rules)[child.id]
            return Sheet(child, rules, kept)

        return await self.documents.write(work)


@dataclass(frozen=True, slots=True)
class PublishDocument:
    """A new version, asked again of everybody (A5, A6)."""

    documents: Transaction[Documents]
    clock: Clock

    async def __call__(
        self, structure: StructureId, kind: DocumentKind, *, title: str, body: str
    ) -> LegalDocument:
        now = self.clock()
        return await self.documents.write(
            lambda tx: tx.publish(structure, kind, title.strip(), body.strip(), now)
        )


def _tick(
    tx: Documents, who: Identity, document: LegalDocument, telegram_user: int, now: datetime
) -> None:
    if document.id not in tx.consents(who.guardian.id, who.structure_id):
        raise DocumentNotOpened
    tx.note_given(who.guardian.id, document, telegram_user, now)


def _in_force(tx: Documents, who: Identity, document_id: DocumentId) -> LegalDocument:
    """Another structure's, and an old version, are not there."""
    current = tx.current(who.structure_id).values()
    found = next((document for document in current if document.id == document_id), None)
    if found is None:
        raise NotFound
    return found


def _own_child(who: Identity, child_id: ChildId) -> Child:
    child = who.child(child_id)
    if child is None:
        raise NotFound
    return child
