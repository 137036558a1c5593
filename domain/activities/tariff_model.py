"""Tariffs and quotients as the town gives them (B11)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from domain.activities.amounts import check_amount, check_whole_cents


class DayKind(StrEnum):
    ANY = "any"
    SCHOOL = "school"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class PerDay:
    """Once a day, whatever the hours."""


@dataclass(frozen=True, slots=True)
class PerSlice:
    """Every started slice is due in full."""

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"minutes: {self.minutes} is no slice")


Unit: TypeAlias = PerDay | PerSlice


@dataclass(frozen=True, slots=True)
class Tariff:
    """A price of one activity, from ``valid_from`` to ``valid_to``, both included.

    ``bracket_min`` is included, ``bracket_max`` is not. ``amount`` is for one unit and may hold
    fractions of a cent; ``minimum`` and ``cap`` bound the day and are in whole cents.
    """

    activity_id: int
    valid_from: date
    valid_to: date | None
    day_kind: DayKind
    bracket_min: Decimal | None
    bracket_max: Decimal | None
    unit: Unit
    amount: Decimal
    minimum: Decimal | None = None
    cap: Decimal | None = None

    def __post_init__(self) -> None:
        for name in ("amount", "bracket_min", "bracket_max", "minimum", "cap"):
            check_amount(name, getattr(self, name))
        check_whole_cents("minimum", self.minimum)
        check_whole_cents("cap", self.cap)
        _check_period(self.valid_from, self.valid_to)
        if self.bracket_max is not None and self.bracket_max <= (self.bracket_min or 0):
            raise ValueError(f"bracket_max: nobody is below {self.bracket_max} in this bracket")
        if self.cap is not None and self.cap < (self.minimum or 0):
            raise ValueError(f"cap: {self.cap} is below the minimum")

    @property
    def has_bracket(self) -> bool:
        return self.bracket_min is not None or self.bracket_max is not None

    def applies(self, day: date, *, is_school_holiday: bool) -> bool:
        kind = DayKind.HOLIDAY if is_school_holiday else DayKind.SCHOOL
        return self.day_kind in (DayKind.ANY, kind) and is_valid(self, day)

    def covers(self, quotient: Decimal) -> bool:
        is_below = self.bracket_min is not None and quotient < self.bracket_min
        is_above = self.bracket_max is not None and quotient >= self.bracket_max
        return not is_below and not is_above


@dataclass(frozen=True, slots=True)
class Quotient:
    """A family's *quotient familial* from ``valid_from`` to ``valid_to``, both included."""

    valid_from: date
    valid_to: date | None
    value: Decimal

    def __post_init__(self) -> None:
        check_amount("value", self.value)
        _check_period(self.valid_from, self.valid_to)


def is_valid(dated: Tariff | Quotient, day: date) -> bool:
    return dated.valid_from <= day and (dated.valid_to is None or day <= dated.valid_to)


def _check_period(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise ValueError(f"valid_to: {valid_to} is before {valid_from}")
