"""Imports, answers of the back office, and absences that the night tells it of (X1, X2)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
NEWS = ("declared", "changed", "withdrawn")
UNCLAIMED = sa.text("transmission_id IS NULL")
TOLD = """
    INSERT INTO absence_news
        (structure_id, activity_id, day, ticket, what, at, billed, certified)
    SELECT activity.structure_id, booking.activity_id, booking.day, booking.ticket, 'declared',
        absence.declared_at, absence.billed, absence.certificate_kind IS NOT NULL
    FROM absence
    JOIN booking ON booking.id = absence.booking_id
    JOIN activity ON activity.id = booking.activity_id
    ORDER BY absence.declared_at, absence.booking_id
"""


def upgrade() -> None:
    op.create_table(
        "imported",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("code", sa.String(255), nullable=False),
        sa.Column("row_id", ID),
        sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_imported")),
    )
    op.create_index("ix_imported_kind_row_id", "imported", ["kind", "row_id"])
    op.create_table(
        "taken_file",
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("checksum", name=op.f("pk_taken_file")),
    )
    _create_absence_news()
    op.execute(TOLD)  # nobody has heard of those either
    op.add_column("transmission", sa.Column("taken_at", INSTANT))
    # Those of before were handed over when they were written: there was no other sign.
    op.execute("UPDATE transmission SET taken_at = written_at")


def _create_absence_news() -> None:
    op.create_table(
        "absence_news",
        sa.Column("id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(*NEWS, name="what", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("billed", sa.Boolean(), nullable=False),
        sa.Column("certified", sa.Boolean(), nullable=False),
        sa.Column("transmission_id", ID),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_absence_news_structure_id")
        ),
        sa.ForeignKeyConstraint(
            ["transmission_id"], ["transmission.id"], name=op.f("fk_absence_news_transmission_id")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id", "day", "ticket"],
            ["booking.activity_id", "booking.day", "booking.ticket"],
            name=op.f("fk_absence_news_activity_id_day_ticket"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_news")),
    )
    op.create_index(op.f("ix_absence_news_transmission_id"), "absence_news", ["transmission_id"])
    op.create_index(
        "ix_absence_news_unclaimed",
        "absence_news",
        ["structure_id"],
        sqlite_where=UNCLAIMED,
        postgresql_where=UNCLAIMED,
    )


def downgrade() -> None:
    op.drop_column("transmission", "taken_at")
    op.drop_table("absence_news")
    op.drop_table("taken_file")
    op.drop_table("imported")
