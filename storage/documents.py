"""Documents, consents and signatures: ``domain.documents.ports.Documents``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from domain.activities.model import StructureId
from domain.documents.model import (
    ConsentState,
    DocumentId,
    DocumentKind,
    LegalDocument,
    Signature,
)
from domain.families.model import ChildId, FamilyId, GuardianId
from storage.schema import consent, legal_document, signature
from storage.upserts import insert_into

_in_force = legal_document.c.superseded_at.is_(None)
_COLUMNS = tuple(c for c in legal_document.c if c.name != "superseded_at")


class SqlDocuments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self, structure: StructureId) -> Mapping[DocumentKind, LegalDocument]:
        query = select(*_COLUMNS).where(_in_force, legal_document.c.structure_id == structure)
        documents = map(_document, self._connection.execute(query))
        return {document.kind: document for document in documents}

    def consents(
        self, guardian: GuardianId, structure: StructureId
    ) -> Mapping[DocumentId, ConsentState]:
        query = (
            select(*_COLUMNS, consent.c.opened_at, consent.c.given_at)
            .join(consent, consent.c.document_id == legal_document.c.id)
            .where(_in_force, legal_document.c.structure_id == structure)
            .where(consent.c.guardian_id == guardian)
        )
        return {
            DocumentId(row.id): ConsentState(_document(row), row.opened_at, row.given_at)
            for row in self._connection.execute(query)
        }

    def note_opened(self, guardian: GuardianId, document: DocumentId, at: datetime) -> None:
        query = insert_into(self._connection, consent)
        query = query.values(guardian_id=guardian, document_id=document, opened_at=at)
        self._connection.execute(query.on_conflict_do_nothing())

    def note_given(
        self, guardian: GuardianId, document: LegalDocument, telegram_user: int, at: datetime
    ) -> None:
        query = update(consent).where(
            consent.c.guardian_id == guardian,
            consent.c.document_id == document.id,
            consent.c.given_at.is_(None),
        )
        evidence = {"user_id": str(telegram_user), "fingerprint": document.fingerprint}
        self._connection.execute(query.values(given_at=at, **evidence))

    def signatures(self, family: FamilyId, document: LegalDocument) -> Mapping[ChildId, Signature]:
        query = select(signature).where(
            signature.c.family_id == family, signature.c.document_id == document.id
        )
        return {
            ChildId(row.child_id): Signature(
                document=document,
                child_id=ChildId(row.child_id),
                name=row.name,
                place=row.place,
                signed_at=row.signed_at,
                telegram_user=int(row.user_id),
                fingerprint=row.fingerprint,
            )
            for row in self._connection.execute(query)
        }

    def sign(self, family: FamilyId, guardian: GuardianId, signed: Signature) -> None:
        query = insert_into(self._connection, signature).values(
            document_id=signed.document.id,
            child_id=signed.child_id,
            family_id=family,
            guardian_id=guardian,
            name=signed.name,
            place=signed.place,
            signed_at=signed.signed_at,
            user_id=str(signed.telegram_user),
            fingerprint=signed.fingerprint,
        )
        self._connection.execute(query.on_conflict_do_nothing())

    def publish(
        self, structure: StructureId, kind: DocumentKind, title: str, body: str, at: datetime
    ) -> LegalDocument:
        mine = legal_document.c.structure_id == structure, legal_document.c.kind == kind
        last = select(func.max(legal_document.c.version)).where(*mine)
        version = (self._connection.scalar(last) or 0) + 1
        self._connection.execute(
            update(legal_document).where(*mine, _in_force).values(superseded_at=at)
        )
        new = {"kind": kind, "version": version, "title": title, "body": body, "published_at": at}
        query = insert(legal_document).values(structure_id=structure, **new)
        key = self._connection.execute(query.returning(legal_document.c.id)).scalar_one()
        return LegalDocument(DocumentId(key), structure, kind, version, title, body, at)


def _document(row: Any) -> LegalDocument:
    """Of a row that names the document's columns, whatever else it holds."""
    return LegalDocument(
        id=DocumentId(row.id),
        structure_id=StructureId(row.structure_id),
        kind=row.kind,
        version=row.version,
        title=row.title,
        body=row.body,
        published_at=row.published_at,
    )
