"""Whatever families, the town and the clock do: places, order, transmission and notices hold.

The machine plays over the fakes; ``tests/storage`` plays the same steps over real databases.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from domain.activities.model import Draw, Waitlist
from domain.bookings import rules
from domain.bookings.model import HOLDING, Booking, BookingId, State
from domain.errors import DomainError
from domain.notices.model import Channel, Kind
from tests.builders import DAY, DAY_POOL, FULL_DAY, MORNING, MORNING_POOL, activity
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown
from tests.unit.bookings.conftest import World, build_data

DAYS = (DAY, DAY + timedelta(days=7))
FAMILIES = 5
SIBLING = 100
"""What the second child's number is more than its family's."""
TAKEN = {State.ACCEPTED, State.PENDING}
GIVEN = {Kind.PLACE_GIVEN, Kind.PLACE_OFFERED}

families = st.integers(1, FAMILIES)
days = st.sampled_from(DAYS)
activities = st.sampled_from([FULL_DAY, MORNING])
picks = st.integers(0, 99)


class BookingMachine(RuleBasedStateMachine):
    """Two activities share a pool; one gives its freed places, the other offers them."""

    full_day = activity(draws=(Draw(DAY_POOL), Draw(MORNING_POOL)))
    morning = activity(
        MORNING, draws=(Draw(MORNING_POOL),), waitlist=Waitlist.OFFERED, may_overlap=True
    )

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.world = self.open_world()
        self.given = 0
        self.before: dict[BookingId, Booking] = {}
        self.night = date(2026, 11, 24)

    def open_world(self) -> World:
        return World(FakeTown(self.a_town()))

    def a_town(self) -> TownData:
        return build_data(
            self.full_day,
            self.morning,
            capacity=2,
            days=DAYS,
            families=FAMILIES,
            sibling=SIBLING,
        )

    def teardown(self) -> None:
        try:
            self.everything_was_transmitted_once()
        finally:
            self.close_world()
            self.runner.close()

    def close_world(self) -> None:
        """For worlds that are more than memory."""

    def run(self, asked: Coroutine[Any, Any, object]) -> None:
        """A refusal is an answer; anything else is a bug."""
        self.before = dict(self.world.town.data.bookings)
        try:
            self.runner.run(asked)
        except DomainError:
            return
        self.nobody_was_overtaken()

    @initialize(busy=st.permutations(range(1, FAMILIES)))
    def a_busy_morning(self, busy):
        """Four families for two places, also where freed ones are offered, there with siblings
        first in line: the queues are there from the start.
        """
        for family in busy:
            self.run(self.world.book(family))
        for family in busy[:2]:
            self.run(self.world.book(family, DAYS[1], activity=MORNING))
        siblings = FAMILIES, FAMILIES + SIBLING
        self.run(self.world.book_together(FAMILIES, *siblings, day=DAYS[1], activity=MORNING))
        self.run(self.world.book(busy[2], DAYS[1], activity=MORNING))

    # -- steps -----------------------------------------------------------------------------
    @rule(family=families, day=days, activity=activities, wanted=st.booleans())
    def mark(self, family, day, activity, wanted):
        self.run(self.world.mark(family, day, activity=activity, wanted=wanted))

    @rule(family=families)
    def validate(self, family):
        self.run(self.world.validate(family))

    @rule(family=families, day=days, activity=activities)
    def book(self, family, day, activity):
        self.run(self.world.book(family, day, activity=activity))

    @rule(family=families, day=days, activity=activities)
    def book_siblings_together(self, family, day, activity):
        children = (family, family + SIBLING)
        self.run(self.world.book_together(family, *children, day=day, activity=activity))

    @rule(family=families, owes=st.booleans())
    def owe_or_pay(self, family, owes):
        self.run(self.world.owe(family, owes=owes))

    @rule(pick=picks)
    def leave_queue(self, pick):
        if booking := self.picked(pick):
            who = self.world.who(booking.family_id)
            self.run(self.world.leave_queue(who, booking.id))

    @rule(pick=picks)
    def cancel(self, pick):
        if booking := self.picked(pick):
            who = self.world.who(booking.family_id)
            self.run(self.world.cancel_booking(who, booking.id))

    @rule(pick=picks, accept=st.booleans())
    def answer(self, pick, accept):
        if booking := self.picked(pick):
            who = self.world.who(booking.family_id)
            self.run(self.world.answer_offer(who, booking.id, accept=accept))

    @rule(pick=picks, accept=st.booleans())
    def answer_what_is_offered(self, pick, accept):
        if offers := sorted(self.offers(), key=lambda b: b.id):
            booking = offers[pick % len(offers)]
            who = self.world.who(booking.family_id)
            self.run(self.world.answer_offer(who, booking.id, accept=accept))

    @precondition(lambda self: self.full_day.approval)
    @rule(pick=picks, accept=st.booleans())
    def decide(self, pick, accept):
        if booking := self.picked(pick):
            self.run(self.world.decide(booking.id, accept=accept, by="mairie", reason="non"))

    @precondition(lambda self: self.full_day.approval)
    @rule(pick=picks)
    def set_aside(self, pick):
        if booking := self.picked(pick):
            self.run(self.world.set_aside(booking.id, "plus tard", by="mairie"))

    @rule(pick=picks)
    def draft_a_cancellation(self, pick):
        if booking := self.picked(pick):
            slot = booking.slot
            asked = self.world.mark(
                booking.family_id, slot.day, activity=slot.activity_id, wanted=False
            )
            self.run(asked)

    def picked(self, pick: int) -> Booking | None:
        """Any booking there ever was, so that answers to old buttons are tried too."""
        known = sorted(self.world.town.data.bookings.values(), key=lambda b: b.id)
        return known[pick % len(known)] if known else None

    @rule(
        pool=st.sampled_from([DAY_POOL, MORNING_POOL]),
        day=days,
        capacity=st.none() | st.integers(0, 4),
    )
    def change_capacity(self, pool, day, capacity):
        self.run(self.world.change_capacity(pool, day, capacity))

    @rule(activity=activities, day=days)
    @precondition(lambda self: len(self.world.town.data.bookings) > 8)
    def close_day(self, activity, day):
        self.run(self.world.close_day(activity, day))

    @rule(hours=st.sampled_from([1, 11, 60, 230]))  # the last: from the start past the first day
    def time_passes(self, hours):
        """The job that passes offers on comes every minute: none is left behind."""
        self.world.pass_by(hours=hours)
        self.run(self.world.lapse_offers())
        late = [b for b in self.offers() if b.offer_until < self.world.now]
        assert not late, late

    @rule()
    def night_falls(self):
        self.night += timedelta(days=1)
        self.run(self.world.run_night(self.night))

    # -- what must hold --------------------------------------------------------------------
    @invariant()
    def never_more_taken_than_places(self):
        data, catalogue = self.world.town.data, self.world.town.data.catalogue
        held = Counter(
            (pool, booking.slot.day)
            for booking in data.live()
            if booking.state in HOLDING
            for pool in catalogue.pools(booking.slot.activity_id, booking.group)
        )
        for key, places in data.places.items():
            assert places.taken == held[key]
            assert places.capacity is None or places.taken <= places.capacity

    @invariant()
    def no_place_is_free_while_somebody_could_use_it(self):
        for waiting in self.world.town.data.live():
            if waiting.state is State.WAITLISTED and self.could_be_served(waiting):
                raise AssertionError(f"{waiting} waits although there is a place")

    @invariant()
    def linked_siblings_all_wait_or_none_does(self):
        links: dict[object, set[bool]] = {}
        for booking in self.world.town.data.live():
            answered = booking.state is State.REFUSED or booking.set_aside  # one by one
            if booking.together is not None and not answered:
                link = booking.slot.activity_id, booking.slot.day, booking.together
                links.setdefault(link, set()).add(booking.state is State.WAITLISTED)
        assert all(len(waiting) == 1 for waiting in links.values())

    @invariant()
    def an_offer_has_an_end_and_never_after_the_start(self):
        for offer in self.offers():
            assert offer.offer_until is not None
            assert offer.offer_until <= self.start(offer), offer

    @invariant()
    def linked_siblings_have_one_offer_or_none(self):
        links: dict[object, list[Booking]] = {}
        for booking in self.world.town.data.live():
            if booking.together is not None and booking.state is not State.REFUSED:
                link = booking.slot.activity_id, booking.slot.day, booking.together
                links.setdefault(link, []).append(booking)
        for linked in links.values():
            if any(booking.state is State.OFFERED for booking in linked):
                assert len({(b.state, b.offer_until) for b in linked}) == 1, linked

    @invariant()
    def every_given_place_is_told_once(self):
        told = [
            n.key for n in self.world.town.notices if n.kind in GIVEN and n.channel is Channel.MAIL
        ]
        assert len(told) == len(set(told)) == self.given

    def nobody_was_overtaken(self):
        """Whoever got a place in this step has no eligible earlier waiter left behind."""
        now_live = {b.id: b for b in self.world.town.data.live()}
        for booking in now_live.values():
            old = self.before.get(booking.id)
            if old is not None and old.state is State.OFFERED and booking.state in TAKEN:
                assert self.world.now <= old.offer_until, f"{booking} answered too late"
            if booking.state not in HOLDING or (old is not None and old.state in HOLDING):
                continue
            self.given += old is not None and old.state is State.WAITLISTED
            if old is not None:
                assert self.world.now < self.start(booking), f"{booking} after it began"
            earlier = [
                w
                for w in now_live.values()
                if w.state is State.WAITLISTED
                and (w.slot.activity_id, w.slot.day)
                == (booking.slot.activity_id, booking.slot.day)
                and w.ticket < booking.ticket
            ]
            assert not [w for w in earlier if self.is_eligible(w) and not self.siblings(w)]

    def could_be_served(self, waiting: Booking) -> bool:
        data = self.world.town.data
        pools = data.catalogue.pools(waiting.slot.activity_id, waiting.group)
        lefts = [data.places[pool, waiting.slot.day].left for pool in pools]
        needed = 1 + len(self.siblings(waiting))
        return self.is_eligible(waiting) and all(x is None or x >= needed for x in lefts)

    def siblings(self, waiting: Booking) -> list[Booking]:
        """The others who wait with it: what would not do for all may go to the next."""
        return [
            other
            for other in self.world.town.data.live()
            if other.state is State.WAITLISTED
            and not other.set_aside
            and waiting.together is not None
            and (other.slot.activity_id, other.slot.day, other.together)
            == (waiting.slot.activity_id, waiting.slot.day, waiting.together)
            and other.id != waiting.id
        ]

    def is_eligible(self, waiting: Booking) -> bool:
        owes = waiting.family_id in self.world.owing
        if waiting.set_aside:
            return False  # until the town takes it up again (decision 0035)
        return not owes and not self.began(waiting) and not self.clashes(waiting)

    def began(self, waiting: Booking) -> bool:
        # Places are given when something happens; time alone opens none.
        return self.world.now >= self.start(waiting)

    def start(self, booking: Booking) -> datetime:
        return self.world.town.data.catalogue.limits(rules.opening_of(booking)).start

    def offers(self) -> list[Booking]:
        return [b for b in self.world.town.data.live() if b.state is State.OFFERED]

    def clashes(self, waiting: Booking) -> bool:
        return False  # these two activities may overlap

    def everything_was_transmitted_once(self):
        self.night += timedelta(days=1)
        self.run(self.world.run_night(self.night))
        stored = self.world.town.data.movements.values()
        assert all(m.void or m.transmission is not None for m in stored)
        counted = sum(t.movements for t in self.world.town.data.transmissions.values())
        assert counted == sum(m.transmission is not None for m in stored)


class ApprovalMachine(BookingMachine):
    """The same with a town that answers each request itself."""

    full_day = activity(draws=(Draw(DAY_POOL), Draw(MORNING_POOL)), approval=True)


TestBooking = BookingMachine.TestCase
TestBooking.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestApproval = ApprovalMachine.TestCase
TestApproval.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
