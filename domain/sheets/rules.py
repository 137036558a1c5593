"""From the children of a day to sheets and head-counts. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import time
from itertools import groupby
from typing import Final

from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity, ActivityId
from domain.sheets.model import ActivitySheet, Half, HeadCount, Order, SheetRow

HALF: Final = 30  # minutes
A_DAY: Final = 24 * 60
NO_GROUP: Final = ""


def sheets(
    rows: Iterable[SheetRow], catalogue: Catalogue, order: Order
) -> tuple[ActivitySheet, ...]:
    """By the hour at which activities begin, then by name."""

    def place(row: SheetRow) -> tuple[time, str, ActivityId]:
        activity = catalogue.activities[row.activity_id]
        return activity.arrival, activity.name, activity.id

    return tuple(
        _sheet(catalogue.activities[number], tuple(found), order)
        for (_, _, number), found in groupby(sorted(rows, key=place), key=place)
    )


def count(rows: Sequence[SheetRow]) -> HeadCount:
    return HeadCount(len(rows), sum(row.missing is not None for row in rows))


def in_order(rows: Iterable[SheetRow], order: Order) -> tuple[SheetRow, ...]:
    """By group; then by name, or by hour and name. Accents do not count in a name."""
    return tuple(
        sorted(rows, key=lambda row: (row.group or NO_GROUP, *_hour(row, order), *_name(row)))
    )


def halves(rows: Sequence[SheetRow]) -> tuple[Half, ...]:
    """For how many children staff is needed, each half hour; the absent do not count."""
    here = [(_minutes(r.arrival), _minutes(r.departure)) for r in rows if r.missing is None]
    if len(set(here)) <= 1:
        return ()
    first = min(arrival for arrival, _ in here) // HALF * HALF
    last = max(departure for _, departure in here)
    return tuple(
        Half(_clock(start), sum(a < start + HALF and d > start for a, d in here))
        for start in range(first, last, HALF)
    )


def _sheet(activity: Activity, rows: Sequence[SheetRow], order: Order) -> ActivitySheet:
    sure = in_order((row for row in rows if row.is_sure), order)
    groups = [
        (group, count(tuple(found)))
        for group, found in groupby(sure, key=lambda row: row.group or NO_GROUP)
    ]
    return ActivitySheet(
        activity=activity,
        rows=sure,
        total=count(sure),
        groups=tuple(groups) if any(group for group, _ in groups) else (),
        halves=halves(sure),
        undecided=len(rows) - len(sure),
    )


def _hour(row: SheetRow, order: Order) -> tuple[time, ...]:
    match order:
        case Order.NAME:
            return ()
        case Order.ARRIVAL:
            return (row.arrival,)
        case Order.DEPARTURE:
            return (row.departure,)


def _name(row: SheetRow) -> tuple[str, str, int]:
    return _plain(row.child.last_name), _plain(row.child.first_name), row.child.id


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minutes: int) -> time:
    return time(minutes % A_DAY // 60, minutes % 60)
