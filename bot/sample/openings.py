"""On which days an activity is really open."""

from datetime import date

from bot.sample.offer import Offer
from bot.sample.window import Window
from domain.calendar.model import SchoolCalendar


def open_days(offer: Offer, window: Window, calendar: SchoolCalendar) -> tuple[date, ...]:
    """Its weekdays, in or out of the school holidays as it says, and never a public holiday."""
    return tuple(
        day
        for day in window.days()
        if day.weekday() in offer.weekdays
        and calendar.is_school_holiday(day) is offer.in_holidays
        and not calendar.is_public_holiday(day)
    )
