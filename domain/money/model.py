"""Wallets, what is due, consumed and paid (M1-M3). Amounts are EUR; credit is positive."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from domain.activities.model import Activity, ActivityId, StructureId
from domain.bookings.model import State
from domain.families.model import Child, ChildId, FamilyId, Wallet, WalletId

NOTHING = Decimal("0.00")


class EntryKind(StrEnum):
    OPENING = "opening"  # what the wallet held when the ledger began
    CONSUMPTION = "consumption"
    PAYMENT = "payment"
    REFUND = "refund"
    CORRECTION = "correction"  # of the town's, never of an entry: those stay as they are


@dataclass(frozen=True, slots=True)
class Estimate:
    """``cost``: of what is booked, up to a day, and not yet debited."""

    wallet: Wallet
    cost: Decimal

    @property
    def after(self) -> Decimal:
        return self.wallet.balance - self.cost


@dataclass(frozen=True, slots=True)
class Asked:
    """``until``: the last day that counts, None for all; ``pending``: with what waits for the
    town's answer too.
    """

    until: date | None = None
    pending: bool = False


@dataclass(frozen=True, slots=True)
class BalanceView:
    """``structure_id``'s wallets by name. The sums are those of the guide's last line."""

    structure_id: StructureId
    asked: Asked
    today: date
    estimates: tuple[Estimate, ...]

    @property
    def balance(self) -> Decimal:
        return sum((one.wallet.balance for one in self.estimates), NOTHING)

    @property
    def cost(self) -> Decimal:
        return sum((one.cost for one in self.estimates), NOTHING)

    @property
    def estimated(self) -> Decimal:
        return self.balance - self.cost


@dataclass(frozen=True, slots=True)
class Undebited:
    """A booking that will be debited: a line of the estimate."""

    day: date
    child_id: ChildId
    activity_id: ActivityId
    state: State
    price: Decimal


@dataclass(frozen=True, slots=True)
class EstimateLine:
    day: date
    child: Child
    activity: Activity
    state: State
    price: Decimal


@dataclass(frozen=True, slots=True)
class EstimateView:
    asked: Asked
    lines: tuple[EstimateLine, ...]  # of this page, by day
    page: int
    pages: int
    total: Decimal  # of all pages


# -- histories ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Consumption:
    """As the guide prints it: price x quantity = total. Quantity 0 is an absence not billed."""

    day: date
    child: Child
    activity_id: ActivityId
    activity: str
    unit_price: Decimal
    quantity: int
    total: Decimal
    booked_price: Decimal  # as it was at booking (B11)


@dataclass(frozen=True, slots=True)
class Payment:
    """``mode``, ``number`` and ``bank`` as the cashier wrote them: "CBLEUE", "Par Internet"."""

    day: date
    mode: str
    number: str
    payer: str
    bank: str
    amount: Decimal  # negative: given back


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a month is shown: words are looked for in names, activity and date."""

    first: date  # the first day of the month
    child: ChildId | None = None
    activity: ActivityId | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ConsumptionsView:
    wanted: Wanted
    earliest: date  # the first day of the first month that may be asked for
    latest: date
    lines: tuple[Consumption, ...]  # of this page, the latest first
    page: int
    pages: int
    total: Decimal  # of all pages


@dataclass(frozen=True, slots=True)
class PaymentsView:
    first: date  # of the month before this one
    last: date
    lines: tuple[Payment, ...]  # the latest first
    total: Decimal


# -- the night ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ToDebit:
    """An accepted booking whose day is over, with what decides its price."""

    family_id: FamilyId
    child_id: ChildId
    activity_id: ActivityId
    day: date
    ticket: int
    arrival: time
    departure: time
    booked_price: Decimal
    quotient: Decimal | None
    excused: bool = False  # an absence that the family was told is not billed (B19)


@dataclass(frozen=True, slots=True)
class Debit:
    """Written once for each booking, whatever is repeated: (activity, day, ticket) is unique."""

    of: ToDebit
    wallet: str
    structure_id: StructureId
    unit_price: Decimal
    quantity: int
    total: Decimal  # positive: what is taken from the wallet


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A wallet that does not hold what its entries add up to."""

    wallet_id: WalletId
    balance: Decimal
    entries: Decimal
