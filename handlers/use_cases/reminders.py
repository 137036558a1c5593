"""The answers to a reminder (N3)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.accounts.model import Identity
from domain.reminders.model import Reminder, ReminderId


@dataclass(frozen=True, slots=True)
class Reminders:
    book_as_usual: Callable[[Identity, ReminderId], Awaitable[int]]
    silence_reminder: Callable[[Identity, ReminderId], Awaitable[Reminder]]
