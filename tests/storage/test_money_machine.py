"""Whatever families, providers and the town do, no cent is made and none is lost: the ledger over
a real database beside a few numbers on paper (M1, M4).
"""

import asyncio
import os
import shutil
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import insert, select

from domain.bookings.model import State
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
from tests.builders import TOWN, activity, identity
from tests.storage.paying import NOW, Till, hire, paid
from tests.storage.test_payments import agent
from tests.storage.towns import DAY, request, requested, slot, town
from tests.storage.worlds import in_database

SOAK = bool(os.environ.get("CARTABLE_SOAK"))
SETTINGS = settings(
    max_examples=300 if SOAK else 8,
    stateful_step_count=60 if SOAK else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PRICE = Decimal("24.87")
DAYS = [DAY + timedelta(days=number) for number in range(4)]
amounts = st.decimals("1.00", "2000.00", places=2)
wallets = st.sampled_from([WalletId(1), WalletId(2)])  # of the family of that number


class MoneyMachine(RuleBasedStateMachine):
    """``paper``: what each wallet must hold; ``came``: all that providers told of, once each."""

    database_url = keyring = lambda self: None
    repository: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = self.run(open_database(self.database_url(), self.keyring()))
        self.catalogue = self.run(self._fill())
        options = {"repository": self.repository} if self.repository else {}
        self.till = Till(self.database, **options)
        self.numbers: Iterator[int] = count(1)
        self.orders: list[Order] = []
        self.told: list[Paid] = []
        self.came = self.apart = self.given_back = Decimal(0)
        self.paper: defaultdict[int, Decimal] = defaultdict(Decimal)
        self.held: dict[tuple[int, int], bool] = {}  # of a family and a day; whether debited
        self.closed: set[int] = set()
        self.strays: list[Paid] = []

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    async def _fill(self) -> Any:
        data = town(activity(1, wallet="Cantine"), children=2, days=DAYS)
        for family in (1, 2):
            data.wallet(family, family, TOWN, "Cantine", "0.00")
        await in_database(self.database, data)
        await hire(self.database)
        return data.catalogue

    async def _catalogues(self, version: int | None = None) -> Any:
        return self.catalogue

    # -- the week ----------------------------------------------------------------------------
    @rule(family=st.sampled_from([1, 2]), day=st.integers(0, len(DAYS) - 1))
    def book(self, family: int, day: int) -> None:
        if (family, day) in self.held:
            return
        ticket = len(self.held) + 1
        booked = request(family, State.ACCEPTED, slot=slot(family, DAYS[day]), ticket=ticket)
        bookings = transactions(self.database, SqlBookings)
        self.run(bookings.write(lambda tx: tx.apply(requested(booked))))
        self.held[family, day] = False

    @rule(days=st.integers(0, len(DAYS)))
    def consume_and_debit(self, days: int) -> None:
        """The night after so many days; the same one may come again."""
        now = NOW.replace(month=12, day=DAY.day) + timedelta(days=days)
        money = transactions(self.database, SqlMoney)
        self.run(DebitConsumed(money, self._catalogues, lambda: now)())
        for (family, day), debited in self.held.items():
            if not debited and DAYS[day] < now.date():
                self.held[family, day] = True
                self.paper[family] -= PRICE

    # -- money -------------------------------------------------------------------------------
    @rule(wallet=wallets, amount=amounts, provider=st.sampled_from(Provider))
    def order(self, wallet: WalletId, amount: Decimal, provider: Provider) -> None:
        if wallet not in self.closed:
            self.orders.append(
                self.run(self.till.open(identity(wallet), wallet, amount, provider))
            )

    @precondition(lambda self: self.orders)
    @rule(nth=st.integers(0, 99), amount=st.none() | amounts, known=st.booleans())
    def pay(self, nth: int, amount: Decimal | None, known: bool) -> None:  # noqa: FBT001
        """An order twice, another amount, or for no order of ours: all of it has moved."""
        order = self.orders[nth % len(self.orders)]
        changed: dict[str, Any] = {"amount": amount or order.amount}
        if not known:
            changed["order_reference"] = "NOBODYS"
        said = paid(order, f"charge-{next(self.numbers)}", **changed)
        credit = self.run(self.till.credit(said)).credit
        self.told.append(said)
        self.came += said.amount
        if known and order.wallet_id not in self.closed:
            assert credit is Credit.CREDITED
            self.paper[order.wallet_id] += said.amount
        else:
            assert credit is Credit.STRAY
            self.apart += said.amount
            self.strays.append(said)

    @precondition(lambda self: self.told)
    @rule(nth=st.integers(0, 99), times=st.integers(1, 3))
    def repeat(self, nth: int, times: int) -> None:
        said = self.told[nth % len(self.told)]

        async def again() -> list[Credit]:
            answers = await asyncio.gather(*(self.till.credit(said) for _ in range(times)))
            return [one.credit for one in answers]

        assert set(self.run(again())) == {Credit.ALREADY}

    @rule(wallet=wallets, amount=amounts)
    def refund(self, wallet: WalletId, amount: Decimal) -> None:
        self._entry(wallet, EntryKind.REFUND, -amount)

    @rule(wallet=wallets, amount=st.decimals("-50.00", "50.00", places=2))
    def correct(self, wallet: WalletId, amount: Decimal) -> None:
        self._entry(wallet, EntryKind.CORRECTION, amount)

    def _entry(self, wallet: WalletId, kind: EntryKind, amount: Decimal) -> None:
        row = {"wallet_id": wallet, "kind": kind, "day": DAY, "at": NOW, "amount": amount}
        self.run(self.database.write(lambda c: c.execute(insert(schema.ledger_entry), [row])))
        self.paper[wallet] += amount

    @rule(wallet=wallets)
    def close(self, wallet: WalletId) -> None:
        self.run(self.till.close(wallet))
        self.closed.add(wallet)

    @precondition(lambda self: self.strays)
    @rule(into=st.none() | wallets)
    def settle(self, into: WalletId | None) -> None:
        if into in self.closed:
            return
        said = self.strays.pop()
        number = self.run(
            self.till.rows(schema.stray_payment.c.id, schema.stray_payment.c.provider_reference)
        )
        key = next(row[0] for row in number if row[1] == said.provider_reference)
        for _ in range(2):
            self.run(self.till.settle(agent(), StrayId(key), into))
        self.apart -= said.amount
        if into is None:
            self.given_back += said.amount
        else:
            self.paper[into] += said.amount

    # -- promises ------------------------------------------------------------------------------
    @invariant()
    def every_wallet_holds_what_is_on_paper(self) -> None:
        query = select(schema.wallet.c.id, schema.wallet.c.balance)
        held = dict(self.run(self.database.read(lambda c: c.execute(query).all())))
        assert held == {wallet: self.paper[wallet] for wallet in held}

    @invariant()
    def the_ledger_adds_up(self) -> None:
        assert self.run(self.database.read(lambda c: SqlMoney(c).imbalances())) == ()

    @invariant()
    def what_came_was_credited_kept_apart_or_given_back(self) -> None:
        entry = schema.ledger_entry.c
        query = select(entry.id, entry.amount).where(entry.kind == EntryKind.PAYMENT)
        rows = self.run(self.database.read(lambda c: c.execute(query).all()))
        credited = sum((row[1] for row in rows), Decimal(0))
        assert credited + self.apart + self.given_back == self.came

    def teardown(self) -> None:
        self.run(self.database.close())
        self.runner.close()


@pytest.fixture
def machine(sqlite_template: Path, tmp_path: Path, keyring: Keyring) -> type[MoneyMachine]:
    """A new database for each life."""
    numbers = count(1)

    class OverSqlite(MoneyMachine):
        def database_url(self) -> str:
            return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / f'{next(numbers)}.db')}"

        def keyring(self) -> Keyring:
            return keyring

    return OverSqlite


def test_no_cent_is_made_or_lost(machine: type[MoneyMachine]) -> None:
    run_state_machine_as_test(machine, settings=SETTINGS)


# -- broken on purpose ---------------------------------------------------------------------------
class CreditsAgain(SqlPayments):
    """Without the key."""

    def is_told(self, paid: Paid) -> bool:
        return False

    def _write(self, wallet, paid, day, at) -> None:
        super()._write(wallet, replace(paid, provider_reference=token_hex(8)), day, at)


class LosesStrays(SqlPayments):
    def keep_apart(self, paid: Paid, why, at) -> bool:
        return False


class KeepsWalletsOpen(SqlPayments):
    def lock(self, reference: str):
        kept = super().lock(reference)
        return kept and replace(kept, closed=False)


class CreditsWhatWasOrdered(SqlPayments):
    """And not what was paid."""

    def credit(self, wallet, paid: Paid, day, at) -> bool:
        order = self.order(paid.order_reference)
        return super().credit(wallet, replace(paid, amount=order.amount if order else 1), day, at)


MUTANTS = [CreditsAgain, LosesStrays, KeepsWalletsOpen, CreditsWhatWasOrdered]


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_machine_notices(machine: type[MoneyMachine], mutant: type[SqlPayments]) -> None:
    class Broken(machine):  # type: ignore[valid-type,misc]
        repository = mutant

    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Broken,
            settings=settings(SETTINGS, max_examples=60, phases=[Phase.generate], database=None),
        )
