"""Screens of an activity's days at their longest, for ``test_limits``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from conversations.places import queue, views
from conversations.screen import Screen, noted
from conversations.staff.home import header
from conversations.texts import Texts
from domain.activities.model import Draw
from domain.bookings.model import State
from domain.families.model import Child
from domain.places.model import (
    CapacityPreview,
    ClosingPreview,
    DayCounts,
    DayOfPlaces,
    MonthOfPlaces,
    PoolDay,
    QueueView,
    Waiter,
)
from domain.staff.model import Role
from tests import builders
from tests.conversations.facts import LONGEST_ID, SIX_WEEKS
from tests.conversations.staff_people import LONG, TOWN, member

ACTIVITY = builders.activity(LONGEST_ID, name=LONG, draws=(Draw(LONGEST_ID),))
DAY = SIX_WEEKS + timedelta(days=9)


def pool(capacity: int | None, taken: int = 99_999, day: date = DAY) -> PoolDay:
    return PoolDay(builders.places(capacity, taken=taken, pool=LONGEST_ID, day=day), LONG)


def counts(day: date = DAY, *, is_open: bool = True, pools: int = 8) -> DayCounts:
    return DayCounts(day, is_open, (pool(99_999, day=day),) * pools, 99_999, 99_999, 99_999)


def waiter(rank: int) -> Waiter:
    held = builders.booking(LONGEST_ID, State.WAITLISTED, together=1, turn=1)
    child = Child(LONGEST_ID, LONG, LONG)
    return Waiter(held, child, rank, is_moved=True, in_debt=True)


def places(t: Texts) -> Iterator[Screen]:
    above = header(member(), TOWN, t)
    for found in ((), (ACTIVITY,) * 50):
        yield views.activities(found, 99, above, t)
    every = [SIX_WEEKS.replace(day=1) + timedelta(days=n) for n in range(31)]
    days = tuple(counts(day, is_open=day.day % 2 == 0) for day in every)
    yield views.month(MonthOfPlaces(ACTIVITY, SIX_WEEKS.replace(day=1), days, DAY), t)
    for role in Role:
        for is_open in (True, False):
            for is_over in (True, False):
                shown = DayOfPlaces(ACTIVITY, counts(is_open=is_open), is_over)
                yield noted(views.day(shown, member(role), t), views.closed(99_999, t))
    bare = DayOfPlaces(ACTIVITY, replace(counts(), pools=()), is_over=False)
    yield noted(views.day(bare, member(), t), views.opened(t))
    yield views.ask_capacity(bare, pool(None), t)
    yield from _previews(t)
    yield from _queues(t)


def _previews(t: Texts) -> Iterator[Screen]:
    after = pool(99_999).places
    for wanted, served in ((None, 0), (0, 0), (99_999, 99_999)):
        of = CapacityPreview(ACTIVITY, pool(None), wanted, after, served, served)
        yield noted(views.preview_capacity(of, t), views.changed(t))
    same = CapacityPreview(ACTIVITY, pool(99_999), 99_999, after, 0, 0)
    yield views.preview_capacity(same, t)
    for n in (0, 1, 99_999):
        closing = ClosingPreview(ACTIVITY, DAY, n, n, n, Decimal("9999999.99"))
        yield noted(views.preview_closing(closing, t), views.closed(n, t))


def _queues(t: Texts) -> Iterator[Screen]:
    for length in (0, 1, 500):
        view = QueueView(ACTIVITY, DAY, tuple(waiter(n + 1) for n in range(length)))
        for in_tables in (False, True):
            for page in (1, 9999):
                who = member(in_tables=in_tables)
                yield noted(queue.screen(view, page, who, t), queue.moved(t))
    one = replace(view, waiters=view.waiters)
    yield queue.ask_rank(one, waiter(250), t)
    yield queue.ask_reason(one, waiter(250), 500, t)
