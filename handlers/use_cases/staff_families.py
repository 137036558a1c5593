"""Families, the log and the nights, for the town (S1, S6, S7)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from conversations.tables import Format, Table
from domain.accounts.access import Account
from domain.accounts.inviting import Deliver, Letter
from domain.families.model import FamilyId, GuardianId
from domain.families.sheets import FamilySheet, Found, Reach
from domain.journal.model import LogAsked, LogPage
from domain.reports.by_hand import NightsView
from domain.staff.model import StaffIdentity


@dataclass(frozen=True, slots=True)
class StaffFamilies:
    """``print_letter`` makes the paper; nothing changes by it."""

    search: Callable[[StaffIdentity, str], Awaitable[Found]]
    list_unreachable: Callable[[StaffIdentity], Awaitable[tuple[Reach, ...]]]
    show_family: Callable[[StaffIdentity, FamilyId], Awaitable[FamilySheet]]
    name_for_letter: Callable[[StaffIdentity, GuardianId], Awaitable[Account]]
    write_letter: Callable[[StaffIdentity, GuardianId, datetime, Deliver], Awaitable[None]]
    unlock: Callable[[StaffIdentity, GuardianId], Awaitable[FamilyId]]
    print_letter: Callable[[Letter], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class StaffJournal:
    show_journal: Callable[[StaffIdentity, LogAsked, int], Awaitable[LogPage]]
    take_journal: Callable[[StaffIdentity, LogAsked], Awaitable[LogPage]]
    write_log: Callable[[Table, Format], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class StaffNights:
    show_nights: Callable[[StaffIdentity, int], Awaitable[NightsView]]
    run_night: Callable[[StaffIdentity, date], Awaitable[None]]
