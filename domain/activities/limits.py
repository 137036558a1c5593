"""The exact instants that bind a day of an activity (B9)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from domain.activities.model import Activity, ActivityId, Structure
from domain.calendar import deadlines
from domain.calendar.instants import instant


class Service(Protocol):
    """What deadlines are counted from: an opening, or whatever else knows as much of a day."""

    @property
    def activity_id(self) -> ActivityId: ...
    @property
    def day(self) -> date: ...
    @property
    def arrival(self) -> time: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """The last instants at which a day can be booked and cancelled, and its start; all in UTC."""

    book: datetime
    cancel: datetime
    start: datetime


def limits(service: Service, activity: Activity, structure: Structure) -> Limits:
    """Both deadlines, the way the town set them for this activity."""

    def until(rule: deadlines.Rule) -> datetime:
        return deadlines.limit(
            rule,
            day=service.day,
            starts_at=service.arrival,
            calendar=structure.calendar,
            zone=structure.zone,
        )

    start = instant(service.day, service.arrival, structure.zone)
    return Limits(until(activity.book_by), until(activity.cancel_by), start)
