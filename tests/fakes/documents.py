"""Documents, consents and signatures in memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.activities.model import StructureId
from domain.documents.model import (
    ConsentState,
    DocumentId,
    DocumentKind,
    LegalDocument,
    Signature,
)
from domain.families.model import ChildId, FamilyId, GuardianId
from tests.fakes.data import TownData


class FakeDocuments:
    def __init__(self, data: TownData) -> None:
        self.data = data

    def current(self, structure: StructureId) -> Mapping[DocumentKind, LegalDocument]:
        mine = (d for d in self.data.documents.values() if d.structure_id == structure)
        return {d.kind: d for d in sorted(mine, key=lambda d: d.version)}

    def consents(
        self, guardian: GuardianId, structure: StructureId
    ) -> Mapping[DocumentId, ConsentState]:
        current = {document.id for document in self.current(structure).values()}
        return {
            state.document.id: state
            for (of, document), state in self.data.consents.items()
            if of == guardian and document in current
        }

    def note_opened(self, guardian: GuardianId, document: DocumentId, at: datetime) -> None:
        state = ConsentState(self.data.documents[document], at)
        self.data.consents.setdefault((guardian, document), state)

    def note_given(
        self, guardian: GuardianId, document: LegalDocument, telegram_user: int, at: datetime
    ) -> None:
        known = self.data.consents[guardian, document.id]
        if known.given_at is None:
            self.data.consents[guardian, document.id] = replace(known, given_at=at)

    def signatures(self, family: FamilyId, document: LegalDocument) -> Mapping[ChildId, Signature]:
        return {
            signed.child_id: signed
            for (of, _, on), signed in self.data.signatures.items()
            if of == family and on == document.id
        }

    def sign(self, family: FamilyId, guardian: GuardianId, signature: Signature) -> None:
        key = family, signature.child_id, signature.document.id
        self.data.signatures.setdefault(key, signature)

    def publish(
        self, structure: StructureId, kind: DocumentKind, title: str, body: str, at: datetime
    ) -> LegalDocument:
        before = self.current(structure).get(kind)
        version = 1 if before is None else before.version + 1
        key = DocumentId(len(self.data.documents) + 1)
        published = LegalDocument(key, structure, kind, version, title, body, at)
        self.data.documents[key] = published
        return published
