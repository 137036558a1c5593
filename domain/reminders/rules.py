"""Who is reminded of which days, and when. Pure; the home screen asks the same (H2)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId, Opening
from domain.calendar.instants import instant
from domain.families.model import ChildId
from domain.reminders.model import Deadline, FreeDay, Held, PastBooking, Usual

WEEKS: Final = 4
OFTEN: Final = 2
LOOK_BACK: Final = 16  # weeks: the longest holidays, and four weeks before them
"""What "usually" means: booked on that weekday in at least ``OFTEN`` of the last ``WEEKS`` weeks
in which the activity was open on it. Weeks without an opening (holidays, closed days) do not
count; beyond ``LOOK_BACK`` nothing does. Counted before today, whatever the day that closes: what
lies between has itself perhaps not been booked yet. An accepted, pending or offered booking
counts, by the family that made it; one that waited in a queue or was cancelled does not.
"""

SOON: Final = timedelta(hours=24)
AHEAD: Final = timedelta(days=62)  # what a town closes earlier still is told by the calendar
ONE_WEEK, ONE_DAY = timedelta(weeks=1), timedelta(days=1)
WAKING: Final = time(8), time(20)  # nobody is woken for a reminder


def closing(
    openings: Iterable[Opening], catalogue: Catalogue, now: datetime
) -> dict[tuple[ActivityId, date], datetime]:
    """By activity and day, the limits to book that are at most a day away and not passed."""
    found = {}
    for one in openings:
        limit = catalogue.limits(one).book
        if now <= limit <= now + SOON:
            found[one.activity_id, one.day] = limit
    return found


def looked_back(days: Iterable[date], today: date) -> dict[int, tuple[date, ...]]:
    """By weekday of ``days``, the same weekdays before today, newest first."""
    back = {}
    for weekday in {day.weekday() for day in days}:
        newest = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
        back[weekday] = tuple(newest - ONE_WEEK * nth for nth in range(LOOK_BACK))
    return back


def missing(
    free: Iterable[FreeDay],
    usual: Set[Usual],
    held: Iterable[Held],
    catalogue: Catalogue,
    now: datetime,
) -> dict[Deadline, list[FreeDay]]:
    """Soonest first; the days of each by child, activity, day."""
    busy = _by_day(held)
    found: defaultdict[Deadline, list[FreeDay]] = defaultdict(list)
    days = list(free)
    limits = closing((one.opening for one in days), catalogue, now)
    for one in days:
        opening = one.opening
        limit = limits.get((opening.activity_id, opening.day))
        habit = Usual(one.family_id, one.child_id, opening.activity_id, opening.day.weekday())
        if limit is None or habit not in usual or _is_elsewhere(one, busy, catalogue):
            continue
        structure = catalogue.activities[opening.activity_id].structure_id
        found[Deadline(one.family_id, structure, limit)].append(one)
    for days in found.values():
        days.sort(key=lambda x: (x.child_id, x.opening.activity_id, x.opening.day))
    return dict(sorted(found.items(), key=lambda x: (x[0].limit, x[0].family_id)))


def _by_day(held: Iterable[Held]) -> Mapping[tuple[ChildId, date], list[Held]]:
    busy: defaultdict[tuple[ChildId, date], list[Held]] = defaultdict(list)
    for one in held:
        busy[one.child_id, one.day].append(one)
    return busy


def _is_elsewhere(
    day: FreeDay, busy: Mapping[tuple[ChildId, date], list[Held]], catalogue: Catalogue
) -> bool:
    """A child that is at the holiday centre that day needs no canteen."""
    opening = day.opening
    mine = catalogue.activities[opening.activity_id]
    return any(
        other.activity_id in mine.excludes
        or (opening.arrival < other.departure and other.arrival < opening.departure)
        for other in busy.get((day.child_id, opening.day), ())
    )


def may_tell(limit: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """By day; at night only what would be too late in the morning."""
    local, (wakes, sleeps) = now.astimezone(zone), WAKING
    if wakes <= local.time() < sleeps:
        return True
    morning = local.date() + (ONE_DAY if local.time() >= sleeps else timedelta())
    return limit < instant(morning, wakes, zone)


def usual_hours(opening: Opening, past: Iterable[PastBooking]) -> tuple[time, time]:
    """Those of the newest such weekday, where they were chosen and are still possible; else the
    opening's own. ``past`` is of one child and activity, newest first.
    """
    for one in past:
        if one.slot.day.weekday() != opening.day.weekday():
            continue
        hours = one.arrival, one.departure
        was_chosen = hours != (one.opening.arrival, one.opening.departure)
        fits = opening.arrival <= one.arrival and one.departure <= opening.departure
        return hours if was_chosen and fits else (opening.arrival, opening.departure)
    return opening.arrival, opening.departure
