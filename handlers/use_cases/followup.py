"""The follow-up: its filters, and what it is exported as (F1, F3)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from conversations.tables import Event, Format, Table
from domain.accounts.model import Identity
from domain.bookings.filters import Filters
from domain.bookings.views import FollowUpView

Change = Callable[[Filters], Filters]


@dataclass(frozen=True, slots=True)
class Following:
    show_filters: Callable[[Identity], Awaitable[Filters]]
    change_filters: Callable[[Identity, Change], Awaitable[Filters]]
    show_whole: Callable[[Identity, int], Awaitable[FollowUpView]]
    write_table: Callable[[Table, Format], Awaitable[bytes]]
    write_agenda: Callable[[Sequence[Event]], Awaitable[bytes]]
