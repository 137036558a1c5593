"""A month in which everything that a day can be happens somewhere: made by chance, by a seed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random

from domain.activities.model import Activity, BookingPeriod, Draw, PoolId, Waitlist
from domain.bookings.day_states import overall
from domain.bookings.model import Booking, DraftLine, State, Wish
from domain.bookings.outline import DayOverview
from domain.bookings.overview import DaySheetView
from domain.families.model import FamilyId
from tests.builders import TOWN, activity
from tests.fakes.data import TownData
from tests.storage.towns import FIRST, NOW, request, slot, town

MONTH = [FIRST + timedelta(days=n) for n in range(31)]
GROUPS = (None, None, "3-5", "6-12")
INSTANTS = [NOW, datetime(2026, 12, 9, 12, tzinfo=UTC), datetime(2026, 12, 29, 12, tzinfo=UTC)]
"""Before the month, and with more or less of it past its deadlines."""
OURS, THEIRS, NEIGHBOUR = 1, 2, 3
"""Child 1 belongs to the first two families; the child of the third waits before or behind it."""


def crowded_month(seed: int, activities: int = 6) -> tuple[TownData, list[Booking]]:
    """The bookings are to be written through the ports; some days may be closed after that."""
    chance = Random(seed)  # noqa: S311 - no secret
    data = town(*(_activity(chance, n) for n in range(1, activities + 1)), children=0)
    for family in (OURS, THEIRS, NEIGHBOUR):
        data.family(family, guardians=[family], children=[family])
    data.child(FamilyId(THEIRS), OURS)
    bookings: list[Booking] = []
    for of in data.catalogue.activities:
        _enrolled(chance, data, of)
        for day in MONTH:
            if chance.random() < 0.85:
                bookings += _day(chance, data, of, day)
    return data, bookings


def mark_of(sheet: DaySheetView) -> DayOverview:
    """The one mark that a month may give to this day."""
    wishes = frozenset(line.day.wish for line in sheet.lines if line.day.wish is not None)
    return DayOverview(sheet.day, overall(line.day.state for line in sheet.lines), wishes)


def _activity(chance: Random, number: int) -> Activity:
    """Some take places from a common pool, some close early or are not open to all yet."""
    pools = [Draw(PoolId(number), chance.choice(GROUPS))]
    pools += [Draw(PoolId(100), chance.choice(GROUPS))] if chance.random() < 0.7 else []
    period = BookingPeriod(
        opens_at=chance.choice([None, None, INSTANTS[1]]),
        opens_residents_at=chance.choice([None, NOW]),
        closes_at=chance.choice([None, None, INSTANTS[1]]),
    )
    return activity(
        number, draws=tuple(pools), waitlist=chance.choice(list(Waitlist)), period=period
    )


def _enrolled(chance: Random, data: TownData, of: int) -> None:
    """Not at all, for a part of the month, or in two age groups one after the other."""
    for first in chance.sample([MONTH[0], MONTH[9], MONTH[19]], k=chance.choice([0, 1, 2, 2])):
        last = first + timedelta(days=chance.choice([5, 15, 40]))
        data.enrol(OURS, of, valid_from=first, valid_to=last, group=chance.choice(GROUPS))


def _day(chance: Random, data: TownData, of: int, day) -> list[Booking]:
    opens = chance.choice([None, time(9, 15)])
    is_open = chance.random() < 0.9
    data.open(of, day, is_open=is_open, arrival=opens)
    for draw in data.catalogue.activities[of].draws:
        capacity = chance.choice([None, 0, 1, 3])
        there = data.places[draw.pool_id, day]
        taken = chance.randint(0, capacity or 0)
        data.places[draw.pool_id, day] = replace(there, capacity=capacity, taken=taken)
    if chance.random() < 0.3:
        wish, arrival = chance.choice(list(Wish)), chance.choice([time(7, 30), time(8)])
        data.line(1, TOWN, DraftLine(slot(OURS, day, of), wish, arrival, time(18)), NOW)
    found: list[Booking] = []
    if not is_open:
        return found
    if chance.random() < 0.3:
        state, family = chance.choice(list(State)), chance.choice([OURS, OURS, THEIRS])
        found.append(_booking(OURS, family, state, day, of, ticket=2))
    if chance.random() < 0.3:
        ticket = chance.choice([1, 3])
        found.append(_booking(NEIGHBOUR, NEIGHBOUR, State.WAITLISTED, day, of, ticket=ticket))
    return found


def _booking(child: int, family: int, state: State, day, of: int, *, ticket: int) -> Booking:
    until = INSTANTS[2] if state is State.OFFERED else None
    made = request(family, state, ticket=ticket, offer_until=until)
    return replace(made, slot=slot(child, day, of))
