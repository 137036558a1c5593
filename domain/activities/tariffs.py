"""What a day costs (B11): tariffs and quotient in, price out. The only door to tariffs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from domain.activities.amounts import check_amount, to_cents
from domain.activities.tariff_model import (
    DayKind,
    PerDay,
    PerSlice,
    Quotient,
    Tariff,
    Unit,
    is_valid,
)
from domain.errors import DomainError

__all__ = [
    "DayKind",
    "PerDay",
    "PerSlice",
    "Price",
    "Quotient",
    "Tariff",
    "TariffMissing",
    "Unit",
    "applicable",
    "price",
    "quotient_on",
]


class TariffMissing(DomainError):
    """The town gave no price for that family on that ``day``."""

    code = "tariff.missing"


@dataclass(frozen=True, slots=True)
class Price:
    """``amount`` is in whole cents; ``unit_price`` times ``quantity`` before minimum and cap."""

    amount: Decimal
    unit_price: Decimal
    quantity: int
    quotient_missing: bool
    tariff: Tariff


def quotient_on(quotients: Iterable[Quotient], day: date) -> Decimal | None:
    """The quotient valid on the service date; if several are, the latest to start."""
    valid = [(one.valid_from, one.value) for one in quotients if is_valid(one, day)]
    return max(valid)[1] if valid else None


def applicable(
    tariffs: Iterable[Tariff], *, day: date, is_school_holiday: bool, quotient: Decimal | None
) -> Sequence[Tariff]:
    """The tariff of that family; without a quotient, each that some family would have.

    ``tariffs`` are those of one activity. The latest to start wins, then one for this kind of
    day, then one with a bracket, then the dearest. Never empty: raises TariffMissing.
    """
    check_amount("quotient", quotient)
    on_day = [one for one in tariffs if one.applies(day, is_school_holiday=is_school_holiday)]
    quotients = _telling_quotients(on_day) if quotient is None else (quotient,)
    found = dict.fromkeys(
        max(covering, key=_precedence)
        for value in quotients
        if (covering := [one for one in on_day if one.covers(value)])
    )
    if not found:
        raise TariffMissing(day=day)
    return tuple(found)


def price(
    tariffs: Iterable[Tariff],
    *,
    day: date,
    is_school_holiday: bool,
    quotient: Decimal | None,
    arrival: time | None = None,
    departure: time | None = None,
) -> Price:
    """The price of one booking; with an unknown quotient the highest of all families.

    ``quotient_missing`` is set only where a quotient could have changed the price. Raises
    TariffMissing, and ValueError when a price by slices has no arrival before a departure.
    """
    found = applicable(tariffs, day=day, is_school_holiday=is_school_holiday, quotient=quotient)
    missing = quotient is None and any(tariff.has_bracket for tariff in found)
    prices = [_charge(tariff, arrival, departure, missing=missing) for tariff in found]
    return max(prices, key=lambda price: (price.amount, price.unit_price))


def _telling_quotients(tariffs: Iterable[Tariff]) -> Iterator[Decimal]:
    """One quotient of every stretch between two bracket ends: together they meet every case."""
    yield Decimal(0)
    for tariff in tariffs:
        yield from (end for end in (tariff.bracket_min, tariff.bracket_max) if end is not None)


def _precedence(tariff: Tariff) -> tuple[date, bool, bool, Decimal]:
    is_special = tariff.day_kind is not DayKind.ANY
    return tariff.valid_from, is_special, tariff.has_bracket, tariff.amount


def _charge(
    tariff: Tariff, arrival: time | None, departure: time | None, *, missing: bool
) -> Price:
    quantity = _quantity(tariff.unit, arrival, departure)
    amount = to_cents(tariff.amount * quantity)
    if tariff.minimum is not None:
        amount = max(amount, tariff.minimum)
    if tariff.cap is not None:
        amount = min(amount, tariff.cap)
    return Price(to_cents(amount), tariff.amount, quantity, missing, tariff)


def _quantity(unit: Unit, arrival: time | None, departure: time | None) -> int:
    if isinstance(unit, PerDay):
        return 1
    if arrival is None or departure is None or departure <= arrival:
        raise ValueError(f"a price by slices needs hours, not {arrival} to {departure}")
    midnight = date.min
    length = datetime.combine(midnight, departure) - datetime.combine(midnight, arrival)
    return -(-length // timedelta(minutes=unit.minutes))
