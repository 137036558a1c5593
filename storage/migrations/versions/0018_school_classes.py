"""The school class of a child, and announcements to the families of a class (S2, S4)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = ("everyone", "structure", "activity", "group", "booked")
REACH = "ck_announcement_reach"


def upgrade() -> None:
    op.add_column("child", sa.Column("school_class", sa.Text()))
    op.add_column("announcement", sa.Column("school_class", sa.Text()))
    _reaches(*BEFORE, "class")


def _reaches(*words: str) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("announcement") as batch:
        batch.drop_constraint(op.f(REACH), type_="check")
        batch.create_check_constraint(op.f(REACH), f"reach IN ({listed})")


def downgrade() -> None:
    """What was for a class goes: an older bot would tell it to others."""
    op.execute(
        "DELETE FROM announcement_delivery WHERE announcement_id IN "
        "(SELECT id FROM announcement WHERE reach = 'class')"
    )
    op.execute("DELETE FROM announcement WHERE reach = 'class'")
    _reaches(*BEFORE)
    for table in ("announcement", "child"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("school_class")
