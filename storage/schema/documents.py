"""What families are asked to read, agree to and sign (A5, A6)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from domain.documents.model import DocumentKind
from storage.columns import SealedText, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

legal_document = Table(
    "legal_document",
    metadata,
    own_id(),
    refers("structure_id", "structure"),
    Column("kind", choice(DocumentKind, "kind"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("superseded_at", UtcDateTime),
    UniqueConstraint("structure_id", "kind", "version"),
    CheckConstraint("version >= 1", name="version"),
)
_current = legal_document.c.superseded_at.is_(None)
Index(
    "uq_legal_document_current",
    legal_document.c.structure_id,
    legal_document.c.kind,
    unique=True,
    sqlite_where=_current,
    postgresql_where=_current,
)

consent = Table(
    "consent",
    metadata,
    refers("guardian_id", "guardian", primary_key=True),
    refers("document_id", "legal_document", primary_key=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("given_at", UtcDateTime),
    Column("user_id", SealedText("consent.user_id")),  # the evidence, once given
    Column("fingerprint", String(64)),
    CheckConstraint("(given_at IS NULL) = (fingerprint IS NULL)", name="evidence"),
)

signature = Table(
    "signature",
    metadata,
    own_id(),
    refers("document_id", "legal_document"),
    refers("child_id", "child"),
    refers("family_id", "family"),
    refers("guardian_id", "guardian"),
    Column("name", SealedText("signature.name"), nullable=False),
    Column("place", SealedText("signature.place"), nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    Column("user_id", SealedText("signature.user_id"), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    UniqueConstraint("document_id", "child_id", "family_id"),
)
