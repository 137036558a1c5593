"""Orders to pay, and what providers say of them (M4). Amounts are EUR with two decimals."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from domain.activities.model import StructureId
from domain.families.model import FamilyId, GuardianId, Wallet, WalletId

OrderId = NewType("OrderId", int)
StrayId = NewType("StrayId", int)


class Provider(StrEnum):
    TELEGRAM = "telegram"  # an invoice in the chat
    PAYFIP = "payfip"  # a page of the Trésor public
    SIMULATED = "simulated"  # the demo's own page


class OrderState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"  # the provider says that nobody paid; credited if somebody does
    EXPIRED = "expired"  # nobody paid in time; a payment that comes later is still credited


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody means to pay an amount into a wallet.

    ``reference``: unique and unguessable, 20 characters of A-Z and 2-7; what the provider is told.
    """

    id: OrderId
    reference: str
    family_id: FamilyId
    guardian_id: GuardianId
    structure_id: StructureId
    wallet_id: WalletId
    amount: Decimal
    provider: Provider
    state: OrderState
    created_at: datetime
    expires_at: datetime

    @property
    def cents(self) -> int:
        return int(self.amount * 100)


@dataclass(frozen=True, slots=True)
class Paid:
    """What a provider says was paid: taken as it is, since the money has moved.

    ``provider_reference`` is the provider's own, one for each payment: the key of crediting once.
    ``order_reference`` is ours, as the provider gives it back; it may be unknown.
    """

    provider: Provider
    provider_reference: str
    order_reference: str
    amount: Decimal
    currency: str  # "EUR"
    paid_at: datetime
    payer: str = ""  # as the provider names them, where it does
    mode: str = ""  # as the history shows it: "CBLEUE"
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Where the money of a payment is. ``by_town``: the back office told of it first, in its own
    words, and it was in that wallet before its provider told.
    """

    wallet_id: WalletId
    amount: Decimal
    by_town: bool = False


class Word(StrEnum):
    """What a provider answers when it is asked about an order."""

    PAID = "paid"
    WAITING = "waiting"  # not yet, or it cannot tell
    REFUSED = "refused"  # nobody paid, and nobody will


@dataclass(frozen=True, slots=True)
class Answer:
    """``paid`` where, and only where, the word is PAID."""

    word: Word
    paid: Paid | None = None


class Credit(StrEnum):
    """What became of a payment that a provider told of."""

    CREDITED = "credited"
    ALREADY = "already"  # told before: nothing changed
    STRAY = "stray"  # kept apart, and the town is told: no wallet could be credited


@dataclass(frozen=True, slots=True)
class Credited:
    credit: Credit
    order: Order | None = None  # None for an unknown reference


@dataclass(frozen=True, slots=True)
class Kept:
    """An order with what decides whether its wallet can be credited."""

    order: Order
    wallet: str  # its name
    closed: bool
    payer: str  # who ordered, as the history names a payer: "HADDAD Nora"


@dataclass(frozen=True, slots=True)
class Checkout:
    """The same as a provider asks about it. ``is_payer``: who is about to pay is connected as a
    guardian of the family.
    """

    kept: Kept
    is_payer: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a provider is about to let somebody pay (Telegram's pre-checkout)."""

    order_reference: str
    amount: Decimal
    currency: str
    telegram_user: int


class Why(StrEnum):
    """Why money was kept apart from every wallet."""

    UNKNOWN = "unknown"  # no order has this reference
    CURRENCY = "currency"
    AMOUNT = "amount"  # nothing, or less
    CLOSED = "closed"  # the wallet was closed since


@dataclass(frozen=True, slots=True)
class Stray:
    id: StrayId
    paid: Paid
    why: Why
    settled: bool


@dataclass(frozen=True, slots=True)
class Paying:
    """What may be paid into a wallet. ``due``: what it is below nothing; ``estimate``: what it
    will be below nothing when all that is booked is debited. Both may be nothing.
    """

    wallet: Wallet
    due: Decimal
    estimate: Decimal
    least: Decimal
    most: Decimal
    providers: tuple[Provider, ...]
