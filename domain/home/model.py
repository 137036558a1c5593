"""The home screen as facts: what the town says, and what waits for the family (H1, H2)."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.activities.model import Activity, Structure
from domain.announcements.model import Announcement
from domain.families.model import Child, Wallet


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    child: Child
    activity: Activity
    day: date
    until: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """Days of one child and activity that close for booking at one instant, none of them asked."""

    child: Child
    activity: Activity
    limit: datetime
    first: date
    days: int


@dataclass(frozen=True, slots=True)
class ToDo:
    unsigned: tuple[Child, ...] = ()  # whose house rules wait for a signature
    debts: tuple[Wallet, ...] = ()  # below zero
    offers: tuple[OfferedPlace, ...] = ()  # the one that lapses first comes first
    closing: tuple[Closing, ...] = ()  # likewise


@dataclass(frozen=True, slots=True)
class HomeView:
    structures: tuple[Structure, ...]  # the guardian's
    announcements: tuple[Announcement, ...]  # newest first
    drafted: int  # wishes that wait to be validated
    todo: ToDo
    is_soon_there: bool = False  # a child is booked today or tomorrow: it may be absent (B19)
