"""The movements of a booking are found by it, so that old ones can go (A12)."""

from collections.abc import Sequence

from alembic import op

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_movement_booking", "movement", ["activity_id", "day", "ticket"])


def downgrade() -> None:
    op.drop_index("ix_movement_booking", "movement")
