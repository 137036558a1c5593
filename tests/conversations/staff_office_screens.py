"""Screens of families, of the log and of the nights at their longest, for ``test_limits``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from conversations.households import views as households
from conversations.journal import views as journal
from conversations.nights import views as nights
from conversations.screen import Screen, noted
from conversations.staff.home import header
from conversations.texts import Texts
from domain.accounts.access import Account
from domain.families.model import Child, FamilyId, GuardianId, Wallet, WalletId
from domain.families.sheets import FamilyNames, FamilySheet, Found, GuardianSheet, Reach
from domain.journal.model import LogAsked, LogLine, LogPage
from domain.reports.by_hand import NightsView
from domain.reports.model import Transmission, TransmissionId
from domain.staff.acts import StaffAct
from domain.staff.model import Role, StaffId
from tests import builders
from tests.conversations.facts import LONGEST_ID
from tests.conversations.staff_people import LONG, TOWN, member

NAMES = FamilyNames(FamilyId(LONGEST_ID), (LONG,) * 9, (LONG,) * 9)
CATALOGUE = builders.catalogue(builders.activity(name=LONG))


def guardian(**changed) -> GuardianSheet:
    made = GuardianSheet(
        GuardianId(LONGEST_ID),
        LONG,
        LONG,
        (LONG,) * 9,
        devices=9,
        blocked=9,
        seen_at=builders.NOW,
        is_locked=True,
        has_temporary_password=True,
    )
    return replace(made, **changed)


def families(t: Texts) -> Iterator[Screen]:
    yield households.ask(header(member(), TOWN, t), t)
    yield households.found(Found((), is_more=False), t)
    yield households.found(Found((NAMES,) * 30, is_more=True), t)
    yield households.unreachable((), t)
    yield households.unreachable((Reach(NAMES, 0, 3, 0),) * 30, t)
    kids = (Child(LONGEST_ID, LONG, LONG),) * 30
    wallets = (Wallet(WalletId(1), FamilyId(1), builders.TOWN, LONG, Decimal("-99999.99")),) * 20
    whole = FamilySheet(FamilyId(LONGEST_ID), (guardian(),) * 9, kids, wallets)
    away = guardian(devices=0, seen_at=None, emails=())
    bare = FamilySheet(FamilyId(1), (away, replace(away, blocked=0)), (), ())
    for of in (whole, bare):
        for role in (Role.AGENT, Role.MANAGER):
            yield noted(households.sheet(of, member(role), t), households.unlocked(t))
    account = Account(builders.identity().guardian, LONG, builders.TOWN, LONG)
    yield households.ask_letter(account, builders.NOW, t)
    yield households.made(LONGEST_ID, t)


def log(t: Texts) -> Iterator[Screen]:
    details = {"activity": 1, "day": "2026-12-31", "family": LONGEST_ID, "before": LONG}
    line = LogLine(
        builders.NOW, StaffId(1), LONG, StaffAct.DAY_CLOSED, builders.TOWN, 1, details, LONG
    )
    agents = ((StaffId(LONGEST_ID), LONG),) * 60
    for asked in (LogAsked(), LogAsked(StaffId(LONGEST_ID), 0)):
        for lines in ((), (line,) * 8, (replace(line, what="x" * 64),) * 8):
            of = LogPage(asked, lines, 7, 999, 99_999, agents)
            for tables in (False, True):
                yield journal.screen(of, CATALOGUE, t, tables=tables)
        yield journal.agents(of, t)


def past(t: Texts) -> Iterator[Screen]:
    one = Transmission(
        TransmissionId(1),
        builders.TOWN,
        date(2026, 12, 30),
        99_999,
        builders.NOW,
        99_999,
        "f" * 64,
        builders.NOW,
    )
    both = (one, replace(one, checksum=None, written_at=None)) * 4
    for found in ((), both):
        view = NightsView(found, 7, 999, 99_999, date(2026, 12, 31), may_run=True)
        for in_tables in (False, True):
            who = member(in_tables=in_tables)
            yield noted(nights.screen(view, header(who, TOWN, t), who, t), nights.done(t))
    yield nights.ask(date(2026, 12, 30), 99_999, t)
