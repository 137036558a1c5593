"""Who may book, and when: debts, booking periods, residents first (B1)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)
PERIOD = ("booking_opens_at", "booking_opens_residents_at", "booking_closes_at")


def upgrade() -> None:
    op.add_column(
        "structure",
        sa.Column("debt_threshold", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column(
        "family", sa.Column("is_resident", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    for name in PERIOD:
        op.add_column("activity", sa.Column(name, INSTANT))


def downgrade() -> None:
    for name in PERIOD:
        op.drop_column("activity", name)
    op.drop_column("family", "is_resident")
    op.drop_column("structure", "debt_threshold")
