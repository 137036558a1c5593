"""Where somebody stands who was moved in a queue (S5, decision 0030)."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.bookings.model import TURNS, Booking
from domain.places.errors import DayOver, NoRoom, NotANumber, NotInLine, ReasonNeeded
from domain.places.model import Turn

SHORTEST, LONGEST = 3, 200  # characters of a reason
MOST = 99_999  # places
UNLIMITED = frozenset({"illimité", "illimitée", "illimite", "unlimited"})


def turns(
    queue: Sequence[Booking], others: Sequence[Booking], who: Booking, rank: int
) -> list[Turn]:
    """Those to be written so that ``who`` comes at ``rank`` of ``queue``, with the siblings that
    it waits with, in their order; nothing where it stands there already.

    ``queue``: who waits for the activity that day. ``others``: who waits for places that are
    linked to it; none of them may come to stand elsewhere towards anybody who was not moved.
    Raises NotInLine, NoRoom.
    """
    line = sorted(queue, key=lambda one: one.order)
    if all(one.id != who.id for one in line):
        raise NotInLine
    group = [one for one in line if one.id == who.id or _together(one, who)]
    rest = [one for one in line if one not in group]
    at = min(max(rank, 1) - 1, len(rest))
    if line[at : at + len(group)] == group:
        return []
    before = rest[at - 1].order if at else None
    after = rest[at].order if at < len(rest) else None
    low, high = _gap(before, after, sorted(one.order for one in others))
    step = (high - low) // (len(group) + 1)
    if step < 1:
        raise NoRoom
    return [Turn(one.id, low + step * nth) for nth, one in enumerate(group, start=1)]


def _together(one: Booking, who: Booking) -> bool:
    return who.together is not None and one.together == who.together


def _gap(before: int | None, after: int | None, others: Sequence[int]) -> tuple[int, int]:
    """Open on both sides; as near to whoever comes after as nobody else stands between."""
    if after is None:
        low = before or 0
        return low, min([low + TURNS, *(turn for turn in others if turn > low)])
    low = after - TURNS if before is None else before
    return max([low, *(turn for turn in others if turn < after)]), after


def checked_reason(reason: str) -> str:
    """Raises ReasonNeeded."""
    said = " ".join(reason.split())
    if not SHORTEST <= len(said) <= LONGEST:
        raise ReasonNeeded(shortest=SHORTEST, longest=LONGEST)
    return said


def capacity_of(typed: str) -> int | None:
    """None is unlimited. Raises NotANumber."""
    said = typed.strip().casefold()
    if said in UNLIMITED:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= 5 and int(said) <= MOST):
        raise NotANumber(most=MOST)
    return int(said)


def check_not_over(day: date, now: datetime, zone: ZoneInfo) -> None:
    if is_over(day, now, zone):
        raise DayOver


def is_over(day: date, now: datetime, zone: ZoneInfo) -> bool:
    return day < now.astimezone(zone).date()
