"""The exact instants that bind a day of an activity (B9)."""

from dataclasses import dataclass
from datetime import datetime

from domain.activities.model import Activity, Opening, Structure
from domain.calendar import deadlines
from domain.calendar.instants import instant


@dataclass(frozen=True, slots=True)
class Limits:
    """The last instants at which a day can be booked and cancelled, and its start; all in UTC."""

    book: datetime
    cancel: datetime
    start: datetime


def limits(opening: Opening, activity: Activity, structure: Structure) -> Limits:
    """Both deadlines, the way the town set them for this activity."""

    def until(rule: deadlines.Rule) -> datetime:
        return deadlines.limit(
            rule,
            day=opening.day,
            starts_at=opening.arrival,
            calendar=structure.calendar,
            zone=structure.zone,
        )

    start = instant(opening.day, opening.arrival, structure.zone)
    return Limits(until(activity.book_by), until(activity.cancel_by), start)
