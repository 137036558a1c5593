"""Absences: what families declare, and how each activity bills it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "activity",
        sa.Column(
            "absence_billing", sa.JSON(), nullable=False, server_default='{"kind": "billed"}'
        ),
    )
    op.create_table(
        "absence",
        sa.Column("booking_id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("declared_at", INSTANT, nullable=False),
        sa.Column("billed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("certificate_file", sa.LargeBinary(), nullable=True),
        sa.Column(
            "certificate_kind",
            sa.Enum(
                "photo",
                "pdf",
                name="certificate_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(certificate_file IS NULL) = (certificate_kind IS NULL)",
            name=op.f("ck_absence_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_absence_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_absence_guardian_id")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_guardian_id"), "absence", ["guardian_id"])


def downgrade() -> None:
    op.drop_table("absence")
    with op.batch_alter_table("activity") as batch:
        batch.drop_column("absence_billing")
