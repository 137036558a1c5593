"""A child that will not come (B19)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.absences.model import Certificate, DayOfChild, Reason, Scope
from domain.accounts.model import Identity


@dataclass(frozen=True, slots=True)
class Absences:
    list_absence_days: Callable[[Identity], Awaitable[tuple[DayOfChild, ...]]]
    show_absence_day: Callable[[Identity, Scope], Awaitable[DayOfChild]]
    ask_absence: Callable[[Identity, Scope], Awaitable[DayOfChild]]
    declare_absence: Callable[[Identity, Scope, Reason], Awaitable[DayOfChild]]
    note_absence: Callable[[Identity, Scope, str], Awaitable[DayOfChild]]
    certify_absence: Callable[[Identity, Scope, Certificate], Awaitable[DayOfChild]]
    withdraw_absence: Callable[[Identity, Scope], Awaitable[DayOfChild]]
