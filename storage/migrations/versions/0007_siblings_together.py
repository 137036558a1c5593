"""Siblings who wait for places together or not at all (B16)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "draft", sa.Column("together", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("booking", sa.Column("together", sa.Integer()))


def downgrade() -> None:
    op.drop_column("booking", "together")
    op.drop_column("draft", "together")
