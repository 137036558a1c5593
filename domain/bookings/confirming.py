"""Confirming a draft: one transaction re-checks every rule and answers line by line (B13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.activities.tariffs import TariffMissing
from domain.bookings import rules
from domain.bookings.desk import Desk, Request, open_desk
from domain.bookings.errors import EmptyDraft, StaleRecap
from domain.bookings.judging import Judge, Refusal
from domain.bookings.model import (
    Booking,
    DraftLine,
    LineOutcome,
    Reason,
    Receipt,
    Result,
    State,
    Wish,
)
from domain.bookings.ports import BookingTx, DraftFacts
from domain.bookings.pricing import FREE
from domain.clock import Clock
from domain.work import Transaction

_RESULTS = {
    State.ACCEPTED: Result.ACCEPTED,
    State.PENDING: Result.PENDING,
    State.WAITLISTED: Result.WAITLISTED,
}


@dataclass(frozen=True, slots=True)
class Confirm:
    """Keyed by the draft's round and digest: repeated, it gives the kept receipt and does nothing.

    Raises StaleRecap when the draft is not what the recap showed, EmptyDraft when nothing is
    drafted.
    """

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, round_: int, digest: str) -> Receipt:
        catalogue = await self.catalogues(who.catalogue_version)

        def work(tx: BookingTx) -> Receipt:
            facts = tx.draft_facts(who.draft_id, lock=True)
            if facts.draft.round != round_:
                return _kept(tx, facts, round_, digest)
            if not facts.draft.wishes:
                raise EmptyDraft
            if rules.digest(facts.draft.wishes, together=facts.draft.together) != digest:
                raise StaleRecap
            return _settle(tx, who, catalogue, facts, digest=digest, now=self.clock())

        return await self.bookings.write(work)


def _kept(tx: BookingTx, facts: DraftFacts, round_: int, digest: str) -> Receipt:
    receipt = tx.receipt(facts.draft.id, round_)
    if receipt is None or receipt.digest != digest:
        raise StaleRecap
    return receipt


def _settle(
    tx: BookingTx,
    who: Identity,
    catalogue: Catalogue,
    facts: DraftFacts,
    *,
    digest: str,
    now: datetime,
) -> Receipt:
    wishes = sorted(facts.draft.wishes, key=rules.in_order)
    desk = open_desk(tx, catalogue, now, slots=[line.slot for line in wishes])
    clerk = _Clerk(desk, Judge.of(who, catalogue, now), facts, who)
    # Cancellations first; then whoever waits; then what is newly asked (B13, B14).
    outcomes = [clerk.cancel(line) for line in wishes if line.wish is Wish.CANCEL]
    desk.serve()
    outcomes += clerk.book_all([line for line in wishes if line.wish is Wish.BOOK])
    receipt = Receipt(
        draft_id=facts.draft.id,
        round=facts.draft.round,
        digest=digest,
        at=now,
        outcomes=tuple(outcomes),
    )
    tx.apply(replace(desk.changes(), receipt=receipt))
    return receipt


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Takes one line after the other to the desk."""

    desk: Desk
    judge: Judge
    facts: DraftFacts
    who: Identity

    def cancel(self, line: DraftLine) -> LineOutcome:
        held = self.desk.booking(line.slot)
        refusal = self.judge.cancellation(held)
        if refusal is not None or held is None:
            return _not_processed(line, refusal or Refusal(Reason.NOTHING_TO_CANCEL))
        self.desk.cancel(held, self.who.guardian.id)
        return LineOutcome(
            slot=line.slot,
            wish=line.wish,
            result=Result.CANCELLED,
            arrival=held.arrival,
            departure=held.departure,
            price=held.price,
        )

    def book_all(self, lines: Sequence[DraftLine]) -> Iterator[LineOutcome]:
        """In their order; linked siblings at the turn of the first of them (B16)."""
        linked: dict[DraftLine, tuple[DraftLine, ...]] = {}
        if self.facts.draft.together:
            new = [line for line in lines if self.desk.booking(line.slot) is None]
            linked = {line: group for group in rules.siblings(new) for line in group}
        for line in lines:
            if line not in linked:
                yield self.book(line)
            elif line is linked[line][0]:
                yield from self._book_together(linked[line])

    def _book_together(self, lines: Sequence[DraftLine]) -> Iterator[LineOutcome]:
        judged = [self._judged(line) for line in lines]
        asked = [one for one in judged if isinstance(one, Request)]
        if len(asked) < len(lines):
            for line, one in zip(lines, judged, strict=True):
                failed = one if isinstance(one, Refusal) else Refusal(Reason.TOGETHER)
                yield _not_processed(line, failed)
            return
        booked = self.desk.request_together(asked)
        for at, line in enumerate(lines):
            if booked is None:
                yield _not_processed(line, Refusal(Reason.FULL))
            else:
                yield self._booked(line, booked[at])

    def book(self, line: DraftLine) -> LineOutcome:
        asked = self._judged(line)
        if isinstance(asked, Refusal):
            return _not_processed(line, asked)
        held = self.desk.booking(line.slot)
        if held is not None:
            hours = line.arrival, line.departure
            self.desk.change_hours(held, hours, asked.price, self.who.guardian.id)
            return _changed(line, asked.price)
        booking = self.desk.request(asked)
        if booking is None:
            return _not_processed(line, Refusal(Reason.FULL))
        return self._booked(line, booking)

    def _judged(self, line: DraftLine) -> Request | Refusal:
        """What to take to the desk, or why it is not taken there."""
        facts = self.facts.facts[line.slot]
        refusal = self.judge.booking(line, facts, self.desk.booking(line.slot))
        if refusal is not None or facts.opening is None:
            return refusal or Refusal(Reason.CLOSED)
        opening = facts.opening
        if (opening.arrival, opening.departure) != (line.arrival, line.departure):
            opening = replace(opening, arrival=line.arrival, departure=line.departure)
        if self.desk.clashes(line.slot, opening):
            return Refusal(Reason.CLASH)
        try:
            price, _ = self.judge.price(line, facts)
        except TariffMissing:
            return Refusal(Reason.NO_TARIFF)
        return Request(
            slot=line.slot,
            opening=opening,
            family_id=self.facts.family_id,
            guardian_id=self.who.guardian.id,
            price=price,
            group=facts.group,
        )

    def _booked(self, line: DraftLine, booking: Booking) -> LineOutcome:
        waits = booking.state is State.WAITLISTED
        return LineOutcome(
            slot=line.slot,
            wish=line.wish,
            result=_RESULTS[booking.state],
            arrival=booking.arrival,
            departure=booking.departure,
            price=booking.price,
            rank=self.desk.rank(booking) if waits else None,
        )


def _changed(line: DraftLine, price: Decimal) -> LineOutcome:
    return LineOutcome(
        slot=line.slot,
        wish=line.wish,
        result=Result.CHANGED,
        arrival=line.arrival,
        departure=line.departure,
        price=price,
    )


def _not_processed(line: DraftLine, refusal: Refusal) -> LineOutcome:
    return LineOutcome(
        slot=line.slot,
        wish=line.wish,
        result=Result.NOT_PROCESSED,
        arrival=line.arrival,
        departure=line.departure,
        price=FREE,
        reason=refusal.reason,
        limit=refusal.limit,
    )
