"""The town's answers, one or many at a time, in one transaction (B17, S3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.activities.catalogue import Catalogue
from domain.activities.model import Waitlist
from domain.activities.ports import Catalogues
from domain.audit.model import Entry
from domain.bookings import rules
from domain.bookings.desk import Desk, open_desk
from domain.bookings.model import Booking, BookingId, State
from domain.clock import Clock
from domain.requests.errors import ReasonNeeded
from domain.requests.model import (
    LONGEST_REASON,
    MOST_AT_ONCE,
    Answered,
    Decision,
    Outcome,
    Request,
    Verdict,
)
from domain.requests.ports import RequestsTx
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

STATES: Final = {
    Verdict.ACCEPT: State.ACCEPTED,
    Verdict.REFUSE: State.REFUSED,
    Verdict.WAITLIST: State.WAITLISTED,
}
ACTS: Final = {
    Verdict.ACCEPT: StaffAct.REQUEST_ACCEPTED,
    Verdict.REFUSE: StaffAct.REQUEST_REFUSED,
    Verdict.WAITLIST: StaffAct.REQUEST_WAITLISTED,
}


@dataclass(frozen=True, slots=True)
class DecideRequests:
    """Accept, refuse or let wait; each request is answered for, line by line.

    What was answered, or withdrawn, since the agent read it stays as it is, and the line says so.
    The same said twice changes nothing. Once its service began a request is only refused: a family
    is not debited for a day that nobody confirmed in time. Places fall free together, and go to
    the next in line.
    Raises NotAllowed, ReasonNeeded.
    """

    requests: Transaction[RequestsTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self,
        member: StaffIdentity,
        numbers: Iterable[BookingId],
        verdict: Verdict,
        reason: str = "",
    ) -> Decision:
        member.check(Right.DECIDE_REQUESTS, member.structure_id)
        reason = " ".join(reason.split())[:LONGEST_REASON]
        if verdict is not Verdict.ACCEPT and not reason:
            raise ReasonNeeded
        catalogue, now = await self.catalogues(member.catalogue_version), self.clock()
        wanted = frozenset(sorted(numbers)[:MOST_AT_ONCE])

        def work(tx: RequestsTx) -> Decision:
            named = tx.numbered(member.structure_id, wanted)
            if not named:
                return Decision(verdict, ())
            slots = [request.booking.slot for request in named]
            desk = open_desk(tx, catalogue, now, slots=slots)
            desk.serve()  # whoever stands in line goes before whom the town takes up again (B14)
            answer = _Answer(desk, catalogue, verdict, reason)
            lines = tuple(answer(request) for request in named)
            desk.serve()
            changes = desk.changes()
            if changes.movements:
                tx.apply(changes)
                tx.note_all(list(_told(member, verdict, reason, named, lines, now)))
            return Decision(verdict, lines)

        return await self.requests.write(work)


@dataclass(frozen=True, slots=True)
class _Answer:
    desk: Desk
    catalogue: Catalogue
    verdict: Verdict
    reason: str

    def __call__(self, request: Request) -> Answered:
        named = request.booking
        held = self.desk.booking(named.slot)
        if held is None or held.id != named.id:
            return Answered(request, Outcome.GONE)
        outcome = self._outcome(held)
        if outcome is Outcome.DONE:
            self._do(held)
        after = self.desk.booking(named.slot) or held
        return Answered(Request(after, request.child), outcome)

    def _outcome(self, held: Booking) -> Outcome:
        if not (held.state is State.PENDING or held.set_aside):
            same = held.state is STATES[self.verdict] and held.state is not State.WAITLISTED
            return Outcome.SAME if same else Outcome.ANSWERED
        match self.verdict:
            case Verdict.WAITLIST if held.set_aside:
                return Outcome.SAME
            case Verdict.ACCEPT | Verdict.WAITLIST if self.desk.has_begun(held):
                return Outcome.DAY_OVER
            case Verdict.ACCEPT if held.set_aside:
                return self._taken_up(held)
            case Verdict.WAITLIST:
                activity = self.catalogue.activities[held.slot.activity_id]
                return Outcome.NO_QUEUE if activity.waitlist is Waitlist.NONE else Outcome.DONE
            case _:
                return Outcome.DONE

    def _taken_up(self, held: Booking) -> Outcome:
        if self.desk.clashes(held.slot, rules.opening_of(held)):
            return Outcome.CLASH
        return Outcome.DONE if self.desk.can_take(held) else Outcome.NO_PLACE

    def _do(self, held: Booking) -> None:
        match self.verdict:
            case Verdict.ACCEPT:
                self.desk.approve(held)
            case Verdict.REFUSE:
                self.desk.refuse(held, self.reason)
            case Verdict.WAITLIST:
                self.desk.set_aside(held, self.reason)


def _told(
    member: StaffIdentity,
    verdict: Verdict,
    reason: str,
    named: Iterable[Request],
    lines: Iterable[Answered],
    at: datetime,
) -> Iterator[Entry]:
    """What each was, read before the locks: whoever changed it meanwhile left its line undone."""
    for request, line in zip(named, lines, strict=True):
        if line.outcome is Outcome.DONE:
            yield noted(
                member,
                ACTS[verdict],
                at,
                before=request.booking.state.value,
                after=line.request.booking.state.value,
                guardian=request.booking.guardian_id,
                reason=reason or None,
                booking=request.booking.id,
            )
