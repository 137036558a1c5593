"""Filling the draft by a weekly pattern (B18)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.accounts.model import Identity
from domain.activities.model import ActivityId
from domain.bookings.pattern import Pattern, PatternView
from domain.families.model import ChildId

ByPattern = Callable[[Identity, ChildId, ActivityId, Pattern], Awaitable[PatternView]]


@dataclass(frozen=True, slots=True)
class Patterns:
    show_pattern: ByPattern
    fill_pattern: ByPattern
