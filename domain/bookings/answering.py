"""The back office answers many requests at once (X2): by the same desk as one at the counter.

Also of a day that has passed: the town's software is the authority there, and its file may come
after the day that it had confirmed. The agents here cannot do so (``domain/requests``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from domain.activities.catalogue import Catalogue
from domain.activities.model import Waitlist
from domain.bookings.desk import Desk, open_desk
from domain.bookings.model import Booking, State
from domain.bookings.ports import BookingTx


class Answer(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WAITLISTED = "waitlisted"


class Became(StrEnum):
    """``OVERTAKEN``: the family withdrew the request before the answer came."""

    DONE = "done"
    SAME = "same"
    OVERTAKEN = "overtaken"
    ANSWERED_OTHERWISE = "answered_otherwise"
    NO_PLACE = "no_place"
    NO_WAITLIST = "no_waitlist"


@dataclass(frozen=True, slots=True)
class Answered:
    """``booking``: as it was read, without a lock."""

    booking: Booking
    answer: Answer
    reason: str = ""


_OPEN = frozenset({State.PENDING, State.WAITLISTED, State.OFFERED})


def judge(booking: Booking | None, answer: Answer, catalogue: Catalogue) -> Became:
    """What becomes of it, as far as can be said without its places. None: it lives no more."""
    if booking is None or booking.state is State.CANCELLED:
        return Became.OVERTAKEN
    if booking.state.value == answer.value:
        return Became.SAME
    if booking.state not in _OPEN:
        return Became.ANSWERED_OTHERWISE
    activity = catalogue.activities[booking.slot.activity_id]
    if answer is Answer.WAITLISTED and activity.waitlist is Waitlist.NONE:
        return Became.NO_WAITLIST
    return Became.DONE


def answer_all(
    tx: BookingTx, catalogue: Catalogue, now: datetime, answers: Sequence[Answered]
) -> Iterator[tuple[Answered, Became]]:
    """A desk a day, one after the other; refusals first, since they free what others are given."""
    by_day = sorted(answers, key=lambda one: one.booking.slot.day)
    for _, group in groupby(by_day, key=lambda one: one.booking.slot.day):
        todays = sorted(group, key=lambda one: one.answer is Answer.ACCEPTED)
        desk = open_desk(tx, catalogue, now, slots=[one.booking.slot for one in todays])
        yield from [(one, _settle(desk, one, catalogue)) for one in todays]
        desk.serve()
        tx.apply(desk.changes())


def _settle(desk: Desk, one: Answered, catalogue: Catalogue) -> Became:
    held = desk.booking(one.booking.slot)
    if held is not None and held.id != one.booking.id:
        held = None
    became = judge(held, one.answer, catalogue)
    if held is None or became is not Became.DONE:
        return became
    match one.answer:
        case Answer.REFUSED:
            desk.refuse(held, one.reason)
        case Answer.WAITLISTED:
            desk.set_aside(held, one.reason)
        case Answer.ACCEPTED:
            if not desk.can_take(held):
                return Became.NO_PLACE
            desk.approve(held)
    return became
