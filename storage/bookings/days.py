"""The days of one child at one activity, put together from lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import NamedTuple

from domain.activities.model import ActivityId, Opening, PoolId
from domain.bookings.model import DayFacts, Places, PlainDay, places_left, smallest
from domain.bookings.ports import Outline
from domain.families.model import ChildId, FamilyId
from storage.bookings.lists import Item, to_booking, to_day, to_hour, to_line


class Parts(NamedTuple):
    """What the statements answer for one child and one activity."""

    family_id: FamilyId
    arrival: time  # of the activity, where an opening does not say otherwise
    departure: time
    openings: Sequence[Item]
    places: Mapping[PoolId, Mapping[str, Item]]  # by pool, then by day
    draws: Sequence[Item]
    enrolments: Sequence[Item]
    bookings: Sequence[Item]
    lines: Sequence[Item]


class Days:
    def __init__(self, child: ChildId, activity: ActivityId, parts: Parts) -> None:
        self._child, self._activity, self._parts = child, activity, parts
        self._enrolments = sorted(parts.enrolments, reverse=True)
        self._bookings = {item[3]: item for item in parts.bookings}
        self._lines = {item[0]: item for item in parts.lines}
        self._pools: dict[str | None, list[PoolId]] = {}
        self._left: dict[str | None, Mapping[str, int | None]] = {}

    def all(self) -> tuple[DayFacts, ...]:
        return tuple([self._whole(item) for item in sorted(self._parts.openings)])

    def outline(self) -> Outline:
        plain, whole = [], []
        usual = self._parts.arrival
        for item in self._parts.openings:
            day, is_open, arrival, _, waiting = item
            if day in self._bookings or day in self._lines:
                whole.append(self._whole(item))
            elif is_open and (enrolled := self._enrolment(day)) is not None:
                at = usual if arrival is None else to_hour(arrival)
                left = self._lefts(enrolled).get(day)
                plain.append(PlainDay(self._activity, to_day(day), at, left, waiting))
        return Outline(plain, whole)

    def _whole(self, item: Item) -> DayFacts:
        child, activity, usual = self._child, self._activity, self._parts
        day, is_open, arrival, departure, waiting = item
        enrolled = self._enrolment(day)
        booked, line = self._bookings.get(day), self._lines.get(day)
        is_ours = booked is not None and booked[4] == usual.family_id
        return DayFacts(
            opening=Opening(
                activity,
                to_day(day),
                bool(is_open),
                usual.arrival if arrival is None else to_hour(arrival),
                usual.departure if departure is None else to_hour(departure),
            ),
            places=self._places(day, enrolled),
            enrolled=enrolled is not None,
            booking=to_booking(booked) if booked is not None and is_ours else None,
            line=None if line is None else to_line(child, activity, line),
            waiting=waiting,
            rank=booked[-1] if booked is not None and is_ours else None,
            elsewhere=booked is not None and not is_ours,
        )

    def _enrolment(self, day: str) -> Item | None:
        """The latest to start, if several cover it."""
        for enrolment in self._enrolments:
            if enrolment[0] <= day <= enrolment[1]:
                return enrolment
        return None

    def _places(self, day: str, enrolled: Item | None) -> tuple[Places, ...]:
        found = ((pool, self._parts.places.get(pool, {})) for pool in self._drawn_on(enrolled))
        return tuple([Places(p, to_day(day), *days[day]) for p, days in found if day in days])

    def _lefts(self, enrolled: Item) -> Mapping[str, int | None]:
        """By day, at once for all those of an age group."""
        group = enrolled[2]
        if group not in self._left:
            lefts: dict[str, int | None] = {}
            for pool in self._drawn_on(enrolled):
                for day, (capacity, taken, _) in self._parts.places.get(pool, {}).items():
                    left = places_left(capacity, taken)
                    lefts[day] = smallest((left, lefts[day])) if day in lefts else left
            self._left[group] = lefts
        return self._left[group]

    def _drawn_on(self, enrolled: Item | None) -> Sequence[PoolId]:
        """Which pools, depends on the enrolment that covers the day (B8)."""
        group = None if enrolled is None else enrolled[2]
        if group not in self._pools:
            # One that is drawn on twice, by everybody and by an age group, is still one pool.
            found = {pool for pool, of in self._parts.draws if of is None or of == group}
            self._pools[group] = sorted(found)
        return self._pools[group]


def by_pool(items: Iterable[Item]) -> Mapping[PoolId, Mapping[str, Item]]:
    found: defaultdict[PoolId, dict[str, Item]] = defaultdict(dict)
    for pool, day, *places in items:
        found[pool][day] = places
    return found
