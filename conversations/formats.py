"""Dates and money by Babel, kept: a call costs 9-17 us, and a month of labels repeats."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names
from babel.numbers import format_currency

KEPT = 4096

BABEL_LOCALES = {"en": "en_GB"}
"""Plain "en" is American: 9/2/26."""


@lru_cache(maxsize=KEPT)
def is_rtl(locale: str) -> bool:
    """Whether the language is written from right to left."""
    return Locale.parse(_babel(locale)).text_direction == "rtl"


@lru_cache(maxsize=KEPT)
def dated(day: date, pattern: str, locale: str) -> str:
    """A CLDR pattern: "EEE d MMMM" is "mer. 2 décembre"."""
    written = format_date(day, pattern, _babel(locale))
    if locale == "fr" and day.day == 1:
        return f" {written}".replace(" 1 ", " 1er ")[1:]
    return written


@lru_cache(maxsize=KEPT)
def money(amount: Decimal, locale: str) -> str:
    """EUR; holds no-break spaces (U+00A0, U+202F), and a minus as wide as a plus."""
    return format_currency(amount, "EUR", locale=_babel(locale)).replace("-", "−")


@lru_cache(maxsize=64)
def weekday(number: int, locale: str) -> str:
    """Two letters, for a narrow column; Monday is 0."""
    names = get_day_names("short", context="stand-alone", locale=_babel(locale))
    return str(names[number]).capitalize()


@lru_cache(maxsize=64)
def weekday_name(number: int, locale: str) -> str:
    return str(get_day_names("wide", context="stand-alone", locale=_babel(locale))[number])


@lru_cache(maxsize=64)
def month_names(locale: str) -> tuple[tuple[int, str], ...]:
    """Whole and short, each with its number; January is 1."""
    return tuple(
        (number, str(name))
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, _babel(locale)).items()
    )


def _babel(locale: str) -> str:
    return BABEL_LOCALES.get(locale, locale)
