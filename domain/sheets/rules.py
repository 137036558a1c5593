"""From the children of a day to sheets and head-counts. Pure."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from itertools import groupby
from typing import Final

from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity, ActivityId
from domain.families.classes import NO_CLASS, Rank, rank
from domain.families.model import Child
from domain.sheets.model import ActivitySheet, Counted, Half, HeadCount, Order, Sheet, SheetRow

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


def by_class(sheets: Iterable[ActivitySheet]) -> Counted:
    """A child that comes to one activity and not to another is there."""
    absent: dict[Child, bool] = {}
    for row in (row for one in sheets for row in one.rows):
        absent[row.child] = absent.get(row.child, True) and row.missing is not None
    found = defaultdict[str, list[bool]](list)
    for child, is_absent in absent.items():
        found[child.school_class or NO_CLASS].append(is_absent)
    if not found.keys() - {NO_CLASS}:
        return ()
    return tuple(
        (name, HeadCount(len(found[name]), sum(found[name]))) for name in sorted(found, key=rank)
    )


def of_class(sheet: Sheet, name: str) -> Sheet:
    """Its children alone; ``classes`` stay, so that another one can be called."""
    there = (
        (one.activity, [r for r in (*one.rows, *one.asking) if class_of(r) == name])
        for one in sheet.activities
    )
    kept = tuple(_sheet(activity, rows, sheet.order) for activity, rows in there if rows)
    return replace(sheet, activities=kept, school_class=name)


def class_of(row: SheetRow) -> str:
    return row.child.school_class or NO_CLASS


def in_order(
    rows: Iterable[SheetRow], order: Order, *, in_groups: bool = True
) -> tuple[SheetRow, ...]:
    """By group; then by class or hour, if so; then by name. Accents do not count in a name."""

    def key(row: SheetRow) -> tuple[str, Rank | tuple[time] | tuple[()], tuple[str, str, int]]:
        group = row.group or NO_GROUP if in_groups else NO_GROUP
        return group, _first(row, order), _name(row)

    return tuple(sorted(rows, key=key))


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
    grouped = _in_groups(activity, rows)
    sure = in_order((row for row in rows if row.is_sure), order, in_groups=grouped)
    groups = [
        (group, count(tuple(found)))
        for group, found in groupby(sure, key=lambda row: row.group or NO_GROUP)
    ]
    has_groups = grouped and any(group for group, _ in groups)
    return ActivitySheet(
        activity=activity,
        rows=sure,
        asking=tuple(row for row in rows if not row.is_sure),
        total=count(sure),
        groups=tuple(groups) if has_groups else (),
        halves=halves(sure),
    )


def _in_groups(activity: Activity, rows: Sequence[SheetRow]) -> bool:
    """Where places depend on the age group; else only for want of classes."""
    has_own_places = any(draw.group for draw in activity.draws)
    return has_own_places or not any(row.child.school_class for row in rows)


def _first(row: SheetRow, order: Order) -> Rank | tuple[time] | tuple[()]:
    match order:
        case Order.CLASS:
            return rank(class_of(row))
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
