"""Agents are told of each alert once."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("staff_alert", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    is_untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_staff_alert_untold",
        "staff_alert",
        ["id"],
        sqlite_where=is_untold,
        postgresql_where=is_untold,
    )


def downgrade() -> None:
    op.drop_index("ix_staff_alert_untold", "staff_alert")
    with op.batch_alter_table("staff_alert") as alert:
        alert.drop_column("told_at")
