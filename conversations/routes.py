"""What every address shares: strict, compact parts. A button's data can be forged (A10).

Pydantic reads " 7", "1_000", "+5", "٣" and 55 digits as numbers; an address has one spelling.
"""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, Final

from aiogram.filters.callback_data import CallbackData
from pydantic import AfterValidator, BeforeValidator

BIGGEST_ID: Final = 2**63 - 1
BIGGEST_COUNT: Final = 2**31 - 1
NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}")
DAY: Final = re.compile(r"20[0-9]{6}")
CLOCK: Final = re.compile(r"([01][0-9]|2[0-3])[0-5][0-9]")
FLAGS: Final = {"0": False, "1": True}


@lru_cache(maxsize=4096)
def compact(day: date) -> str:
    """yyyymmdd; kept, as a calendar writes sixty of them at each tap."""
    return f"{day.year}{day.month:02}{day.day:02}"


class Route(CallbackData, prefix="?"):
    """An address: what a button wants, self-describing. ``pack`` is checked, ``data`` is quick."""

    def _encode_value(self, key: str, value: Any) -> str:
        if isinstance(value, date):
            return compact(value)
        if isinstance(value, time):
            return f"{value:%H%M}"
        return super()._encode_value(key, value)


def whole(value: object) -> object:
    """A number in its one spelling; for the types of an address."""
    if isinstance(value, str):
        if not NUMBER.fullmatch(value):
            raise ValueError("not a number as we write it")
        return int(value)
    return value


def _bounded(lowest: int, highest: int) -> AfterValidator:
    def check(value: int) -> int:
        if not lowest <= value <= highest:
            raise ValueError("out of bounds")
        return value

    return AfterValidator(check)


def _day(value: object) -> object:
    if isinstance(value, str):
        if not DAY.fullmatch(value):
            raise ValueError("not a day as we write it")
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
    return value


def _clock(value: object) -> object:
    if isinstance(value, str):
        if not CLOCK.fullmatch(value):
            raise ValueError("not an hour as we write it")
        return time(int(value[:2]), int(value[2:]))
    return value


def _flag(value: object) -> object:
    if isinstance(value, str):
        if value not in FLAGS:
            raise ValueError("not a flag as we write it")
        return FLAGS[value]
    return value


Id = Annotated[int, _bounded(1, BIGGEST_ID), BeforeValidator(whole)]
Count = Annotated[int, _bounded(1, BIGGEST_COUNT), BeforeValidator(whole)]
Day = Annotated[date, BeforeValidator(_day)]
Hour = Annotated[int, _bounded(0, 23), BeforeValidator(whole)]
Clock = Annotated[time, BeforeValidator(_clock)]
Flag = Annotated[bool, BeforeValidator(_flag)]
