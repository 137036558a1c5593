"""Hours that a parent chooses: windows in steps, or fixed slots of a weekday (B6). Pure."""

import re
from datetime import time
from typing import Final

from domain.activities.hours_model import Choosing, Slots
from domain.activities.model import Opening


def arrivals(rule: Choosing, opening: Opening) -> tuple[time, ...]:
    """Every one that may be chosen on that day, in order."""
    if not rule.arrival:
        return (opening.arrival,)
    last = _minutes(opening.departure) - 1
    return _within(rule, rule.arrivals, opening, _minutes(opening.arrival), last)


def departures(rule: Choosing, opening: Opening, arrival: time) -> tuple[time, ...]:
    """Every one after ``arrival``, in order; at the closing at the latest."""
    if not rule.departure:
        return (opening.departure,) if arrival < opening.departure else ()
    first = max(_minutes(arrival) + 1, _minutes(opening.arrival) + 1)
    found = _within(rule, rule.departures, opening, first, _minutes(opening.departure))
    has_slots = opening.day.weekday() in rule.departures
    if has_slots or arrival >= opening.departure or opening.departure in found:
        return found
    return (*found, opening.departure)  # the closing itself, whatever the step


def allows(rule: Choosing | None, opening: Opening, arrival: time, departure: time) -> bool:
    """Without a rule, the hours of the opening and no others."""
    if rule is None:
        return (arrival, departure) == (opening.arrival, opening.departure)
    return arrival in arrivals(rule, opening) and departure in departures(rule, opening, arrival)


def _within(
    rule: Choosing, slots: Slots, opening: Opening, first: int, last: int
) -> tuple[time, ...]:
    """``first`` and ``last`` in minutes of the day, both included."""
    fixed = slots.get(opening.day.weekday())
    if fixed is not None:
        return tuple(sorted(at for at in fixed if first <= _minutes(at) <= last))
    start = _minutes(opening.arrival)
    steps = range(start, last + 1, rule.step)
    return tuple(_time(minutes) for minutes in steps if minutes >= first)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))


# -- what is typed -------------------------------------------------------------------------
_BETWEEN: Final = re.compile(r"\s*(?:-|–|à|to|/|;)\s*|\s+")
_SPELLED: Final = re.compile(r"(\d{1,2})(?:[:h.,](\d{2})?)?", re.IGNORECASE)
_BARE: Final = re.compile(r"(\d{1,2})(\d{2})")


def typed(text: str) -> tuple[time, ...]:
    """The hours that a parent typed: "7:35", "7h35", "07.35", "735", "7h", "7h35 - 16h30".

    Empty when something in it is no hour: half an answer is not guessed.
    """
    joined = re.sub(r"(?<=\d)\s*([h:.,])\s*(?=\d)", r"\1", text.strip(), flags=re.IGNORECASE)
    found = [_hour(part) for part in _BETWEEN.split(joined) if part]
    known = tuple(at for at in found if at is not None)
    return known if len(known) == len(found) else ()


def _hour(part: str) -> time | None:
    spelled = _SPELLED.fullmatch(part) or _BARE.fullmatch(part)
    if spelled is None:
        return None
    hour, minute = int(spelled[1]), int(spelled[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
