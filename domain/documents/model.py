"""What the town asks its families to read: notices once a person, house rules once a child."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.activities.model import StructureId
from domain.families.model import Child, ChildId

DocumentId = NewType("DocumentId", int)


class DocumentKind(StrEnum):
    PRIVACY = "privacy"  # RGPD notice (A5)
    TERMS = "terms"  # terms of use (A5)
    TELEGRAM = "telegram"  # where Telegram keeps messages; agreeing is the opt-in (A12)
    HOUSE_RULES = "house_rules"  # signed per child (A6)


CONSENTS = (DocumentKind.PRIVACY, DocumentKind.TERMS, DocumentKind.TELEGRAM)
"""Asked of every guardian before anything else works, in this order (A5, A12)."""


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """One version of one text. ``body`` is plain paragraphs parted by blank lines."""

    id: DocumentId
    structure_id: StructureId
    kind: DocumentKind
    version: int
    title: str
    body: str
    published_at: datetime

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what was shown, in hexadecimal: the evidence of what was agreed to (A6)."""
        shown = f"{self.kind}\n{self.version}\n{self.title}\n{self.body}"
        return hashlib.sha256(shown.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A document asked of this guardian, and how far they are with it."""

    document: LegalDocument
    opened_at: datetime | None = None
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """House rules signed for one child by one guardian of a family (A6)."""

    document: LegalDocument
    child_id: ChildId
    name: str  # as the signer typed it
    place: str
    signed_at: datetime
    telegram_user: int
    fingerprint: str  # of the document at that instant


@dataclass(frozen=True, slots=True)
class Sheet:
    """The house rules of one child: to be signed, or signed."""

    child: Child
    document: LegalDocument
    signature: Signature | None = None
