"""Absences that families declare, how each activity bills them; deadlines that were told."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_absences()
    _create_reminders()


def _create_absences() -> None:
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


def _create_reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", ID, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("limit_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("silenced_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_reminder_family_id")),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_reminder_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "family_id",
            "structure_id",
            "limit_at",
            name=op.f("uq_reminder_family_id_structure_id_limit_at"),
        ),
    )
    op.create_index(op.f("ix_reminder_limit_at"), "reminder", ["limit_at"])
    op.create_table(
        "reminder_day",
        sa.Column("reminder_id", ID, nullable=False),
        sa.Column("child_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name=op.f("fk_reminder_day_reminder_id")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_reminder_day_child_id")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_reminder_day_activity_id")
        ),
        sa.PrimaryKeyConstraint(
            "reminder_id", "child_id", "activity_id", "day", name=op.f("pk_reminder_day")
        ),
    )


def downgrade() -> None:
    op.drop_table("reminder_day")
    op.drop_table("reminder")
    op.drop_table("absence")
    with op.batch_alter_table("activity") as batch:
        batch.drop_column("absence_billing")
