"""Which days close soon with nothing asked for them (H2). Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.families.model import Child, ChildId
from domain.home.model import Closing
from domain.home.ports import Held, OpenDay

SOON = timedelta(hours=24)


def closing_soon(
    days: Iterable[OpenDay],
    held: Iterable[Held],
    children: Mapping[ChildId, Child],
    catalogue: Catalogue,
    now: datetime,
) -> tuple[Closing, ...]:
    """Days that close together are told together: those of a week, mostly. Soonest first."""
    busy = _by_day(held)
    found: defaultdict[tuple[datetime, ChildId, ActivityId], list[date]] = defaultdict(list)
    for one in days:
        limit = catalogue.limits(one.opening).book
        if now <= limit <= now + SOON and not _is_elsewhere(one, busy, catalogue):
            found[limit, one.child_id, one.opening.activity_id].append(one.opening.day)
    return tuple(
        Closing(children[child], catalogue.activities[activity], limit, min(of), len(of))
        for (limit, child, activity), of in sorted(found.items())
    )


def _by_day(held: Iterable[Held]) -> Mapping[tuple[ChildId, date], list[Held]]:
    busy: defaultdict[tuple[ChildId, date], list[Held]] = defaultdict(list)
    for one in held:
        busy[one.child_id, one.day].append(one)
    return busy


def _is_elsewhere(
    day: OpenDay, busy: Mapping[tuple[ChildId, date], list[Held]], catalogue: Catalogue
) -> bool:
    """A child that is at the holiday centre that day needs no canteen."""
    opening = day.opening
    mine = catalogue.activities[opening.activity_id]
    return any(
        other.activity_id in mine.excludes
        or (opening.arrival < other.departure and other.arrival < opening.departure)
        for other in busy.get((day.child_id, opening.day), ())
    )
