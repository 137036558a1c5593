"""The ledger over a real database beside a few numbers on paper: families book, pay and pay again,
providers repeat themselves, the town debits, closes, corrects and gives back (M1, M4).
"""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import insert, select

from domain.activities.model import ActivityId
from domain.bookings.model import Booking, State
from domain.families.model import WalletId
from domain.money.debiting import DebitConsumed
from domain.money.model import EntryKind
from domain.payments.model import Credit, Order, Paid, Provider, StrayId
from storage import schema
from storage.bookings import SqlBookings
from storage.crypto import Keyring
from storage.engine import open_database, transactions
from storage.money import SqlMoney
from storage.payments import SqlPayments
from tests.builders import TOWN, activity, identity, tariff
from tests.storage.paying import NOW, Till, hire, paid
from tests.storage.test_payments import agent
from tests.storage.towns import DAY, cancelled, request, requested, slot, town
from tests.storage.worlds import in_database

BOOKED = Decimal("24.87")  # the price of every booking; the town may ask another on the day
DAYS = [DAY + timedelta(days=number) for number in range(4)]
WALLETS = {WalletId(1): 1, WalletId(2): 2, WalletId(3): 2}  # and whose they are
CLOSED = WalletId(3)  # before the first step, and after something was ordered for it
OPEN = [WalletId(1), WalletId(2)]

amounts = st.decimals("1.00", "2000.00", places=2)
prices = st.decimals("0.00", "40.00", places=2)
wallets = st.sampled_from(OPEN)
days = st.sampled_from(DAYS)
numbers = st.integers(0, 99)


@dataclass
class Held:
    """A booking on paper."""

    booking: Booking
    excused: bool = False
    is_over: bool = False  # debited, or ended by the town


class MoneyMachine(RuleBasedStateMachine):
    """``paper``: what each wallet must hold; ``came``: all that providers told of, once each."""

    payments: Any = SqlPayments
    money: Any = SqlMoney

    def database_url(self) -> str:
        raise NotImplementedError

    def keyring(self) -> Keyring:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = self.run(open_database(self.database_url(), self.keyring()))
        self.town = town(activity(1, wallet="Cantine"), children=2, days=DAYS)
        self.run(self._fill())
        self.till = Till(self.database, repository=self.payments)
        self.charges: Iterator[int] = count(1)
        self.orders: list[Order] = []
        self.told: list[Paid] = []
        self.came = self.apart = self.given_back = Decimal(0)
        self.paper: defaultdict[int, Decimal] = defaultdict(Decimal)
        self.tariffs: dict[date, Decimal | None] = {}
        self.held: list[Held] = []
        self.closed: set[int] = set()
        self.strays: list[Paid] = []

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    async def _fill(self) -> None:
        for wallet, family in WALLETS.items():
            self.town.wallet(wallet, family, TOWN, f"Cantine{wallet // 3 or ''}", "0.00")
        await in_database(self.database, self.town)
        await hire(self.database)

    async def _catalogues(self, version: int | None = None) -> Any:
        """With the tariffs of today."""
        told = [
            replace(tariff(1, str(amount)), valid_from=day, valid_to=day)
            for day in DAYS
            if (amount := self.tariffs.get(day, BOOKED)) is not None
        ]
        elsewhere = replace(tariff(1, "1.00"), valid_to=date(2020, 12, 31))
        of = self.town.catalogue.activities[ActivityId(1)]
        of = replace(of, tariffs=(*told, elsewhere))
        return replace(self.town.catalogue, activities={ActivityId(1): of})

    @initialize(
        amount=amounts,
        asked=prices,
        nth=st.integers(0, len(WALLETS) - 1),
        came=st.none() | amounts,
        known=numbers,
        times=st.integers(1, 3),
        nights=st.integers(0, len(DAYS)),
    )
    def begin(self, amount, asked, nth, came, known, times, nights) -> None:
        """A payment and a night, so that no life is spent without: something is booked, which
        costs another price on its day; something is ordered for each wallet, also for one that
        is closed then; one of these is paid.
        """
        self.price(DAYS[0], asked)
        for family, day in ((1, DAYS[0]), (2, DAYS[1])):
            self.book(family, day)
        for wallet in WALLETS:
            self.order(wallet, amount, Provider.PAYFIP)
        self.close(CLOSED)
        self.pay(nth, came, known, times)
        self.debit(nights, 1)

    # -- the week ----------------------------------------------------------------------------
    @rule(family=st.sampled_from([1, 2]), day=days)
    def book(self, family: int, day: date) -> None:
        taken = {one.booking.slot for one in self.held if one.booking.state is State.ACCEPTED}
        if slot(family, day) in taken:
            return
        asked = request(family, slot=slot(family, day), ticket=len(self.held) + 1, price=BOOKED)
        bookings = transactions(self.database, SqlBookings)
        self.run(bookings.write(lambda tx: tx.apply(requested(asked))))
        holders = self.run(bookings.read(lambda tx: tx.holders(ActivityId(1), day)))
        self.held.append(Held(next(one for one in holders if one.ticket == asked.ticket)))

    @rule(day=days, amount=st.none() | prices)
    def price(self, day: date, amount: Decimal | None) -> None:
        """The town asks another price than at booking, or forgets to say which."""
        self.tariffs[day] = amount

    @precondition(lambda self: any(not one.is_over for one in self.held))
    @rule(nth=numbers)
    def excuse(self, nth: int) -> None:
        """An absence that is not billed."""
        due = [one for one in self.held if not one.is_over]
        one = due[nth % len(due)]
        if not one.excused:
            told = {"booking_id": one.booking.id, "guardian_id": one.booking.guardian_id}
            self._insert(schema.absence, told | {"declared_at": NOW, "billed": False})
            one.excused = True

    @rule(day=days)
    def close_day(self, day: date) -> None:
        """By the town: what is booked ends, and is not debited."""
        bookings = transactions(self.database, SqlBookings)
        for one in self.held:
            if one.booking.slot.day == day and not one.is_over:
                self.run(bookings.write(lambda tx, of=one: tx.apply(cancelled(of.booking))))
                one.booking, one.is_over = replace(one.booking, state=State.CANCELLED), True

    @rule(nights=st.integers(0, len(DAYS)), times=st.integers(1, 2))
    def debit(self, nights: int, times: int) -> None:
        """The night after so many days; the same one may come again, even at once."""
        now = NOW.replace(month=12, day=DAY.day) + timedelta(days=nights)
        money = transactions(self.database, self.money)

        async def at_once() -> None:
            night = DebitConsumed(money, self._catalogues, lambda: now)
            await asyncio.gather(*(night() for _ in range(times)))

        self.run(at_once())
        for one in self.held:
            if not one.is_over and one.booking.slot.day < now.date():
                one.is_over = True
                asked = self.tariffs.get(one.booking.slot.day, BOOKED)
                due = BOOKED if asked is None else asked
                self.paper[one.booking.family_id] -= Decimal(0) if one.excused else due

    # -- money -------------------------------------------------------------------------------
    @rule(wallet=wallets, amount=amounts, provider=st.sampled_from(Provider))
    def order(self, wallet: WalletId, amount: Decimal, provider: Provider) -> None:
        if wallet not in self.closed:
            family = identity(WALLETS[wallet])
            self.orders.append(
                self.run(self.till.open(family, wallet, amount, provider, again=True))
            )

    @rule(nth=numbers, amount=st.none() | amounts, known=numbers, times=st.integers(1, 3))
    def pay(self, nth: int, amount: Decimal | None, known: int, times: int) -> None:
        """An order twice, another amount, or for no order of ours: all of it has moved, and may
        be told more than once in the same moment.
        """
        order = self.orders[nth % len(self.orders)]
        said = paid(order, f"charge-{next(self.charges)}", amount=amount or order.amount)
        if is_nobodys := known % 4 == 3:
            said = replace(said, order_reference="NOBODYS")
        answers = self._tell(said, times)
        self.told.append(said)
        self.came += said.amount
        if is_nobodys or order.wallet_id in self.closed:
            self.apart += said.amount
            self.strays.append(said)
            first = Credit.STRAY
        else:
            self.paper[order.wallet_id] += said.amount
            first = Credit.CREDITED
        assert sorted(answers) == sorted([first] + [Credit.ALREADY] * (times - 1))

    @precondition(lambda self: self.told)
    @rule(nth=numbers, times=st.integers(1, 3))
    def repeat(self, nth: int, times: int) -> None:
        assert set(self._tell(self.told[nth % len(self.told)], times)) == {Credit.ALREADY}

    def _tell(self, said: Paid, times: int) -> list[Credit]:
        async def at_once() -> list[Credit]:
            answers = await asyncio.gather(*(self.till.credit(said) for _ in range(times)))
            return [one.credit for one in answers]

        return self.run(at_once())

    @rule(
        wallet=wallets,
        amount=st.decimals("-50.00", "50.00", places=2),
        kind=st.sampled_from([EntryKind.REFUND, EntryKind.CORRECTION]),
    )
    def correct_or_refund(self, wallet: WalletId, amount: Decimal, kind: EntryKind) -> None:
        row = {"wallet_id": wallet, "kind": kind, "day": DAY, "at": NOW, "amount": amount}
        self._insert(schema.ledger_entry, row)
        self.paper[wallet] += amount

    def _insert(self, table: Any, row: dict[str, Any]) -> None:
        self.run(self.database.write(lambda c: c.execute(insert(table), [row])))

    @precondition(lambda self: len(self.told) > 3)
    @rule(wallet=wallets)
    def close_later(self, wallet: WalletId) -> None:
        self.close(wallet)

    def close(self, wallet: WalletId) -> None:
        self.run(self.till.close(wallet))
        self.closed.add(wallet)

    @precondition(lambda self: self.strays)
    @rule(into=st.none() | wallets, then=st.none() | wallets)
    def settle(self, into: WalletId | None, then: WalletId | None) -> None:
        """An agent decides, and another who has an old screen decides otherwise."""
        if into in self.closed:
            return
        said = self.strays.pop()
        stray = schema.stray_payment.c
        rows = self.run(self.till.rows(stray.id, stray.provider_reference))
        key = StrayId(next(row[0] for row in rows if row[1] == said.provider_reference))
        answers = [self.run(self.till.settle(agent(), key, where)) for where in (into, then)]
        self.apart -= said.amount
        if into is None:
            self.given_back += said.amount
        else:
            self.paper[into] += said.amount
        assert answers == [Credit.CREDITED, Credit.ALREADY]

    # -- promises ------------------------------------------------------------------------------
    @invariant()
    def every_wallet_holds_what_is_on_paper(self) -> None:
        query = select(schema.wallet.c.id, schema.wallet.c.balance)
        held = dict(self.run(self.database.read(lambda c: c.execute(query).all())))
        assert held == {wallet: self.paper[wallet] for wallet in WALLETS}

    @invariant()
    def the_ledger_adds_up(self) -> None:
        assert self.run(self.database.read(lambda c: SqlMoney(c).imbalances())) == ()

    @invariant()
    def what_came_was_credited_kept_apart_or_given_back(self) -> None:
        entry, apart = schema.ledger_entry.c, schema.stray_payment.c
        paying = select(entry.id, entry.amount).where(entry.kind == EntryKind.PAYMENT)
        waiting = select(apart.id, apart.amount).where(apart.settled_at.is_(None))
        credited, kept = (
            sum((row[1] for row in self.run(self.till.rows_of(query))), Decimal(0))
            for query in (paying, waiting)
        )
        assert (kept, credited + kept + self.given_back) == (self.apart, self.came)

    @invariant()
    def each_credit_has_one_receipt(self) -> None:
        credited = self.run(self.till.count(schema.payment))
        assert self.run(self.till.count(schema.notice)) == credited

    def teardown(self) -> None:
        self.run(self.database.close())
        self.runner.close()
