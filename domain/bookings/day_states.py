"""The state of a day over all activities, from the state of each of them (B4).

The guide's second table of colours, made exact: the first row that the day meets decides.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from domain.bookings.model import DayState


class OverallState(StrEnum):
    """The nine states of a day when no activity is chosen, in the order of the guide."""

    CLOSED = "closed"  # nothing open, or past the deadline
    WAITING_LOCKED = "waiting_locked"  # waitlisted or refused: see the follow-up
    AVAILABLE = "available"
    WAITLIST_ONLY = "waitlist_only"
    BOOKED = "booked"  # something can still be done
    MIXED = "mixed"  # asked for, at least one waitlisted or refused; something can be done
    BOOKED_LOCKED = "booked_locked"  # nothing can be done
    WAITING = "waiting"  # waitlisted or refused, can be cancelled
    FULL = "full"


_S = DayState
_WAITS: Final = frozenset({_S.WAITING, _S.WAITING_LOCKED})
_HAS: Final = frozenset({_S.BOOKED, _S.BOOKED_LOCKED})
_TO_ASK: Final = frozenset({_S.AVAILABLE, _S.WAITLIST_ONLY})

PRECEDENCE: Final[tuple[tuple[OverallState, tuple[frozenset[DayState], ...]], ...]] = (
    # Of each set, the day has at least one activity in that state.
    (OverallState.MIXED, (_WAITS, _HAS | _TO_ASK)),
    (OverallState.WAITING, (frozenset({_S.WAITING}),)),
    (OverallState.WAITING_LOCKED, (_WAITS,)),
    (OverallState.BOOKED, (_HAS, _TO_ASK | {_S.BOOKED})),
    (OverallState.BOOKED_LOCKED, (_HAS,)),
    (OverallState.AVAILABLE, (frozenset({_S.AVAILABLE}),)),
    (OverallState.WAITLIST_ONLY, (_TO_ASK,)),
    (OverallState.FULL, (frozenset({_S.FULL}),)),
)
"""What the family asked for comes before what it could ask; what waits before what is settled."""


def overall(states: Iterable[DayState]) -> OverallState:
    there = frozenset(states)
    for state, wanted in PRECEDENCE:
        if all(there & some for some in wanted):
            return state
    return OverallState.CLOSED
