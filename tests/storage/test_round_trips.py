"""How many times a parent's tap and confirmation go to the database; the identity is one more."""

from datetime import timedelta

from domain.activities.model import ActivityId
from domain.bookings import rules
from domain.bookings.composing import MarkDays
from domain.bookings.confirming import Confirm
from domain.bookings.model import Result, Span, Wish
from domain.families.model import ChildId
from tests.builders import identity
from tests.storage.towns import NOW, line, town

MONTH = [NOW.date().replace(month=12, day=7) + timedelta(days=n) for n in range(20)]


def drafted_town():
    data = town(days=MONTH, capacity=5)
    for day in MONTH:
        data.line(1, 1, line(1, day), NOW)
    return data


async def test_marking_a_month_is_two_round_trips(sql_world):
    data = town(days=MONTH, capacity=5)
    at = await sql_world(data)
    mark = MarkDays(at.bookings, catalogues_of(data), lambda: NOW)
    at.statements.clear()

    view = await mark(
        identity(1, 1), ChildId(1), ActivityId(1), Span(MONTH[0], MONTH[-1]), wanted=True
    )

    assert [day.wish for day in view.days] == [Wish.BOOK] * 20
    assert len(at.statements) == 2


async def test_confirming_a_month_is_five_round_trips(postgresql_world):
    data = drafted_town()
    at = await postgresql_world(data)
    confirm = Confirm(at.bookings, catalogues_of(data), lambda: NOW)
    at.statements.clear()

    receipt = await confirm(identity(1, 1), 1, rules.digest([line(1, day) for day in MONTH]))

    assert [outcome.result for outcome in receipt.outcomes] == [Result.ACCEPTED] * 20
    assert len(at.statements) == 5


async def test_confirming_again_is_two_round_trips(sql_world):
    data = drafted_town()
    at = await sql_world(data)
    confirm = Confirm(at.bookings, catalogues_of(data), lambda: NOW)
    digest = rules.digest([line(1, day) for day in MONTH])
    first = await confirm(identity(1, 1), 1, digest)
    at.statements.clear()

    again = await confirm(identity(1, 1), 1, digest)

    assert again == first
    assert len(at.statements) == 2


def catalogues_of(data):
    async def catalogues(version=None):
        return data.catalogue

    return catalogues
