"""What a guardian wants to see of the follow-up (F1)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "follow_up_filter",
        sa.Column("draft_id", ID, nullable=False),
        sa.Column("child_id", ID),
        sa.Column("activity_id", ID),
        sa.Column("month", sa.Date()),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_follow_up_filter_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_follow_up_filter_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_follow_up_filter_draft_id")
        ),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_follow_up_filter")),
    )


def downgrade() -> None:
    op.drop_table("follow_up_filter")
