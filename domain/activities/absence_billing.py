"""Whether a declared absence stays billed (B19): data of the town, for each activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from domain.calendar.instants import instant


@dataclass(frozen=True, slots=True)
class Billed:
    """An absence changes nothing to what is due."""


@dataclass(frozen=True, slots=True)
class FreeIfDeclaredBefore:
    """Not billed when declared until ``at`` that day, this very instant included."""

    at: time

    def limit(self, day: date, zone: ZoneInfo) -> datetime:
        return instant(day, self.at, zone)


@dataclass(frozen=True, slots=True)
class FreeWithCertificate:
    """Not billed when a certificate came with it."""


AbsenceBilling: TypeAlias = Billed | FreeIfDeclaredBefore | FreeWithCertificate
ALWAYS_BILLED: Final = Billed()
CLOCK: Final = "%H:%M"


def is_billed(
    rule: AbsenceBilling, *, day: date, declared_at: datetime, certified: bool, zone: ZoneInfo
) -> bool:
    match rule:
        case Billed():
            return True
        case FreeIfDeclaredBefore():
            return declared_at > rule.limit(day, zone)
        case FreeWithCertificate():
            return not certified


def to_data(rule: AbsenceBilling) -> dict[str, Any]:
    """JSON-safe, for the database and the exchange files."""
    match rule:
        case Billed():
            return {"kind": "billed"}
        case FreeIfDeclaredBefore():
            return {"kind": "free_if_declared_before", "at": rule.at.strftime(CLOCK)}
        case FreeWithCertificate():
            return {"kind": "free_with_certificate"}


def from_data(data: object) -> AbsenceBilling:
    """Read what ``to_data`` wrote. Raises ValueError, which starts with the faulty field."""
    match data:
        case {"kind": "billed", **more} if not more:
            return Billed()
        case {"kind": "free_with_certificate", **more} if not more:
            return FreeWithCertificate()
        case {"kind": "free_if_declared_before", "at": at, **more} if not more:
            return FreeIfDeclaredBefore(_clock(at))
    known = data.get("kind") if isinstance(data, Mapping) else data
    raise ValueError(f"kind: {known!r} is no way to bill an absence, or its fields are not right")


def _clock(at: object) -> time:
    try:
        read = time.fromisoformat(str(at))
    except ValueError as error:
        raise ValueError(f"at: {at!r} is not a time as hh:mm") from error
    if read.strftime(CLOCK) != at:
        raise ValueError(f"at: {at!r} is not a time as hh:mm")
    return read
