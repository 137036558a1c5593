"""Access, documents and profile: tokens, consents, signatures, choices, and the audit log."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = (
    "legal_document",
    "consent",
    "signature",
    "access_token",
    "password_choice",
    "email_check",
    "notice_choice",
    "screen_message",
    "audit",
)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BLIND = sa.LargeBinary(length=32)
INSTANT = sa.DateTime(timezone=True)
NEW_COLUMNS = {
    "guardian": (
        "must_change_password",
        "password_until",
        "tidy_screens",
        "erased_at",
        "quiet_until",
        "quiet_from",
    ),
    "announcement": ("activity_id", "file", "file_name"),
    "notice": ("secret",),
}
CHECKS = {"guardian": "ck_guardian_quiet", "announcement": "ck_announcement_file"}


def upgrade() -> None:
    _create_documents()
    _create_access()
    _create_choices()
    _widen()


def downgrade() -> None:
    for table, columns in NEW_COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            if table in CHECKS:
                batch.drop_constraint(op.f(CHECKS[table]), type_="check")
            for column in columns:
                batch.drop_column(column)
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_documents() -> None:
    op.create_table(
        "legal_document",
        sa.Column("id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("kind", _choice("kind", "privacy terms telegram house_rules"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.Column("superseded_at", INSTANT, nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_legal_document_version")),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_legal_document_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_document")),
        sa.UniqueConstraint(
            "structure_id",
            "kind",
            "version",
            name=op.f("uq_legal_document_structure_id_kind_version"),
        ),
    )
    op.create_index(
        "uq_legal_document_current",
        "legal_document",
        ["structure_id", "kind"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "consent",
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("given_at", INSTANT, nullable=True),
        sa.Column("user_id", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(given_at IS NULL) = (fingerprint IS NULL)", name=op.f("ck_consent_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["legal_document.id"], name=op.f("fk_consent_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_consent_guardian_id")
        ),
        sa.PrimaryKeyConstraint("guardian_id", "document_id", name=op.f("pk_consent")),
    )
    op.create_table(
        "signature",
        sa.Column("id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("child_id", ID, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.Column("user_id", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_signature_child_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["legal_document.id"], name=op.f("fk_signature_document_id")
        ),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_signature_family_id")),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_signature_guardian_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint(
            "document_id",
            "child_id",
            "family_id",
            name=op.f("uq_signature_document_id_child_id_family_id"),
        ),
    )


def _create_access() -> None:
    op.create_table(
        "access_token",
        sa.Column("id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("purpose", _choice("purpose", "invitation reset"), nullable=False),
        sa.Column("token_hash", BLIND, nullable=False),
        sa.Column("user_index", BLIND, nullable=True),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint("expires_at > issued_at", name=op.f("ck_access_token_window")),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_access_token_guardian_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_token_token_hash")),
    )
    op.create_index(op.f("ix_access_token_guardian_id"), "access_token", ["guardian_id"])
    op.create_table(
        "password_choice",
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("chosen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_password_choice_guardian_id")
        ),
        sa.PrimaryKeyConstraint("guardian_id", name=op.f("pk_password_choice")),
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", _choice("actor", "guardian staff system stranger"), nullable=False),
        sa.Column("guardian_id", ID, nullable=True),
        sa.Column("user_index", BLIND, nullable=True),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_audit_guardian_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_guardian_id_at", "audit", ["guardian_id", "at"])
    op.create_index("ix_audit_user_index_at", "audit", ["user_index", "at"])


def _create_choices() -> None:
    op.create_table(
        "email_check",
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("address_index", BLIND, nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code_hash", BLIND, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("replaces", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_email_check_tries")),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_email_check_guardian_id")
        ),
        sa.PrimaryKeyConstraint("guardian_id", "address_index", name=op.f("pk_email_check")),
    )
    op.create_table(
        "notice_choice",
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("channel", _choice("channel", "telegram mail"), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_notice_choice_guardian_id")
        ),
        sa.PrimaryKeyConstraint("guardian_id", "kind", "channel", name=op.f("pk_notice_choice")),
    )
    op.create_table(
        "screen_message",
        sa.Column("session_id", ID, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["telegram_session.id"], name=op.f("fk_screen_message_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "message_id", name=op.f("pk_screen_message")),
    )
    op.create_index(op.f("ix_screen_message_sent_at"), "screen_message", ["sent_at"])


def _widen() -> None:
    """Column by column: a table with checks is not copied on SQLite, which would lose them."""
    false = sa.false()
    op.add_column(
        "guardian",
        sa.Column("must_change_password", sa.Boolean(), server_default=false, nullable=False),
    )
    op.add_column("guardian", sa.Column("password_until", INSTANT))
    op.add_column(
        "guardian", sa.Column("tidy_screens", sa.Boolean(), server_default=false, nullable=False)
    )
    op.add_column("guardian", sa.Column("erased_at", INSTANT))
    op.add_column("guardian", sa.Column("quiet_from", sa.Time()))
    _add_checked(
        "guardian", "quiet_until", "TIME", "quiet", "(quiet_from IS NULL) = (quiet_until IS NULL)"
    )
    op.add_column("notice", sa.Column("secret", sa.LargeBinary()))
    whole = "INTEGER" if _on_sqlite() else "BIGINT"
    op.execute(
        f"ALTER TABLE announcement ADD COLUMN activity_id {whole} "
        "CONSTRAINT fk_announcement_activity_id REFERENCES activity (id)"
    )
    op.add_column("announcement", sa.Column("file", sa.LargeBinary()))
    _add_checked(
        "announcement", "file_name", "TEXT", "file", "(file IS NULL) = (file_name IS NULL)"
    )


def _add_checked(table: str, column: str, type_: str, name: str, rule: str) -> None:
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} {type_} "
        f"CONSTRAINT ck_{table}_{name} CHECK ({rule})"
    )


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _choice(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)
