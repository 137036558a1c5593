"""What a slot costs at this instant (B11)."""

from datetime import date, time
from decimal import Decimal

from domain.activities import tariffs
from domain.activities.model import Activity, Structure

FREE = Decimal("0.00")


def price_of(
    activity: Activity,
    structure: Structure,
    day: date,
    hours: tuple[time, time],
    quotient: Decimal | None,
) -> tuple[Decimal, bool]:
    """EUR, and whether the family's quotient was missing, so that the highest tariff applies.

    An activity without any tariff is free; one whose tariffs leave this day out raises
    TariffMissing.
    """
    if not activity.tariffs:
        return FREE, False
    price = tariffs.price(
        activity.tariffs,
        day=day,
        is_school_holiday=structure.calendar.is_school_holiday(day),
        quotient=quotient,
        arrival=hours[0],
        departure=hours[1],
    )
    return price.amount, price.quotient_missing
