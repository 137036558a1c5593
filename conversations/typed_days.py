"""A day as people type it: "19/12", "31 mars", "1er janvier 2027", "jusqu'au ven. 19 déc."."""

import re
import unicodedata
from datetime import date
from typing import Final

from conversations import formats

LONGEST: Final = 40  # characters
_NUMBERS: Final = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS: Final = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s+([^\W\d_]+)\.?(?:\s+(\d{4}|\d{2}))?")
_BEFORE: Final = re.compile(r"^[^\d]*")  # "jusqu'au", "vendredi"
LEAP_YEARS_APART: Final = 8


def typed_day(text: str, after: date, locale: str) -> date | None:
    """The day first, as in Europe. Without a year, the first such day from ``after`` on.

    Month names are those of the language and the French ones, whole or short. None when it is no
    day of the calendar: nothing is guessed.
    """
    said = _BEFORE.sub("", _plain(text[:LONGEST]).strip()).rstrip(" .!")
    if iso := _ISO.fullmatch(said):
        return _day(int(iso[3]), int(iso[2]), int(iso[1]))
    if numbers := _NUMBERS.fullmatch(said):
        return _found(int(numbers[1]), int(numbers[2]), numbers[3], after)
    words = _WORDS.fullmatch(said)
    month = None if words is None else _month(words[2], locale)
    return (
        None if words is None or month is None else _found(int(words[1]), month, words[3], after)
    )


def _found(day: int, month: int, year: str | None, after: date) -> date | None:
    if year is not None:
        return _day(day, month, int(year) if len(year) > 2 else 2000 + int(year))
    years = range(after.year, after.year + LEAP_YEARS_APART + 1)
    days = (_day(day, month, each) for each in years)
    return next((each for each in days if each is not None and each >= after), None)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str, locale: str) -> int | None:
    for names in (formats.month_names(locale), formats.month_names("fr")):
        for month, name in names:
            if word == _plain(name).rstrip("."):
                return month
    return None


def _plain(text: str) -> str:
    """Without capitals and accents: "Décembre" and "decembre" are one."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
