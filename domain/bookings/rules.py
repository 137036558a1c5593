"""What a day is, what may be asked of it, and what a button may do. Pure: no clock, no I/O."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from hashlib import blake2b

from domain.activities.limits import Limits
from domain.activities.model import Activity, ActivityId, Opening, Waitlist
from domain.bookings.model import (
    Booking,
    DayFacts,
    DayState,
    DayView,
    DraftLine,
    Reason,
    Span,
    State,
    Wish,
)


def opening_of(booking: Booking) -> Opening:
    """The service as this booking knows it: what its own deadlines are counted from."""
    slot = booking.slot
    return Opening(
        activity_id=slot.activity_id,
        day=slot.day,
        is_open=True,
        arrival=booking.arrival,
        departure=booking.departure,
    )


def day_view(
    facts: DayFacts, activity: Activity, within: Limits, now: datetime, *, resident: bool
) -> DayView | None:
    """The state of one day, with the draft laid over it. None when the day is not open to them.

    A booking is shown whatever became of the opening or the enrolment since.
    """
    opening, booking = facts.opening, facts.booking
    if booking is None and not (opening.is_open and facts.enrolled):
        return None
    late, left = now > within.book, facts.left
    shut = activity.period.shuts(now, resident=resident) if booking is None else None
    state = (
        free_state(activity, left, facts.waiting, shut=late or shut is not None or facts.elsewhere)
        if booking is None
        else _booked_state(booking, locked=now > within.cancel)
    )
    return DayView(
        day=opening.day,
        state=state,
        wish=_standing_wish(facts.line, booking),
        left=left,
        book_limit=within.book,
        cancel_limit=within.cancel,
        late=booking is None and late,
        booking=booking,
        rank=facts.rank,
        elsewhere=facts.elsewhere,
        hours=_hours(facts.line, booking),
        shut=shut,
    )


def free_state(activity: Activity, left: int | None, waiting: int, *, shut: bool) -> DayState:
    """Of an open day that is not booked; ``shut``: it cannot be asked for any more, or not yet."""
    if shut:
        return DayState.CLOSED
    # Who waits comes first: a place that may be about to be theirs is not shown as free (B14).
    if left != 0 and not waiting:
        return DayState.AVAILABLE
    return DayState.FULL if activity.waitlist is Waitlist.NONE else DayState.WAITLIST_ONLY


def _booked_state(booking: Booking, *, locked: bool) -> DayState:
    if booking.state is State.ACCEPTED:
        return DayState.BOOKED_LOCKED if locked else DayState.BOOKED
    return DayState.WAITING_LOCKED if locked else DayState.WAITING


def _standing_wish(line: DraftLine | None, booking: Booking | None) -> Wish | None:
    """A line that no longer means anything (booked since by the other parent) is not shown."""
    if line is None or line.wish is Wish.KEEP:
        return None
    if (line.wish is Wish.BOOK) == (booking is None) or changes_hours(line, booking):
        return line.wish
    return None


def changes_hours(line: DraftLine, booking: Booking | None) -> bool:
    """Asked for at other hours than those that are booked (B6)."""
    if booking is None or line.wish is not Wish.BOOK:
        return False
    return (line.arrival, line.departure) != (booking.arrival, booking.departure)


def _hours(line: DraftLine | None, booking: Booking | None) -> tuple[time, time] | None:
    asked = line if _standing_wish(line, booking) is Wish.BOOK else booking
    return None if asked is None else (asked.arrival, asked.departure)


def group_wants(days: Sequence[DayView]) -> bool | None:
    """The guide's rule for week, weekday and month buttons (B3).

    True: book them all, as the first bookable day is not booked. False: cancel them all.
    None: no day here is theirs to change.
    """
    first = next((day for day in days if day.changeable), None)
    return None if first is None else not first.counts_as_booked


def wish_for(day: DayView, *, wanted: bool, single: bool) -> Wish | None:
    """The draft line that makes this day as wanted; None leaves the day as it is."""
    if not _touchable(day, single=single) or _already(day, wanted=wanted):
        return None
    if day.booking is None:
        return Wish.BOOK if wanted else Wish.KEEP
    return Wish.KEEP if wanted else Wish.CANCEL


def _touchable(day: DayView, *, single: bool) -> bool:
    """What is only drafted can be taken back by its own day, late or full as it may be since."""
    return day.changeable or (single and (day.wish is not None or _one_by_one(day)))


def _one_by_one(day: DayView) -> bool:
    return day.state in {DayState.WAITLIST_ONLY, DayState.WAITING, DayState.WAITING_LOCKED}


def _already(day: DayView, *, wanted: bool) -> bool:
    asked = day.wish is not Wish.CANCEL if day.booking is not None else day.wish is Wish.BOOK
    return asked is wanted


def refuses(day: DayView, *, wanted: bool, single: bool) -> bool:
    """Whether the day stays as it is although the parent asked otherwise."""
    touchable = _touchable(day, single=single)
    standing = day.booking is not None or day.counts_as_booked
    return not touchable and standing is not wanted


_WHY_NOT = {
    DayState.CLOSED: Reason.LATE,
    DayState.FULL: Reason.FULL,
    DayState.WAITLIST_ONLY: Reason.FULL,
    DayState.BOOKED_LOCKED: Reason.LOCKED,
}


def why_not(day: DayView) -> Reason:
    """Why a button leaves this day alone."""
    if day.elsewhere:
        return Reason.OTHER_FAMILY
    if day.shut is not None:
        return Reason.PERIOD
    return _WHY_NOT.get(day.state, Reason.ALREADY_BOOKED)


def in_span(days: Sequence[DayView], span: Span) -> tuple[DayView, ...]:
    return tuple(day for day in days if span.holds(day.day))


def in_order(line: DraftLine) -> tuple[date, time, int, int]:
    """How the lines of a draft are settled, one after the other."""
    return line.slot.day, line.arrival, line.slot.child_id, line.slot.activity_id


def siblings(lines: Iterable[DraftLine]) -> tuple[tuple[DraftLine, ...], ...]:
    """Lines that ask for the same activity and day for several children (B16)."""
    same: dict[tuple[ActivityId, date], list[DraftLine]] = {}
    for line in lines:
        if line.wish is Wish.BOOK:
            same.setdefault((line.slot.activity_id, line.slot.day), []).append(line)
    return tuple(tuple(group) for group in same.values() if len(group) > 1)


def digest(lines: Sequence[DraftLine], *, together: bool = False) -> str:
    """Eight hex characters that name the content of a draft, whatever the order of its lines."""
    told = ["together"] if together else []
    told += sorted(
        f"{x.slot.child_id}/{x.slot.activity_id}/{x.slot.day}/{x.wish}/{x.arrival}/{x.departure}"
        for x in lines
        if x.wish is not Wish.KEEP
    )
    return blake2b("\n".join(told).encode(), digest_size=4).hexdigest()
