"""What fills a draft by many days meets a tap on another device of the same guardian (PostgreSQL).

The tap is held open, the other is seen to wait, and only then the tap is committed: what it says
of its day stands, and the other days are filled. One suite for every way to fill a draft.
"""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain.activities.hours_model import Choosing
from domain.bookings.composing import MarkDays
from domain.bookings.copying import CopyDays
from domain.bookings.hours import SetHours
from domain.bookings.model import DraftId, DraftLine, Span, Wish
from domain.bookings.pattern import FillPattern, Pattern
from domain.bookings.week import RepeatWeek
from storage.bookings import SqlBookings
from tests.builders import activity, identity
from tests.storage.towns import DAY, NEXT_DAY, NOW, book, line, request, slot, town

DRAFT, CHILD, SIBLING, TIMED = DraftId(1), 1, 2, 1
A_WEEK = timedelta(days=7)
USUAL, TAPPED = (time(7, 30), time(18)), (time(9), time(17))
WHO = identity(1, CHILD, SIBLING)
DAYS = (DAY, NEXT_DAY)


def at_hours(day: date, hours: tuple[time, time], wish: Wish = Wish.BOOK) -> DraftLine:
    return replace(line(CHILD, day, wish), arrival=hours[0], departure=hours[1])


def tap(said: DraftLine):
    return lambda connection: SqlBookings(connection).put_lines(DRAFT, [said], NOW)


@pytest.fixture
async def at(postgresql_world):
    """Two children; the other one's days are drafted, this one had them the week before."""
    data = town(
        activity(TIMED, weekdays=frozenset({2, 3}), hours=Choosing(step=5)),
        children=0,
        days=(*DAYS, *(day - A_WEEK for day in DAYS)),
    )
    data.family(1, guardians=[1], children=[CHILD, SIBLING])
    for child in (CHILD, SIBLING):
        data.enrol(child, TIMED)
    for day in DAYS:
        data.line(1, 1, line(SIBLING, day), NOW)
    at = await postgresql_world(data)
    await at.bookings.write(lambda tx: tx.put_hours(DRAFT, CHILD, TIMED, USUAL))
    before = [slot(CHILD, day - A_WEEK) for day in DAYS]
    await book(at, *(request(CHILD, ticket=n, slot=each) for n, each in enumerate(before, 1)))
    return at


def given(at):
    async def catalogues(version: int | None = None):
        return CATALOGUE

    return at.bookings, catalogues, lambda: NOW


CATALOGUE = town(
    activity(TIMED, weekdays=frozenset({2, 3}), hours=Choosing(step=5)), children=0
).catalogue


def week(at):
    return MarkDays(*given(at))(WHO, CHILD, TIMED, Span(DAY, NEXT_DAY), wanted=True)


def pattern(at):
    every = Pattern(frozenset({2, 3}), DAY, NEXT_DAY)
    return FillPattern(*given(at))(WHO, CHILD, TIMED, every)


def copy(at):
    return CopyDays(*given(at))(WHO, (CHILD, TIMED), (SIBLING, TIMED), None)


def last_week(at):
    return RepeatWeek(*given(at))(WHO, DAY)


FILLERS = (week, pattern, copy, last_week)


async def drafted(at) -> list[DraftLine]:
    read = await at.bookings.read(lambda tx: tx.draft_facts(DRAFT, lock=False))
    return [each for each in read.draft.lines if each.slot.child_id == CHILD]


@pytest.mark.parametrize("fill", FILLERS)
async def test_hours_chosen_for_a_day_meanwhile_are_kept(at, rivals, fill):
    chosen = at_hours(DAY, TAPPED)

    async with rivals.transaction() as phone:
        await phone.run_sync(tap(chosen))
        await rivals.after(phone, fill(at))

    assert await drafted(at) == [chosen, at_hours(NEXT_DAY, USUAL)]


async def test_a_day_taken_back_meanwhile_gets_no_new_hours(at, rivals):
    await at.bookings.write(
        lambda tx: tx.put_lines(DRAFT, [at_hours(day, USUAL) for day in DAYS], NOW)
    )

    async with rivals.transaction() as phone:
        await phone.run_sync(tap(at_hours(DAY, USUAL, Wish.KEEP)))
        await rivals.after(phone, SetHours(*given(at))(WHO, CHILD, TIMED, None, TAPPED))

    assert await drafted(at) == [at_hours(NEXT_DAY, TAPPED)]


async def test_days_of_the_other_child_taken_back_meanwhile_are_not_copied(at, rivals):
    async with rivals.transaction() as phone:
        await phone.run_sync(tap(line(SIBLING, DAY, Wish.KEEP)))
        await rivals.after(phone, copy(at))

    assert await drafted(at) == [at_hours(NEXT_DAY, USUAL)]
