"""Whether one line of a draft can be done, before places are looked at; each rule with its reason.

Asked twice: for the recap, and again under the locks at confirmation (B2).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.hours import allows
from domain.activities.model import Activity, Opening
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
    in_debt: bool = False
    resident: bool = True

    @classmethod
    def of(cls, who: Identity, catalogue: Catalogue, now: datetime) -> "Judge":
        """By who acts, as it was read for this very update."""
        return cls(
            catalogue,
            who.guardian.family_id,
            now,
            unsigned=who.unsigned,
            in_debt=who.debt is not None,
            resident=who.is_resident,
        )

    def booking(self, line: DraftLine, facts: SlotFacts, held: Booking | None) -> Refusal | None:
        """None when nothing but places and clashes is left to look at."""
        if not (facts.own_child and facts.enrolled):
            return Refusal(Reason.NOT_ENROLLED)
        if line.slot.child_id in self.unsigned:
            return Refusal(Reason.UNSIGNED)
        if self.in_debt:
            return Refusal(Reason.DEBT)
        if facts.opening is None or not facts.opening.is_open:
            return Refusal(Reason.CLOSED)
        if held is not None:
            return self._change(line, facts.opening, held)
        shut = self._activity(line).period.shuts(self.now, resident=self.resident)
        if shut is not None:
            return Refusal(Reason.PERIOD, shut)
        limit = self.catalogue.limits(facts.opening).book
        if self.now > limit:
            return Refusal(Reason.LATE, limit)
        return self._hours(line, facts.opening)

    def _change(self, line: DraftLine, opening: Opening, held: Booking) -> Refusal | None:
        """Other hours for what is booked: as long as it could be cancelled, by both hours (B6)."""
        if held.family_id != self.family_id:
            return Refusal(Reason.OTHER_FAMILY)
        activity = self._activity(line)
        if activity.hours is None or not rules.changes_hours(line, held):
            return Refusal(Reason.ALREADY_BOOKED)
        asked = replace(opening, arrival=line.arrival, departure=line.departure)
        limit = min(self.cancel_limit(held), self.catalogue.limits(asked).cancel)
        return Refusal(Reason.LOCKED, limit) if self.now > limit else self._hours(line, opening)

    def _activity(self, line: DraftLine) -> Activity:
        return self.catalogue.activities[line.slot.activity_id]

    def _hours(self, line: DraftLine, opening: Opening) -> Refusal | None:
        activity = self._activity(line)
        if activity.hours is None or allows(activity.hours, opening, line.arrival, line.departure):
            return None
        return Refusal(Reason.HOURS)

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
