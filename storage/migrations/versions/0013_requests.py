"""Finding what waits for the town's answer among all bookings (S3)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | Sequence[str] | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AWAITS_ANSWER = sa.text("state = 'pending' OR state = 'waitlisted' AND reason IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_booking_answer",
        "booking",
        ["activity_id", "day"],
        sqlite_where=AWAITS_ANSWER,
        postgresql_where=AWAITS_ANSWER,
    )


def downgrade() -> None:
    op.drop_index("ix_booking_answer", "booking")
