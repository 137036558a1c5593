"""The ledger: entries are added, never changed (M1). Triggers keep both promises of it:
``wallet.balance`` is the sum of its entries, and no entry is changed or taken away.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from domain.money.model import EntryKind
from storage.columns import Money, SealedText, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

ledger_entry = Table(
    "ledger_entry",
    metadata,
    own_id(),
    refers("wallet_id", "wallet"),
    Column("kind", choice(EntryKind, "kind"), nullable=False),
    Column("day", Date, nullable=False),  # of the service, or of the payment
    Column("at", UtcDateTime, nullable=False),
    Column("amount", Money, nullable=False),  # positive: in favour of the family
    # Of a consumption alone; the booking it comes from, where it comes from one.
    refers("child_id", "child", nullable=True),
    refers("activity_id", "activity", nullable=True),
    Column("ticket", Integer),
    Column("unit_price", Money),
    Column("quantity", Integer),
    Column("booked_price", Money),  # as it was at booking (B11)
    UniqueConstraint("activity_id", "day", "ticket"),  # debited once
    ForeignKeyConstraint(
        ["activity_id", "day", "ticket"],
        ["booking.activity_id", "booking.day", "booking.ticket"],
    ),
    CheckConstraint(
        "(kind = 'consumption') = (child_id IS NOT NULL AND activity_id IS NOT NULL"
        " AND unit_price IS NOT NULL AND quantity IS NOT NULL AND booked_price IS NOT NULL)",
        name="consumption",
    ),
    CheckConstraint("kind <> 'consumption' OR amount <= 0", name="debit"),
    CheckConstraint("kind <> 'payment' OR amount > 0", name="credit"),
    CheckConstraint("quantity >= 0", name="quantity"),
)
Index("ix_ledger_entry_wallet_id_day", ledger_entry.c.wallet_id, ledger_entry.c.day)

payment = Table(
    "payment",
    metadata,
    refers("entry_id", "ledger_entry", primary_key=True),
    Column("mode", Text, nullable=False),  # as the cashier writes it: "CBLEUE"
    Column("number", Text, nullable=False),  # of the document; online, the reference of its order
    Column("payer", SealedText("payment.payer"), nullable=False),
    Column("bank", Text, nullable=False),
    Column("provider", Text),  # NULL: taken at the counter
    Column("reference", Text),
    # 1, 2... of the payments of one order; NULL: of none. The town and the provider both tell of
    # each, in any order, and it is one row.
    Column("nth", Integer),
    refers("transmission_id", "transmission", nullable=True, index=True),  # that told the town
    UniqueConstraint("provider", "reference"),  # credited once, whatever is repeated (M4)
    UniqueConstraint("number", "nth"),
    CheckConstraint("(provider IS NULL) = (reference IS NULL)", name="reference"),
)
_untold = payment.c.transmission_id.is_(None) & payment.c.provider.isnot(None)
Index(
    "ix_payment_untold",
    payment.c.entry_id,
    sqlite_where=_untold,
    postgresql_where=_untold,
)
