"""Hours that a parent chooses, once for all days or day by day, and changes later (B6)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONCE = "uq_movement_activity_id_day_ticket_kind"
ONE_OF_A_KIND = ("activity_id", "day", "ticket", "kind")
NOT_A_CHANGE = sa.text("kind != 'change'")


def upgrade() -> None:
    op.add_column("activity", sa.Column("hours", sa.JSON(none_as_null=True)))
    op.create_table(
        "draft_hours",
        sa.Column("draft_id", ID, nullable=False),
        sa.Column("child_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("arrival", sa.Time(), nullable=False),
        sa.Column("departure", sa.Time(), nullable=False),
        sa.CheckConstraint("arrival < departure", name=op.f("ck_draft_hours_hours")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_draft_hours_activity_id")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_draft_hours_child_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_hours_draft_id")),
        sa.PrimaryKeyConstraint(
            "draft_id", "child_id", "activity_id", name=op.f("pk_draft_hours")
        ),
    )
    # Hours may change more than once; every other movement of a booking happens once at most.
    _drop_once()
    op.create_index(
        "uq_movement_once",
        "movement",
        list(ONE_OF_A_KIND),
        unique=True,
        sqlite_where=NOT_A_CHANGE,
        postgresql_where=NOT_A_CHANGE,
    )


def downgrade() -> None:
    op.execute("DELETE FROM movement WHERE kind = 'change'")
    op.drop_index("uq_movement_once", table_name="movement")
    if _on_sqlite():
        op.create_index(ONCE, "movement", list(ONE_OF_A_KIND), unique=True)
    else:
        op.create_unique_constraint(ONCE, "movement", list(ONE_OF_A_KIND))
    op.drop_table("draft_hours")
    with op.batch_alter_table("activity") as batch:
        batch.drop_column("hours")


def _drop_once() -> None:
    if not _on_sqlite():
        op.drop_constraint(ONCE, "movement", type_="unique")
        return
    # SQLite drops no constraint: the table is made again in its own words, but for that one.
    bind = op.get_bind()
    words = "SELECT sql FROM sqlite_master WHERE tbl_name = 'movement' AND type = '{}'"
    made = str(bind.scalar(sa.text(words.format("table"))))
    indexes = bind.scalars(sa.text(words.format("index") + " AND sql IS NOT NULL")).all()
    before, after = made.split(f"CONSTRAINT {ONCE} UNIQUE (activity_id, day, ticket, kind)")
    made = before.rstrip().removesuffix(",") + after
    op.execute(made.replace("movement", "movement_new", 1))
    op.execute("INSERT INTO movement_new SELECT * FROM movement")
    op.execute("DROP TABLE movement")
    op.execute("ALTER TABLE movement_new RENAME TO movement")
    for index in indexes:
        op.execute(index)


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
