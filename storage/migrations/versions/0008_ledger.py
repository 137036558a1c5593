"""The ledger: entries that are added and never changed, and wallets that are their sum (M1)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)

KINDS = ("opening", "consumption", "payment", "refund", "correction")
OPENED = """
    INSERT INTO ledger_entry (wallet_id, kind, day, at, amount)
    SELECT id, 'opening', CURRENT_DATE, CURRENT_TIMESTAMP, balance FROM wallet WHERE balance <> 0
"""


def upgrade() -> None:
    _create_ledger()
    _create_payments()
    op.execute(OPENED)  # before the triggers: the wallets hold it already
    on = _ON_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _ON_SQLITE
    for statement in on:
        op.execute(statement)


def _create_ledger() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("wallet_id", ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("child_id", ID, nullable=True),
        sa.Column("activity_id", ID, nullable=True),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("booked_price", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'consumption') = (child_id IS NOT NULL AND activity_id IS NOT NULL"
            " AND unit_price IS NOT NULL AND quantity IS NOT NULL AND booked_price IS NOT NULL)",
            name=op.f("ck_ledger_entry_consumption"),
        ),
        sa.CheckConstraint(
            "kind <> 'consumption' OR amount <= 0", name=op.f("ck_ledger_entry_debit")
        ),
        sa.CheckConstraint("kind <> 'payment' OR amount > 0", name=op.f("ck_ledger_entry_credit")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_ledger_entry_quantity")),
        sa.ForeignKeyConstraint(
            ["wallet_id"], ["wallet.id"], name=op.f("fk_ledger_entry_wallet_id")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_ledger_entry_child_id")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_ledger_entry_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id", "day", "ticket"],
            ["booking.activity_id", "booking.day", "booking.ticket"],
            name=op.f("fk_ledger_entry_activity_id_day_ticket"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint(
            "activity_id", "day", "ticket", name=op.f("uq_ledger_entry_activity_id_day_ticket")
        ),
    )
    op.create_index("ix_ledger_entry_wallet_id_day", "ledger_entry", ["wallet_id", "day"])


def _create_payments() -> None:
    op.create_table(
        "payment",
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("payer", sa.LargeBinary(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(provider IS NULL) = (reference IS NULL)", name=op.f("ck_payment_reference")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entry.id"], name=op.f("fk_payment_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_payment")),
        sa.UniqueConstraint("provider", "reference", name=op.f("uq_payment_provider_reference")),
    )


_ON_SQLITE = (
    """
    CREATE TRIGGER ledger_entry_is_summed AFTER INSERT ON ledger_entry BEGIN
        UPDATE wallet SET balance = balance + NEW.amount WHERE id = NEW.wallet_id;
    END
    """,
    """
    CREATE TRIGGER ledger_entry_is_kept BEFORE DELETE ON ledger_entry BEGIN
        SELECT RAISE(ABORT, 'entries of the ledger are never taken away');
    END
    """,
    """
    CREATE TRIGGER ledger_entry_is_not_changed BEFORE UPDATE ON ledger_entry BEGIN
        SELECT RAISE(ABORT, 'entries of the ledger are never changed');
    END
    """,
)
_ON_POSTGRESQL = (
    """
    CREATE FUNCTION ledger_entry_is_summed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE wallet SET balance = balance + NEW.amount WHERE id = NEW.wallet_id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER ledger_entry_is_summed AFTER INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_summed()
    """,
    """
    CREATE FUNCTION ledger_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'entries of the ledger are never changed nor taken away';
    END $$
    """,
    """
    CREATE TRIGGER ledger_entry_is_kept BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_kept()
    """,
)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER ledger_entry_is_kept ON ledger_entry")
        op.execute("DROP TRIGGER ledger_entry_is_summed ON ledger_entry")
        op.execute("DROP FUNCTION ledger_entry_is_kept()")
        op.execute("DROP FUNCTION ledger_entry_is_summed()")
    op.drop_table("payment")
    op.drop_table("ledger_entry")
