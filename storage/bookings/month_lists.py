"""The lists of a month, put together day by day.

Days are compared as the database writes them, year first; what makes no object costs nothing.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from domain.activities.model import ActivityId, Opening, PoolId
from domain.bookings.model import Booking, DayFacts, DraftLine, Places, Slot, State, Wish
from domain.bookings.ports import Hours, MonthFacts
from domain.families.model import ChildId, FamilyId

Item: TypeAlias = list[Any]

# The same ones come again at every tap.
_day = lru_cache(maxsize=2048)(date.fromisoformat)
_hour = lru_cache(maxsize=2048)(time.fromisoformat)


class MonthRow(NamedTuple):
    """What ``month`` selects. Lists are JSON; PostgreSQL says None for an empty one."""

    family_id: FamilyId
    arrival: time  # of the activity, where an opening does not say otherwise
    departure: time
    openings: str | None
    places: str | None
    draws: str | None
    enrolments: str | None
    bookings: str | None
    lines: str | None
    hours: str | None
    drafted: int


class Parts(NamedTuple):
    """The lists of one child and one activity, read; the columns of ``MonthRow`` in each."""

    family_id: FamilyId
    arrival: time
    departure: time
    openings: Sequence[Item]
    places: Mapping[tuple[PoolId, str], Item]
    draws: Sequence[Item]
    enrolments: Sequence[Item]
    bookings: Sequence[Item]
    lines: Sequence[Item]


def to_facts(child: ChildId, activity: ActivityId, row: MonthRow) -> MonthFacts:
    parts = Parts(
        family_id=row.family_id,
        arrival=row.arrival,
        departure=row.departure,
        openings=read(row.openings),
        places=places_by_key(read(row.places)),
        draws=read(row.draws),
        enrolments=read(row.enrolments),
        bookings=read(row.bookings),
        lines=read(row.lines),
    )
    hours = next((hours_of(item) for item in read(row.hours)), None)
    return MonthFacts(days_of(child, activity, parts), row.drafted, hours)


def days_of(child: ChildId, activity: ActivityId, parts: Parts) -> tuple[DayFacts, ...]:
    bookings, lines = _by_day(parts.bookings, 3), _by_day(parts.lines)
    places = _PlacesOf(parts)
    days = []
    for day, is_open, arrival, departure, waiting in sorted(parts.openings):
        enrolled = places.enrolment(day)
        booking = _booking(bookings[day]) if day in bookings else None
        is_ours = booking is not None and booking.family_id == parts.family_id
        days.append(
            DayFacts(
                opening=Opening(
                    activity,
                    _day(day),
                    bool(is_open),
                    parts.arrival if arrival is None else _hour(arrival),
                    parts.departure if departure is None else _hour(departure),
                ),
                places=places.on(day, enrolled),
                enrolled=enrolled is not None,
                booking=booking if is_ours else None,
                line=_line(child, activity, lines[day]) if day in lines else None,
                waiting=waiting,
                rank=bookings[day][-1] if is_ours else None,
                elsewhere=booking is not None and not is_ours,
            )
        )
    return tuple(days)


class _PlacesOf:
    """Which pools a child draws on depends on the enrolment that covers the day (B8)."""

    def __init__(self, parts: Parts) -> None:
        self._enrolments = sorted(parts.enrolments, reverse=True)
        self._draws = parts.draws
        self._places = parts.places
        self._pools: dict[str | None, list[PoolId]] = {}

    def enrolment(self, day: str) -> Item | None:
        """The latest to start, if several cover it."""
        return next((e for e in self._enrolments if e[0] <= day <= e[1]), None)

    def on(self, day: str, enrolment: Item | None) -> tuple[Places, ...]:
        pools = self._drawn_on(None if enrolment is None else enrolment[2])
        places = self._places
        return tuple([Places(p, _day(day), *places[p, day]) for p in pools if (p, day) in places])

    def _drawn_on(self, group: str | None) -> list[PoolId]:
        if group not in self._pools:
            # One that is drawn on twice, by everybody and by an age group, is still one pool.
            found = {pool for pool, of in self._draws if of is None or of == group}
            self._pools[group] = sorted(found)
        return self._pools[group]


def read(written: str | None) -> list[Item]:
    """PostgreSQL says None for an empty list."""
    found: list[Item] = json.loads(written) if written else []
    return found


def hour(written: str) -> time:
    return _hour(written)


def hours_of(item: Item) -> Hours:
    """Its last two columns."""
    return _hour(item[-2]), _hour(item[-1])


def places_by_key(items: Sequence[Item]) -> Mapping[tuple[PoolId, str], Item]:
    return {(pool, day): of for pool, day, *of in items}


def _by_day(items: Sequence[Item], column: int = 0) -> Mapping[str, Item]:
    return {item[column]: item for item in items}


def _line(child: ChildId, activity: ActivityId, item: Item) -> DraftLine:
    day, wish, arrival, departure = item
    return DraftLine(
        Slot(child, activity, _day(day)), Wish(wish), _hour(arrival), _hour(departure)
    )


def _booking(item: Item) -> Booking:
    """The columns of ``rows.BOOKING``."""
    until = item[12]
    return Booking(
        id=item[0],
        slot=Slot(item[1], item[2], _day(item[3])),
        family_id=item[4],
        guardian_id=item[5],
        state=State(item[6]),
        ticket=item[7],
        arrival=_hour(item[8]),
        departure=_hour(item[9]),
        price=Decimal(item[10]).scaleb(-2),  # cents
        group=item[11],
        offer_until=None if until is None else _instant(until),
        reason=item[13],
        transmitted=bool(item[14]),
    )


def _instant(written: str) -> datetime:
    """SQLite keeps no zone: what it has is UTC."""
    at = datetime.fromisoformat(written)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
