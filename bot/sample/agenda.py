"""Which days of the town are the telling ones, whatever the date on which the demo is opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.sample.offer import Key
from bot.sample.register import Town

AT_LEAST = 6  # changeable days in the month of the story
LASTING = timedelta(days=3)  # so that the demo can jump over nights and still be told
STORIES = (Key.CANTEEN, Key.HOLIDAYS)


@dataclass(frozen=True, slots=True)
class Story:
    """The month that the demo is about, of the canteen, or of the holiday centre in summer.

    ``last_place``: one place is left, so that of two children one waits.
    ``queue``: full, and two families wait. ``few``: three places are left.
    ``closed``: the town closed it.
    """

    key: Key
    month: date
    few: date
    last_place: date
    queue: date
    closed: date


@dataclass(frozen=True, slots=True)
class Agenda:
    story: Story
    aps_full: date | None  # no place and no waitlist
    aps_queue: date | None
    small_queues: tuple[date, ...]  # "3-6 ans", waitlist only
    shared: date | None  # no whole Wednesday left, but mornings are
    requests: tuple[date, ...]  # circus, which the town answers one by one
    fresh: tuple[date, ...]  # asked since last night


def plan(town: Town, now: datetime) -> Agenda:
    story = _story(town, now)
    circus = _lasting(town, Key.CIRCUS, now)
    return Agenda(
        story=story,
        aps_full=_in_or_after(_lasting(town, Key.APS_EVENING, now), story.month),
        aps_queue=_in_or_after(_lasting(town, Key.APS_MORNING, now), story.month),
        small_queues=tuple(_lasting(town, Key.SMALL_WEDNESDAY, now)[:2]),
        shared=next(iter(_lasting(town, Key.WEDNESDAY, now)), None),
        requests=tuple(circus[:2]),
        fresh=_fresh(town, story, now),
    )


def _story(town: Town, now: datetime) -> Story:
    """In the first month with enough days; the canteen's where both have."""
    months = (found for found in _months(town, now) if len(found[2]) >= AT_LEAST)
    month, key, days = min(months, key=lambda found: found[0])
    # The first one stays ordinary, so that the month does not open with an exception.
    return Story(key, month, *days[1:5])


def _months(town: Town, now: datetime) -> Iterator[tuple[date, Key, list[date]]]:
    for key in STORIES:
        days = _lasting(town, key, now)
        for month, found in groupby(days, key=lambda day: day.replace(day=1)):
            yield month, key, list(found)


def _lasting(town: Town, key: Key, now: datetime) -> list[date]:
    """Days that stay changeable for a while."""
    return [day for day in town.days[key] if town.limit(key, day) > now + LASTING]


def _in_or_after(days: list[date], month: date) -> date | None:
    return next((day for day in days if day >= month), None)


def _fresh(town: Town, story: Story, now: datetime) -> tuple[date, ...]:
    """As in the guide's follow-up: a Monday, a Tuesday and a Thursday of the holidays."""
    told = {story.few, story.last_place, story.queue, story.closed}
    days = _lasting(town, Key.HOLIDAYS, now)
    return tuple(day for day in days if day.weekday() in {0, 1, 3} and day not in told)[:3]
