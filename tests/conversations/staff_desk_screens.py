"""Screens of what waits and of the import at their longest, for ``test_limits``."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from conversations.alerts import views as alerts
from conversations.imports import views as imports
from conversations.screen import Screen, noted
from conversations.staff.home import header
from conversations.texts import Texts
from domain.alerts.model import Alert, AlertId, AlertKind, Noted
from domain.alerts.service import AlertsView, AlertView
from domain.families.model import FamilyId, Wallet, WalletId
from domain.families.sheets import FamilySheet
from domain.imports.by_agent import Checked
from domain.imports.model import Counts, Outcome, Problem, Table, Trouble
from domain.payments.model import Paid, Provider, Stray, StrayId, Why
from tests import builders
from tests.conversations.facts import LONGEST_ID
from tests.conversations.staff_office_screens import CATALOGUE, guardian
from tests.conversations.staff_people import LONG, TOWN, member

MONEY = {
    "provider": "telegram",
    "reference": LONG,
    "order_reference": LONG,
    "amount": "-99999.99",
    "currency": "EUR",
    "paid_at": builders.NOW.isoformat(),
}
DETAILS = {
    AlertKind.PAYMENT_STRAY: [
        *({**MONEY, "why": why.value} for why in Why),
        {**MONEY, "currency": LONG, "why": LONG},
    ],
    AlertKind.PAYMENT_ODD: [
        {**MONEY, "odd": odd, "ordered": "99999.99", "order": LONGEST_ID}
        for odd in ("paid_twice", "amount", "provider")
    ],
    AlertKind.ANSWERS_REFUSED: [{"file": LONG, "problems": 99_999}],
    AlertKind.TRANSMISSION_WAITING: [{"number": 99_999, "night": "2026-12-30"}],
}
PAID = Paid(
    Provider.TELEGRAM, LONG, LONG, Decimal("99999.99"), "EUR", builders.NOW, LONG, LONG, LONG
)
STRAY = Stray(StrayId(1), PAID, Why.UNKNOWN, settled=False)


def every_alert() -> Iterator[Noted]:
    for kind, details in DETAILS.items():
        for told in details:
            alert = Alert("key", kind, builders.NOW, builders.TOWN, told)
            yield Noted(AlertId(LONGEST_ID), alert)


def waiting(t: Texts) -> Iterator[Screen]:
    above, every = header(member(), TOWN, t), tuple(every_alert())
    yield alerts.screen(AlertsView((), 1, 1, 0), above, CATALOGUE, t)
    for one in every:
        view = AlertsView((one,) * 6, 7, 999, 99_999)
        yield noted(alerts.screen(view, above, CATALOGUE, t), alerts.seen(t))
        stray = STRAY if one.alert.kind is AlertKind.PAYMENT_STRAY else None
        for noted_one in (one, replace(one, is_settled=True)):
            yield alerts.one(AlertView(noted_one, stray), CATALOGUE, t)
        yield alerts.told([one.alert], t)
    yield alerts.told([one.alert for one in every] * 10, t)
    money, wallet = AlertView(every[0], STRAY), wallets(1)[0]
    yield alerts.ask_family(money, t)
    yield alerts.not_found(AlertId(LONGEST_ID), t)
    for of in (FamilySheet(FamilyId(1), (), (), ()), family()):
        yield alerts.wallets(money, of, t)
        yield alerts.recap(money, of, wallet, t)
    yield alerts.ask_given_back(money, t)


def wallets(count: int) -> tuple[Wallet, ...]:
    balance = Decimal("-99999.99")
    one = Wallet(WalletId(LONGEST_ID), FamilyId(LONGEST_ID), builders.TOWN, LONG, balance)
    return (one,) * count


def family() -> FamilySheet:
    return FamilySheet(FamilyId(LONGEST_ID), (guardian(),) * 9, (), wallets(30))


def imported(t: Texts) -> Iterator[Screen]:
    yield imports.ask(header(member(), TOWN, t), t)
    for stage in imports.STAGES:
        for done, lines in ((0, 0), (99_999_999, 0), (99_999_999, 99_999_999)):
            yield imports.working(stage, done, lines, t)
    many = Counts(99_999_999, 99_999_999, 99_999_999, 99_999_999)
    problem = Problem(LONG, 99_999_999, LONG, Trouble.UNREADABLE, {"reason": LONG})
    for outcome in (
        Outcome({}),
        Outcome(dict.fromkeys(Table, many)),
        Outcome(dict.fromkeys(Table, many), (problem,) * 1000, 99_999),
    ):
        yield imports.checked(Checked(outcome, "f" * 64), LONG, t)
        yield imports.written(outcome, t)
    yield imports.written_before(t)
    yield imports.refused(LONG, t)
