"""Announcements that agents compose and send, and what became of them in each chat (S2, N7)."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
STATUSES = ("draft", "scheduled", "sending", "paused", "sent", "withdrawn")
REACHES = ("everyone", "structure", "activity", "group", "booked")
FATES = (
    "pending",
    "sending",
    "sent",
    "uncertain",
    "blocked",
    "failed",
    "no_chat",
    "muted",
    "cancelled",
    "withdrawn",
)
REFERENCES = (("staff_id", "staff_member"), ("follower_id", "staff_session"))
CHOICES = (("status", STATUSES, "sent"), ("reach", REACHES, "structure"))


def upgrade() -> None:
    whole = "INTEGER" if _on_sqlite() else "BIGINT"
    for column, target in REFERENCES:
        op.execute(
            f"ALTER TABLE announcement ADD COLUMN {column} {whole} "
            f"CONSTRAINT fk_announcement_{column} REFERENCES {target} (id)"
        )
    for column, words, usual in CHOICES:
        listed = ", ".join(f"'{word}'" for word in words)
        op.execute(
            f"ALTER TABLE announcement ADD COLUMN {column} VARCHAR(32) DEFAULT '{usual}' NOT NULL "
            f"CONSTRAINT ck_announcement_{column} CHECK ({column} IN ({listed}))"
        )
    for plain in _plain():
        op.add_column("announcement", plain)
    op.execute("UPDATE announcement SET reach = 'activity' WHERE activity_id IS NOT NULL")
    op.execute(PICTURES)
    _create_deliveries()


def _plain() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("age_group", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("scheduled_at", INSTANT),
        sa.Column("shown_days", sa.Integer()),
        sa.Column("file_is_picture", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("file_telegram_id", sa.Text()),
        sa.Column("new_title", sa.Text()),
        sa.Column("new_text", sa.Text()),
        sa.Column("changing", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("progress_message", sa.Integer()),
        sa.Column("progress_stale", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


PICTURES = """
    UPDATE announcement SET file_is_picture =
    (file_name IS NOT NULL AND (lower(file_name) LIKE '%.png' OR lower(file_name) LIKE '%.jpg'
     OR lower(file_name) LIKE '%.jpeg' OR lower(file_name) LIKE '%.webp'))
"""


def _create_deliveries() -> None:
    table = "announcement_delivery"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("announcement_id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column(
            "state",
            sa.Enum(*FATES, name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("due_at", INSTANT),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message_id", sa.Integer()),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("why", sa.Text()),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, to in (
                ("announcement_id", "announcement"),
                ("guardian_id", "guardian"),
                ("session_id", "telegram_session"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for name, column, some in (
        ("chat", "session_id", sa.text("session_id IS NOT NULL")),
        ("no_chat", "guardian_id", sa.text("session_id IS NULL")),
    ):
        op.create_index(
            f"uq_{table}_{name}",
            table,
            ["announcement_id", column],
            unique=True,
            sqlite_where=some,
            postgresql_where=some,
        )
    op.create_index(f"ix_{table}_due", table, ["announcement_id", "state", "due_at"])
    op.create_index(f"ix_{table}_guardian_id", table, ["guardian_id"])
    op.create_index(f"ix_{table}_session_id", table, ["session_id"])


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def downgrade() -> None:
    """What no import wrote goes: a town's older bot would tell drafts to everybody."""
    op.drop_table("announcement_delivery")
    op.execute("DELETE FROM announcement WHERE status NOT IN ('sending', 'paused', 'sent')")
    with op.batch_alter_table("announcement") as batch:
        for column, _, _ in CHOICES:
            batch.drop_constraint(op.f(f"ck_announcement_{column}"), type_="check")
        for column, _ in REFERENCES:
            batch.drop_column(column)
        for column, _, _ in CHOICES:
            batch.drop_column(column)
        for plain in _plain():
            batch.drop_column(plain.name)
