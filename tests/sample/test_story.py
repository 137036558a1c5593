"""The demo's story, through the use cases themselves and in either database."""

from calendar import monthrange
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from domain.accounts.login import LogIn
from domain.bookings.composing import MarkDays, ShowMonth
from domain.bookings.confirming import Confirm
from domain.bookings.following import CancelBooking
from domain.bookings.model import DayState, Result, Span, State
from domain.bookings.recap import ShowRecap
from domain.notices.model import Kind
from storage.access import SqlAccess
from storage.bookings.repository import SqlBookings
from storage.catalogue import SqlCatalogues
from storage.engine import transactions
from storage.schema import booking, child, notice
from tests.fakes.accounts import FakePasswords
from tests.sample.conftest import NOW

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Play:
    database: object
    town: object

    def ready(self, use_case):
        bookings = transactions(self.database, SqlBookings)
        return use_case(bookings, SqlCatalogues(self.database), lambda: NOW)

    async def log_in(self, person):
        accounts = transactions(self.database, SqlAccess)
        log_in = LogIn(accounts, FakePasswords(), lambda: NOW)
        return await log_in(person.identifier, person.password, person.id)

    @property
    def month(self):
        first = self.town.story.month
        return Span(first, first.replace(day=monthrange(first.year, first.month)[1]))

    async def book_the_month(self, who):
        """For each child by the month's button; answers the receipt."""
        for one in who.children:
            mark = self.ready(MarkDays)
            await mark(who, one.id, self.town.story_activity.id, self.month, wanted=True)
        recap = await self.ready(ShowRecap)(who)
        return await self.ready(Confirm)(who, recap.round, recap.digest)


@pytest.fixture
def play(database, town):
    return Play(database, town)


@on_sqlite
async def test_the_month_shows_the_days_as_they_are_told(play, town):
    who = await play.log_in(town.hero)
    show = play.ready(ShowMonth)

    month = await show(who, who.children[0].id, town.story_activity.id, town.story.month)

    days = {day.day: day for day in month.days}
    few, last, queue = (
        days[town.story.few],
        days[town.story.last_place],
        days[town.story.queue],
    )
    assert (few.state, few.left) == (DayState.AVAILABLE, 3)
    assert (last.state, last.left) == (DayState.AVAILABLE, 1)
    assert queue.state is DayState.WAITLIST_ONLY
    assert town.story.closed not in days


@on_sqlite
async def test_a_month_for_two_children_comes_out_with_one_line_that_waits(play, town):
    who = await play.log_in(town.hero)

    receipt = await play.book_the_month(who)

    waits = [line for line in receipt.outcomes if line.result is Result.WAITLISTED]
    others = {line.result for line in receipt.outcomes if line not in waits}
    assert [(line.slot.day, line.rank) for line in waits] == [(town.story.last_place, 1)]
    assert others == {Result.ACCEPTED}


async def test_another_parent_cancels_and_the_one_who_waits_is_told(play, town):
    who = await play.log_in(town.hero)
    receipt = await play.book_the_month(who)
    waits = next(line for line in receipt.outcomes if line.result is Result.WAITLISTED)
    rival = await play.log_in(town.rival)
    theirs = await held_on(play.database, town, rival)

    cancelled = await play.ready(CancelBooking)(rival, theirs[0])

    assert cancelled.state is State.CANCELLED
    queued = await play.database.read(lambda c: c.execute(select(notice)).all())
    told = [row for row in queued if row.kind != Kind.NEW_DEVICE]
    assert {row.kind for row in told} == {Kind.PLACE_GIVEN}
    assert {row.guardian_id for row in told} == {who.guardian.id}
    name = select(child.c.first_name).where(child.c.id == waits.slot.child_id)
    assert await play.database.read(lambda c: c.scalar(name)) == "Amalia"


async def held_on(database, town, who):
    query = select(booking.c.id).where(
        booking.c.family_id == who.guardian.family_id,
        booking.c.activity_id == town.story_activity.id,
        booking.c.day == town.story.last_place,
        booking.c.state == State.ACCEPTED,
    )
    return await database.read(lambda c: c.scalars(query.order_by(booking.c.id)).all())
