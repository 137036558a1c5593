"""Orders to pay, and money that no wallet could take (M4). What was credited is ``payment``."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from domain.payments.model import OrderState, Provider, Why
from storage.columns import ExactDecimal, Money, SealedText, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

payment_order = Table(
    "payment_order",
    metadata,
    own_id(),
    Column("reference", String(20), nullable=False, unique=True),
    refers("family_id", "family"),
    refers("guardian_id", "guardian"),
    refers("structure_id", "structure"),
    refers("wallet_id", "wallet"),
    Column("amount", Money, nullable=False),
    Column("provider", choice(Provider, "provider", check=False), nullable=False),
    Column("provider_token", String(64)),  # what the provider calls it: PayFiP's idOp
    Column("state", choice(OrderState, "state"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("asks", Integer, nullable=False, server_default="0"),  # of its provider
    Column("ask_at", UtcDateTime, nullable=False),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("expires_at > created_at", name="lasting"),
    UniqueConstraint("provider", "provider_token"),
)
order_message = Table(
    # Where an order was offered, so that who credits it has that redrawn: nobody pays twice.
    "order_message",
    metadata,
    refers("order_id", "payment_order", primary_key=True),
    refers("session_id", "telegram_session", primary_key=True),
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("sent_at", UtcDateTime, nullable=False, index=True),
)
_is_open = payment_order.c.state == OrderState.OPEN
Index(  # the button says what it wants: pressed twice, one order
    "uq_payment_order_open",
    payment_order.c.guardian_id,
    payment_order.c.wallet_id,
    payment_order.c.provider,
    payment_order.c.amount,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)
Index(
    "ix_payment_order_due",
    payment_order.c.ask_at,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)
_has_ended = payment_order.c.state.in_([OrderState.CANCELLED, OrderState.EXPIRED])
Index(  # unpaid, and asked about for a while longer
    "ix_payment_order_late",
    payment_order.c.expires_at,
    sqlite_where=_has_ended,
    postgresql_where=_has_ended,
)

stray_payment = Table(
    "stray_payment",
    metadata,
    own_id(),
    Column("provider", choice(Provider, "provider", check=False), nullable=False),
    Column("provider_reference", Text, nullable=False),
    Column("order_reference", Text, nullable=False),  # as they gave it; may be of no order
    Column("amount", ExactDecimal, nullable=False),  # of any currency
    Column("currency", Text, nullable=False),
    Column("paid_at", UtcDateTime, nullable=False),
    Column("payer", SealedText("stray_payment.payer"), nullable=False),
    Column("mode", Text, nullable=False),
    Column("bank", Text, nullable=False),
    Column("why", choice(Why, "why"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("settled_by", Integer),  # the agent's number
    Column("settled_note", Text),
    UniqueConstraint("provider", "provider_reference"),  # kept once, whatever is repeated
)
