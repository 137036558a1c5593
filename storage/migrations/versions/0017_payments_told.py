"""Each night tells the town what was paid online; each payment of an order is one row (X2)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNTOLD = sa.text("transmission_id IS NULL AND provider IS NOT NULL")
NUMBERED = """
    UPDATE payment SET nth = counted.nth
    FROM (
        SELECT entry_id, row_number() OVER (PARTITION BY number ORDER BY entry_id) AS nth
        FROM payment WHERE provider IS NOT NULL AND number <> ''
    ) AS counted
    WHERE counted.entry_id = payment.entry_id
"""


def upgrade() -> None:
    op.add_column("payment", sa.Column("nth", sa.Integer()))
    op.execute(NUMBERED)
    # Nobody was told of them before: the next night tells of all.
    with op.batch_alter_table("payment") as payment:
        payment.add_column(sa.Column("transmission_id", ID))
        payment.create_foreign_key(
            op.f("fk_payment_transmission_id"), "transmission", ["transmission_id"], ["id"]
        )
        payment.create_unique_constraint(op.f("uq_payment_number_nth"), ["number", "nth"])
    op.create_index(op.f("ix_payment_transmission_id"), "payment", ["transmission_id"])
    op.create_index(
        "ix_payment_untold",
        "payment",
        ["entry_id"],
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )


def downgrade() -> None:
    op.drop_index("ix_payment_untold", "payment")
    op.drop_index(op.f("ix_payment_transmission_id"), "payment")
    with op.batch_alter_table("payment") as payment:
        payment.drop_constraint(op.f("uq_payment_number_nth"), type_="unique")
        payment.drop_constraint(op.f("fk_payment_transmission_id"), type_="foreignkey")
        payment.drop_column("transmission_id")
        payment.drop_column("nth")
