"""Whether one line of a draft can be done, before places are looked at; each rule with its reason.

Asked twice: for the recap, and again under the locks at confirmation (B2).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.activities.catalogue import Catalogue
from domain.bookings import rules
from domain.bookings.model import Booking, DraftLine, Reason, State
from domain.bookings.ports import SlotFacts
from domain.bookings.pricing import price_of
from domain.families.model import ChildId, FamilyId


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: Reason
    limit: datetime | None = None  # the one that passed, for LATE and LOCKED


@dataclass(frozen=True, slots=True)
class Judge:
    catalogue: Catalogue
    family_id: FamilyId
    now: datetime
    unsigned: frozenset[ChildId] = frozenset()  # whose house rules wait (A6)

    def booking(self, line: DraftLine, facts: SlotFacts, held: Booking | None) -> Refusal | None:
        """None when nothing but places and clashes is left to look at."""
        if not (facts.own_child and facts.enrolled):
            return Refusal(Reason.NOT_ENROLLED)
        if line.slot.child_id in self.unsigned:
            return Refusal(Reason.UNSIGNED)
        if facts.opening is None or not facts.opening.is_open:
            return Refusal(Reason.CLOSED)
        if held is not None:
            is_ours = held.family_id == self.family_id
            return Refusal(Reason.ALREADY_BOOKED if is_ours else Reason.OTHER_FAMILY)
        limit = self.catalogue.limits(facts.opening).book
        return Refusal(Reason.LATE, limit) if self.now > limit else None

    def cancellation(self, held: Booking | None) -> Refusal | None:
        """Deadlines bind what is accepted; a queue can always be left (B16, B17)."""
        if held is None or held.family_id != self.family_id:
            return Refusal(Reason.NOTHING_TO_CANCEL)
        if held.state is not State.ACCEPTED:
            return None
        limit = self.cancel_limit(held)
        return Refusal(Reason.LOCKED, limit) if self.now > limit else None

    def cancel_limit(self, held: Booking) -> datetime:
        return self.catalogue.limits(rules.opening_of(held)).cancel

    def price(self, line: DraftLine, facts: SlotFacts) -> tuple[Decimal, bool]:
        """EUR, and whether the quotient was missing. Raises TariffMissing."""
        activity = self.catalogue.activities[line.slot.activity_id]
        structure = self.catalogue.structure_of(activity.id)
        hours = (line.arrival, line.departure)
        return price_of(activity, structure, line.slot.day, hours, facts.quotient)
