"""The messages of agents, so that leaving takes them out of the chat (A9)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "staff_screen",
        sa.Column("session_id", ID, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["staff_session.id"], name=op.f("fk_staff_screen_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "message_id", name=op.f("pk_staff_screen")),
    )
    op.create_index(op.f("ix_staff_screen_sent_at"), "staff_screen", ["sent_at"])


def downgrade() -> None:
    op.drop_table("staff_screen")
