"""Whatever families, providers and the town do, no cent is made and none is lost."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.errors import DomainError
from domain.payments.model import Paid
from storage.crypto import Keyring
from storage.money import SqlMoney
from storage.payments import SqlPayments
from tests.conftest import quick_place
from tests.storage.money_machine import MoneyMachine

SOAK = bool(os.environ.get("CARTABLE_SOAK"))
A_FEW = settings(
    max_examples=300 if SOAK else 6,
    stateful_step_count=60 if SOAK else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
A_CAMPAIGN = settings(
    max_examples=1000,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # that it is found is enough: how shortly is nobody's question
    suppress_health_check=list(HealthCheck),
)
NewDatabase = Callable[[], str]


@pytest.fixture
def new_sqlite(sqlite_template: Path) -> Iterator[NewDatabase]:
    """In memory where there is room: a life commits some hundred times."""
    numbers = count(1)
    with TemporaryDirectory(prefix="cartable-money-", dir=quick_place()) as folder:
        yield lambda: f"sqlite:///{shutil.copy(sqlite_template, f'{folder}/{next(numbers)}.db')}"


@pytest.fixture
def new_postgresql(postgres_server) -> Iterator[NewDatabase]:
    made: list[str] = []

    def new() -> str:
        made.append(postgres_server.clone())
        return postgres_server.url(made[-1])

    yield new
    for name in made:
        postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


def over(
    new: NewDatabase, ring: Keyring, payments: type = SqlPayments, money: type = SqlMoney
) -> type[MoneyMachine]:
    """A new database for each life."""

    class Over(MoneyMachine):
        def database_url(self) -> str:
            return new()

        def keyring(self) -> Keyring:
            return ring

    Over.payments, Over.money = payments, money
    return Over


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_cent_is_made_or_lost(request, kind: str, keyring: Keyring) -> None:
    new = request.getfixturevalue(f"new_{kind}")

    run_state_machine_as_test(over(new, keyring), settings=A_FEW)


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


class SettlesAgain(SqlPayments):
    def lock_stray(self, stray):
        kept = super().lock_stray(stray)
        return kept and replace(kept, settled=False)


class SendsNoReceipt(SqlPayments):
    def post(self, notices) -> None:
        pass


class DebitsThePriceAtBooking(SqlMoney):
    def debit(self, lines, at) -> int:
        lines = [replace(one, total=one.quantity * one.of.booked_price) for one in lines]
        return super().debit(lines, at)


class BillsEveryAbsence(SqlMoney):
    def to_debit(self, structure, before):
        return tuple(replace(one, excused=False) for one in super().to_debit(structure, before))


class DebitsTheDayThatIsNotOver(SqlMoney):
    def to_debit(self, structure, before):
        return super().to_debit(structure, before.replace(day=before.day + 1))


@pytest.mark.parametrize(
    ("payments", "money"),
    [
        (CreditsAgain, SqlMoney),
        (LosesStrays, SqlMoney),
        (KeepsWalletsOpen, SqlMoney),
        (CreditsWhatWasOrdered, SqlMoney),
        (SettlesAgain, SqlMoney),
        (SendsNoReceipt, SqlMoney),
        (SqlPayments, DebitsThePriceAtBooking),
        (SqlPayments, BillsEveryAbsence),
        (SqlPayments, DebitsTheDayThatIsNotOver),
    ],
)
def test_the_machine_notices(new_sqlite, keyring: Keyring, payments: type, money: type) -> None:
    broken = over(new_sqlite, keyring, payments, money)

    with pytest.raises((AssertionError, DomainError)):  # refusals that nobody should see, too
        run_state_machine_as_test(broken, settings=A_CAMPAIGN)
