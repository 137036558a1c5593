"""How the hours of an activity are chosen, and as JSON-safe data (B6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final

STEPS: Final = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
Slots = Mapping[int, tuple[time, ...]]


@dataclass(frozen=True, slots=True)
class Choosing:
    """How the hours of an activity are chosen, inside those at which it opens.

    ``arrivals`` and ``departures`` are the only ones of a weekday (Monday is 0) that has some; any
    other weekday takes every ``step`` minutes. An end that is not chosen is the opening's own.
    """

    step: int = 5  # minutes, one of STEPS
    arrival: bool = True
    departure: bool = True
    arrivals: Slots = field(default_factory=dict)
    departures: Slots = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.step not in STEPS or not (self.arrival or self.departure):
            raise ValueError(f"no way to choose hours: {self}")


# -- as data -------------------------------------------------------------------------------
def to_data(rule: Choosing) -> dict[str, Any]:
    """``{"step": 5, "arrival": true, "departure": false, "arrivals": {"1": ["07:00"]}, ...}``."""
    return {
        "step": rule.step,
        "arrival": rule.arrival,
        "departure": rule.departure,
        "arrivals": _slots_data(rule.arrivals),
        "departures": _slots_data(rule.departures),
    }


def from_data(data: Mapping[str, Any]) -> Choosing:
    """What ``to_data`` wrote. Raises ValueError, KeyError."""
    return Choosing(
        step=data["step"],
        arrival=data["arrival"],
        departure=data["departure"],
        arrivals=_slots(data["arrivals"]),
        departures=_slots(data["departures"]),
    )


def _slots_data(slots: Slots) -> dict[str, list[str]]:
    return {str(day): [f"{at:%H:%M}" for at in hours] for day, hours in sorted(slots.items())}


def _slots(data: Mapping[str, Sequence[str]]) -> Slots:
    return {int(day): tuple(map(time.fromisoformat, hours)) for day, hours in data.items()}
