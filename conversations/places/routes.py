"""Addresses of an activity's days, for the town (S5)."""

from typing import Annotated, Final

from pydantic import StringConstraints

from conversations.routes import Count, Day, Id, Route, compact

UNLIMITED: Final = "u"
Capacity = Annotated[str, StringConstraints(pattern=r"^(u|0|[1-9][0-9]{0,4})$")]


class Places(Route, prefix="gp"):
    """The activities of the structure shown."""

    page: Count


class PlacesMonth(Route, prefix="gpm"):
    """``first``: any day of the month; without one this month."""

    activity: Id
    first: Day | None = None


class PlacesDay(Route, prefix="gpd"):
    activity: Id
    day: Day

    @classmethod
    def of(cls, activity: int, day: Day) -> str:
        """Written quickly: thirty of them a month."""
        return f"gpd:{activity}:{compact(day)}"


class AskCapacity(Route, prefix="gpc"):
    """What is typed next is the capacity of this pool on that day."""

    activity: Id
    day: Day
    pool: Id


class TryCapacity(Route, prefix="gpu"):
    """The preview without a limit: what a button can say."""

    activity: Id
    day: Day
    pool: Id


class GiveCapacity(Route, prefix="gq"):
    """As it was previewed: ``before`` is what it was then."""

    activity: Id
    day: Day
    pool: Id
    capacity: Capacity
    before: Capacity


class AskClosing(Route, prefix="gpx"):
    activity: Id
    day: Day


class CloseTheDay(Route, prefix="gpy"):
    """As it was previewed: so many bookings end, and no others. ``bookings`` is that plus one."""

    activity: Id
    day: Day
    bookings: Count


class OpenTheDay(Route, prefix="gpo"):
    activity: Id
    day: Day


class Queue(Route, prefix="gpq"):
    activity: Id
    day: Day
    page: Count


class AskMove(Route, prefix="gpw"):
    """To which rank somebody who waits is to come."""

    activity: Id
    day: Day
    booking: Id


class MoveTo(Route, prefix="gpt"):
    """What is typed next is the reason."""

    activity: Id
    day: Day
    booking: Id
    rank: Count


def said(capacity: int | None) -> str:
    return UNLIMITED if capacity is None else str(capacity)


def capacity_of(said: str) -> int | None:
    return None if said == UNLIMITED else int(said)
