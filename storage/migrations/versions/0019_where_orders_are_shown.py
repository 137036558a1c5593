"""Where an order was offered, to be redrawn once it is paid; cancelled ones by an index (M4)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | Sequence[str] | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LATE = "ix_payment_order_late"


def upgrade() -> None:
    op.create_table(
        "order_message",
        sa.Column("order_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["payment_order.id"], name=op.f("fk_order_message_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["telegram_session.id"], name=op.f("fk_order_message_session_id")
        ),
        sa.PrimaryKeyConstraint(
            "order_id", "session_id", "message_id", name=op.f("pk_order_message")
        ),
    )
    op.create_index(op.f("ix_order_message_sent_at"), "order_message", ["sent_at"])
    _late("state IN ('cancelled', 'expired')")


def _late(states: str) -> None:
    op.drop_index(LATE, "payment_order")
    op.create_index(
        LATE,
        "payment_order",
        ["expires_at"],
        sqlite_where=sa.text(states),
        postgresql_where=sa.text(states),
    )


def downgrade() -> None:
    _late("state = 'expired'")
    op.drop_table("order_message")
