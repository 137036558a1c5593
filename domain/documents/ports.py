from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.activities.model import StructureId
from domain.documents.model import (
    ConsentState,
    DocumentId,
    DocumentKind,
    LegalDocument,
    Signature,
)
from domain.families.model import ChildId, FamilyId, GuardianId


class Documents(Protocol):
    """Only the version in force is ever asked for; what was agreed to is never changed."""

    def current(self, structure: StructureId) -> Mapping[DocumentKind, LegalDocument]: ...

    def consents(
        self, guardian: GuardianId, structure: StructureId
    ) -> Mapping[DocumentId, ConsentState]:
        """Of the documents in force there; those never opened are missing."""

    def note_opened(self, guardian: GuardianId, document: DocumentId, at: datetime) -> None:
        """The first time counts."""

    def note_given(
        self, guardian: GuardianId, document: LegalDocument, telegram_user: int, at: datetime
    ) -> None:
        """With its evidence; what was given already stays as it was."""

    def signatures(
        self, family: FamilyId, document: LegalDocument
    ) -> Mapping[ChildId, Signature]: ...

    def sign(self, family: FamilyId, guardian: GuardianId, signature: Signature) -> None:
        """Once per document, child and family: a second signature changes nothing."""

    def publish(
        self, structure: StructureId, kind: DocumentKind, title: str, body: str, at: datetime
    ) -> LegalDocument:
        """The next version; the one in force until now is asked of nobody any more."""
