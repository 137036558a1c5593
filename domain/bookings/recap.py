"""Reading the draft before it counts: the recap, and taking lines back (B7, B12)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.activities.tariffs import TariffMissing
from domain.bookings import rules
from domain.bookings.clashes import Held, clash
from domain.bookings.errors import EmptyDraft
from domain.bookings.judging import Judge, Refusal
from domain.bookings.model import HOLDING, Booking, DraftLine, Reason, Slot, State, Wish
from domain.bookings.ports import BookingTx, DraftFacts, SlotFacts
from domain.bookings.pricing import FREE
from domain.bookings.views import Effect, RecapLine, RecapView
from domain.clock import Clock
from domain.families.model import Child, ChildId, Wallet
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class ShowRecap:
    """What would be asked, line by line, with what it would cost. Raises EmptyDraft."""

    bookings: Transaction[BookingTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity) -> RecapView:
        catalogue = await self.catalogues(who.catalogue_version)

        def read(tx: BookingTx) -> tuple[DraftFacts, tuple[Booking, ...], tuple[Wallet, ...]]:
            facts = tx.draft_facts(who.draft_id, lock=False)
            slots = [line.slot for line in facts.draft.wishes]
            around = tx.bookings_around(
                {slot.child_id for slot in slots},
                {slot.activity_id for slot in slots},
                {slot.day for slot in slots},
            )
            return facts, around, tx.wallets(who.guardian.family_id)

        facts, bookings, wallets = await self.bookings.read(read)
        return _recap(who, catalogue, facts, bookings, wallets, self.clock())


def _recap(
    who: Identity,
    catalogue: Catalogue,
    facts: DraftFacts,
    bookings: Sequence[Booking],
    wallets: Sequence[Wallet],
    now: datetime,
) -> RecapView:
    judge = Judge.of(who, catalogue, now)
    live = {booking.slot: booking for booking in bookings}
    children = {child.id: child for child in who.children}
    lines = [
        _line(judge, children, line, facts.facts[line.slot], live)
        for line in facts.draft.wishes
        if line.slot.child_id in children
    ]
    if not lines:
        raise EmptyDraft
    siblings = rules.siblings(x.line for x in lines if x.changed is None and x.doubt is None)
    if facts.draft.together:
        lines = _as_one(lines, siblings, facts)
    lines = _with_clashes(catalogue, lines, bookings)
    lines.sort(key=lambda x: (x.child.first_name, x.activity.name, x.slot.day))
    return RecapView(
        structure=catalogue.structures[facts.draft.structure_id],
        round=facts.draft.round,
        digest=rules.digest(facts.draft.wishes, together=facts.draft.together),
        bookings=tuple(x for x in lines if x.line.wish is Wish.BOOK and x.changed is None),
        cancellations=tuple(x for x in lines if x.line.wish is Wish.CANCEL),
        changes=tuple(x for x in lines if x.changed is not None),
        effects=_effects(lines, wallets, facts, live),
        together=facts.draft.together if siblings else None,
    )


def _line(
    judge: Judge,
    children: Mapping[ChildId, Child],
    line: DraftLine,
    facts: SlotFacts,
    live: Mapping[Slot, Booking],
) -> RecapLine:
    booking = live.get(line.slot)
    activity = judge.catalogue.activities[line.slot.activity_id]
    price, missing = FREE, False
    is_ours = booking is not None and booking.family_id == judge.family_id
    changed = booking if is_ours and rules.changes_hours(line, booking) else None
    if line.wish is Wish.CANCEL:
        refusal = judge.cancellation(booking)
        price = booking.price if booking is not None else FREE
    else:
        refusal = judge.booking(line, facts, booking)
        try:
            price, missing = judge.price(line, facts)
        except TariffMissing:
            refusal = refusal or Refusal(Reason.NO_TARIFF)
    return RecapLine(
        slot=line.slot,
        child=children[line.slot.child_id],
        activity=activity,
        line=line,
        price=price,
        quotient_missing=missing,
        full=changed is None and (facts.left == 0 or facts.waiting > 0),
        doubt=refusal.reason if refusal is not None else None,
        changed=changed,
    )


def _as_one(
    lines: Sequence[RecapLine], siblings: Sequence[Sequence[DraftLine]], facts: DraftFacts
) -> list[RecapLine]:
    """Linked siblings wait together where the places do not do for all of them (B16)."""
    full = {x.slot for x in lines if x.full}
    wait = set[Slot]()
    for group in siblings:
        slots = {line.slot for line in group}
        left = facts.facts[group[0].slot].left
        if slots & full or (left is not None and left < len(slots)):
            wait |= slots
    return [replace(x, full=True) if x.slot in wait else x for x in lines]


def _with_clashes(
    catalogue: Catalogue, lines: Sequence[RecapLine], bookings: Sequence[Booking]
) -> list[RecapLine]:
    """In the order of confirmation: what comes first stands, what clashes with it is in doubt."""
    gone = {x.slot for x in lines if x.line.wish is Wish.CANCEL and x.doubt is None}
    moved = {x.slot for x in lines if x.changed is not None}
    held: list[Held] = [b for b in bookings if b.state in HOLDING and b.slot not in gone | moved]
    told = []
    for line in sorted(lines, key=lambda x: rules.in_order(x.line)):
        asked = line.line
        if asked.wish is Wish.BOOK and line.doubt is None:
            if any(clash(catalogue, asked, other) for other in held):
                told.append(replace(line, doubt=Reason.CLASH))
                continue
            if not line.full:
                held.append(asked)
        told.append(line)
    return told


def _effects(
    lines: Sequence[RecapLine],
    wallets: Sequence[Wallet],
    facts: DraftFacts,
    live: Mapping[Slot, Booking],
) -> tuple[Effect, ...]:
    """Only what would be accepted costs; only what was accepted comes back."""
    change: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        booking = live.get(line.slot)
        if line.line.wish is Wish.CANCEL and booking is not None:
            if booking.state in {State.ACCEPTED, State.PENDING}:
                change[line.activity.wallet] += line.price
        elif line.doubt is None and line.changed is not None:
            if line.changed.state in {State.ACCEPTED, State.PENDING}:
                change[line.activity.wallet] += line.changed.price - line.price
        elif line.doubt is None and not line.full:
            change[line.activity.wallet] -= line.price
    mine = [w for w in wallets if w.structure_id == facts.draft.structure_id]
    return tuple(Effect(w.name, w.balance, change[w.name]) for w in mine if change[w.name])


@dataclass(frozen=True, slots=True)
class UndoLine:
    """Take one line of the draft back. Doing it twice changes nothing."""

    bookings: Transaction[BookingTx]
    clock: Clock

    async def __call__(self, who: Identity, slot: Slot) -> None:
        def work(tx: BookingTx) -> None:
            wishes = tx.draft_facts(who.draft_id, lock=True).draft.wishes
            line = next((x for x in wishes if x.slot == slot), None)
            if line is not None:
                kept = DraftLine(slot, Wish.KEEP, line.arrival, line.departure)
                tx.put_lines(who.draft_id, [kept], self.clock())

        await self.bookings.write(work)


@dataclass(frozen=True, slots=True)
class LinkSiblings:
    """Whether siblings who ask for the same get places together or none (B16)."""

    bookings: Transaction[BookingTx]

    async def __call__(self, who: Identity, *, wanted: bool) -> None:
        await self.bookings.write(lambda tx: tx.link_siblings(who.draft_id, wanted=wanted))


@dataclass(frozen=True, slots=True)
class ClearDraft:
    bookings: Transaction[BookingTx]

    async def __call__(self, who: Identity) -> None:
        await self.bookings.write(lambda tx: tx.empty_draft(who.draft_id))
