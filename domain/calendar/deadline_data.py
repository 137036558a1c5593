"""Deadline rules as JSON-safe data, for the database and the exchange files; strict on reading.

``{"kind": "days_before", "days": 2, "at": "09:00", "skip_weekends": true}``
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import time
from typing import Any, Final

from domain.calendar.deadline_rules import (
    DayOfPreviousMonth,
    DaysBefore,
    HoursBefore,
    NoDeadline,
    PerWeekday,
    Rule,
    WeekdayBefore,
    WeekdayOfPreviousWeek,
)

KINDS: Final[Mapping[str, type[Rule]]] = {
    "days_before": DaysBefore,
    "hours_before": HoursBefore,
    "weekday_before": WeekdayBefore,
    "weekday_of_previous_week": WeekdayOfPreviousWeek,
    "day_of_previous_month": DayOfPreviousMonth,
    "none": NoDeadline,
    "per_weekday": PerWeekday,
}
NAMES: Final = {rule: kind for kind, rule in KINDS.items()}
CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def to_data(rule: Rule) -> dict[str, Any]:
    written = {field.name: _write(getattr(rule, field.name)) for field in fields(rule)}
    return {"kind": NAMES[type(rule)], **written}


def from_data(data: object) -> Rule:
    """Read what ``to_data`` wrote; fields that have a default may be left out.

    Raises ValueError, which starts with the name of the faulty field.
    """
    if not isinstance(data, dict):
        raise ValueError(f"deadline: an object is needed, not {data!r}")  # noqa: TRY004 - bad data
    rule = KINDS.get(str(data.get("kind")))
    if rule is None:
        raise ValueError(f"kind: {data.get('kind')!r} is not one of {', '.join(KINDS)}")
    given = {name: value for name, value in data.items() if name != "kind"}
    _check_names(rule, given)
    return rule(**{name: _read(name, value) for name, value in given.items()})


def _check_names(rule: type[Rule], given: Mapping[str, object]) -> None:
    known = {field.name: field.default is MISSING for field in fields(rule)}
    for name in given:
        if name not in known:
            raise ValueError(f"{name}: unknown field of {NAMES[rule]}")
    for name, required in known.items():
        if required and name not in given:
            raise ValueError(f"{name}: missing field of {NAMES[rule]}")


def _write(value: object) -> object:
    match value:
        case time():
            return f"{value:%H:%M}"
        case frozenset():
            return sorted(value)
        case tuple():
            return [to_data(rule) for rule in value]
    return value


def _read(name: str, value: object) -> Any:
    """A field's name says its type: the same word means the same thing in every rule."""
    try:
        return READERS.get(name, _read_flag)(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error


def _read_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a whole number is needed, not {value!r}")
    return value


def _read_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"true or false is needed, not {value!r}")
    return value


def _read_clock(value: object) -> time:
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise TypeError(f"a time as hh:mm is needed, not {value!r}")
    return time.fromisoformat(value)


def _read_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"a list is needed, not {value!r}")
    return value


READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "days": _read_number,
    "hours": _read_number,
    "weekday": _read_number,
    "weeks": _read_number,
    "day": _read_number,
    "at": _read_clock,
    "skip_weekdays": lambda value: frozenset(map(_read_number, _read_list(value))),
    "rules": lambda value: tuple(map(from_data, _read_list(value))),
}
