"""What a cell says: text in, value out. As French spreadsheets write it, too."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any, Final, TypeAlias
from unicodedata import normalize
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.activities import absence_billing
from domain.activities.hours_model import from_data as hours_from_data
from domain.calendar import deadlines
from domain.imports.model import Trouble, Value

Read: TypeAlias = Callable[[str], Value]

LONGEST: Final = 4000
LONGEST_NAME: Final = 100
LONGEST_CLASS: Final = 40
UNLIMITED: Final = -1
CODE: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
NUMBERED: Final = re.compile(r"#[0-9]{1,18}")  # a number of Cartable's own, as transmissions say
AMOUNT: Final = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,8})?")
UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
FRENCH_DAY: Final = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)(?::00)?")
YES: Final = frozenset({"yes", "oui", "true", "vrai", "1"})
NO: Final = frozenset({"no", "non", "false", "faux", "0"})
WEEKDAYS: Final = {
    word: number
    for words in ("lu ma me je ve sa di", "mo tu we th fr sa su")
    for number, word in enumerate(words.split())
}
HOURS_BEFORE: Final = re.compile(r"(\d{1,4}) ?h")
DAYS_BEFORE: Final = re.compile(r"(\d{1,3}) ?[jd] ([^ ]+)( (?:ouvrés|working))?")
ADDRESS: Final = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+")


class Unreadable(Exception):
    def __init__(self, trouble: Trouble, **params: object) -> None:
        super().__init__(trouble, params)
        self.trouble, self.params = trouble, params


def checked(cell: str) -> str:
    """What no cell may be, whatever its column."""
    if len(cell) > LONGEST:
        raise Unreadable(Trouble.TOO_LONG, most=LONGEST)
    if UNSEEN.search(cell):
        raise Unreadable(Trouble.UNREADABLE, reason="Unicode")
    return cell


def text(cell: str) -> str:
    return cell


def name(cell: str) -> str:
    """What names a line together with others."""
    if len(cell) > LONGEST_NAME:
        raise Unreadable(Trouble.TOO_LONG, most=LONGEST_NAME)
    return cell


def school_class(cell: str) -> str:
    """Written in one way, however it was typed: classes are told apart by their names."""
    named = normalize("NFC", " ".join(cell.split()))
    if len(named) > LONGEST_CLASS:
        raise Unreadable(Trouble.TOO_LONG, most=LONGEST_CLASS)
    return named


def code(cell: str) -> str:
    if not CODE.fullmatch(cell):
        raise Unreadable(Trouble.NOT_A_CODE)
    return cell


def code_or_number(cell: str) -> str:
    return cell if NUMBERED.fullmatch(cell) else code(cell)


def codes(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code(part) for part in _parts(cell)))


def day(cell: str) -> date:
    try:
        if found := ISO_DAY.fullmatch(cell):
            return date(*map(int, found.groups()))
        if found := FRENCH_DAY.fullmatch(cell):
            return date(*map(int, reversed(found.groups())))
    except ValueError:
        pass
    raise Unreadable(Trouble.NOT_A_DATE)


def clock(cell: str) -> time:
    found = CLOCK.fullmatch(cell)
    if found is None:
        raise Unreadable(Trouble.NOT_A_TIME)
    return time(int(found[1]), int(found[2]))


def amount(cell: str) -> Decimal:
    """With a dot or a comma; at most two decimals."""
    read = exact(cell)
    cents = read.quantize(Decimal("0.01"))
    if cents != read:
        raise Unreadable(Trouble.NOT_AN_AMOUNT)
    return cents


def exact(cell: str) -> Decimal:
    """A tariff or a quotient, which may hold fractions of a cent."""
    bare = re.sub(r"[\s€]", "", cell).replace(",", ".")
    if not AMOUNT.fullmatch(bare):
        raise Unreadable(Trouble.NOT_AN_AMOUNT)
    return Decimal(bare)


def number(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", cell):
        raise Unreadable(Trouble.NOT_A_NUMBER)
    return int(cell)


def places(cell: str) -> int:
    """A number of places, or UNLIMITED."""
    return UNLIMITED if cell.casefold() in {"unlimited", "illimité"} else number(cell)


def flag(cell: str) -> bool:
    word = cell.casefold()
    if word not in YES | NO:
        raise Unreadable(Trouble.NOT_YES_OR_NO)
    return word in YES


def weekdays(cell: str) -> tuple[int, ...]:
    """ "lundi;mardi", "lu ma", "Mon, Tue": by the first two letters. Monday is 0."""
    try:
        return tuple(sorted({WEEKDAYS[part[:2].casefold()] for part in _parts(cell)}))
    except KeyError:
        raise Unreadable(Trouble.NOT_WEEKDAYS) from None


def zone(cell: str) -> str:
    try:
        return ZoneInfo(cell).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable(Trouble.NOT_A_CLOCK_ZONE) from None


def addresses(cell: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(_parts(cell)))
    if not all(map(ADDRESS.fullmatch, found)):
        raise Unreadable(Trouble.NOT_AN_ADDRESS)
    return found


def one_of(words: Iterable[str]) -> Read:
    known = tuple(words)

    def read(cell: str) -> str:
        word = cell.casefold()
        if word not in known:
            raise Unreadable(Trouble.NOT_ONE_OF, known=", ".join(known))
        return word

    return read


def deadline(cell: str) -> str:
    """ "none", "48h", "2d 09:00", "2d 09:00 working", or JSON as ``deadlines.from_data`` reads it.

    Answers JSON, the same for the same rule.
    """
    return _rule(lambda: deadlines.to_data(_deadline(cell)))


def billing(cell: str) -> str:
    """ "billed", "free_with_certificate", a time of the day, or JSON (B19). Answers JSON."""
    return _rule(lambda: absence_billing.to_data(_billing(cell)))


def hours(cell: str) -> str:
    """JSON as ``hours_model.to_data`` writes it (B6). Answers JSON."""
    return _rule(lambda: _checked_hours(json.loads(cell)))


def _checked_hours(data: Any) -> Any:
    hours_from_data(data)
    return data


def _rule(write: Callable[[], object]) -> str:
    try:
        return json.dumps(write(), sort_keys=True)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(Trouble.NOT_A_RULE, reason=str(error)) from None
    except ValueError as error:
        reason = "JSON" if isinstance(error, json.JSONDecodeError) else str(error)
        raise Unreadable(Trouble.NOT_A_RULE, reason=reason) from None


def _deadline(cell: str) -> deadlines.Rule:
    word = cell.casefold()
    if word in {"none", "aucun"}:
        return deadlines.NoDeadline()
    if found := HOURS_BEFORE.fullmatch(word):
        return deadlines.HoursBefore(int(found[1]))
    if found := DAYS_BEFORE.fullmatch(word):
        return deadlines.DaysBefore(int(found[1]), clock(found[2]), skip_weekends=bool(found[3]))
    return deadlines.from_data(json.loads(cell))


def _billing(cell: str) -> absence_billing.AbsenceBilling:
    if CLOCK.fullmatch(cell):
        return absence_billing.FreeIfDeclaredBefore(clock(cell))
    if cell in {"billed", "free_with_certificate"}:
        return absence_billing.from_data({"kind": cell})
    return absence_billing.from_data(json.loads(cell))


def _parts(cell: str) -> list[str]:
    return [part for part in re.split(r"[;,\s]+", cell) if part]
