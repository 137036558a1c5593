"""The town's answers, one or many at a time (B17, S3)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from domain.activities.model import StructureId, Waitlist
from domain.bookings.model import State
from domain.calendar.model import PARIS
from domain.errors import NotFound
from domain.notices.model import Channel, Kind
from domain.requests.deciding import DecideRequests
from domain.requests.errors import ReasonNeeded
from domain.requests.model import MOST_AT_ONCE, Outcome, Pile, Query, Verdict
from domain.requests.reading import GatherRequests, ListOldest, ShowRequest
from domain.staff.acts import StaffAct
from domain.staff.errors import NotAllowed
from domain.staff.model import Role
from tests.builders import DAY, FULL_DAY, MORNING, NOW, activity, agent
from tests.unit.bookings.conftest import World, build_world

ACCEPT, REFUSE, WAITLIST = Verdict.ACCEPT, Verdict.REFUSE, Verdict.WAITLIST
ELSEWHERE = StructureId(2)


class Counter:
    """A town that answers each request, and its agents."""

    def __init__(
        self, *activities, capacity: int | None = 3, families: int = 4, days=(DAY,)
    ) -> None:
        self.world: World = build_world(
            *(activities or (activity(approval=True),)),
            capacity=capacity,
            families=families,
            days=days,
        )
        town = self.world.town
        given = town.requests, town.catalogues
        self._decide = DecideRequests(*given, self.world.clock)
        self.show, self.list = ShowRequest(*given, self.world.clock), ListOldest(*given)
        self.gather = GatherRequests(*given)

    async def asked(self, *families: int, **of):
        for family in families:
            await self.world.book(family, **of)

    def number(self, family: int, **of):
        return self.world.booking(family, **of).id

    async def decide(self, verdict, *families, who=None, reason="Effectif complet"):
        numbers = [self.number(family) for family in families]
        decision = await self._decide(who or agent(), numbers, verdict, reason)
        return [line.outcome for line in decision.lines]

    def states(self, *families):
        return [self.world.booking(family).state for family in families]

    def told(self, kind):
        notices = self.world.town.notices
        return sorted(
            n.guardian_id for n in notices if n.kind is kind and n.channel is Channel.MAIL
        )

    @property
    def log(self):
        return [
            (e.what, e.staff_id, e.guardian_id, e.details["before"], e.details["after"])
            for e in self.world.town.data.audit.values()
        ]


@pytest.fixture
def counter() -> Counter:
    return Counter()


async def test_several_are_accepted_at_once_and_every_family_hears_it(counter):
    await counter.asked(1, 2, 3)

    outcomes = await counter.decide(ACCEPT, 1, 2)

    assert outcomes == [Outcome.DONE, Outcome.DONE]
    assert counter.states(1, 2, 3) == [State.ACCEPTED, State.ACCEPTED, State.PENDING]
    assert counter.told(Kind.REQUEST_ACCEPTED) == [1, 2]


async def test_a_refusal_is_told_with_its_reason_and_frees_the_place():
    counter = Counter(capacity=1)
    await counter.asked(1, 2)

    await counter.decide(REFUSE, 1, reason="  Dossier \n incomplet ")

    assert counter.states(1, 2) == [State.REFUSED, State.PENDING]
    assert counter.world.booking(1).reason == "Dossier incomplet"
    assert counter.told(Kind.REQUEST_REFUSED) == [1]


async def test_the_places_of_all_who_are_refused_fall_free_together():
    counter = Counter(capacity=2)
    await counter.asked(1, 2, 3, 4)

    await counter.decide(REFUSE, 1, 2)

    assert counter.states(3, 4) == [State.PENDING, State.PENDING]


@pytest.mark.parametrize("verdict", [REFUSE, WAITLIST])
async def test_what_is_not_accepted_is_explained(counter, verdict):
    await counter.asked(1)

    with pytest.raises(ReasonNeeded):
        await counter.decide(verdict, 1, reason="  ")

    assert counter.states(1) == [State.PENDING]


async def test_each_decision_is_in_the_log_with_what_was_before(counter):
    await counter.asked(1, 2)

    await counter.decide(WAITLIST, 1)
    await counter.decide(ACCEPT, 1, 2)

    assert counter.log == [
        (StaffAct.REQUEST_WAITLISTED, 1, 1, "pending", "waitlisted"),
        (StaffAct.REQUEST_ACCEPTED, 1, 1, "waitlisted", "accepted"),
        (StaffAct.REQUEST_ACCEPTED, 1, 2, "pending", "accepted"),
    ]


@pytest.mark.parametrize("verdict", list(Verdict))
async def test_the_same_answer_twice_is_given_once(counter, verdict):
    await counter.asked(1)
    await counter.decide(verdict, 1)
    notices, log = counter.world.town.notices, counter.log

    again = await counter.decide(verdict, 1)

    assert again == [Outcome.SAME]
    assert (counter.world.town.notices, counter.log) == (notices, log)


async def test_what_a_colleague_answered_otherwise_stays_and_the_line_says_so(counter):
    await counter.asked(1, 2)
    await counter.decide(REFUSE, 1)

    outcomes = await counter.decide(ACCEPT, 1, 2, who=agent(2))

    assert outcomes == [Outcome.ANSWERED, Outcome.DONE]
    assert counter.states(1, 2) == [State.REFUSED, State.ACCEPTED]
    assert counter.told(Kind.REQUEST_ACCEPTED) == [2]


async def test_what_the_family_withdrew_meanwhile_is_gone(counter):
    await counter.asked(1, 2)
    number = counter.number(1)
    await counter.world.cancel_booking(counter.world.who(1), number)

    decision = await counter._decide(agent(), [number, counter.number(2)], ACCEPT)

    assert [line.outcome for line in decision.lines] == [Outcome.GONE, Outcome.DONE]


async def test_what_the_family_asked_for_anew_meanwhile_is_another_request(counter):
    await counter.asked(1)
    number = counter.number(1)
    await counter.world.cancel_booking(counter.world.who(1), number)
    await counter.asked(1)

    decision = await counter._decide(agent(), [number], ACCEPT)

    assert [line.outcome for line in decision.lines] == [Outcome.GONE]
    assert counter.states(1) == [State.PENDING]


async def test_as_many_are_answered_at_once_as_can_be_looked_at(counter):
    await counter.asked(1)

    decision = await counter._decide(agent(), range(-MOST_AT_ONCE, counter.number(1) + 1), ACCEPT)

    assert decision.lines == ()
    assert counter.states(1) == [State.PENDING]


async def test_without_a_waitlist_nobody_is_set_aside():
    counter = Counter(activity(approval=True, waitlist=Waitlist.NONE))
    await counter.asked(1)

    assert await counter.decide(WAITLIST, 1) == [Outcome.NO_QUEUE]
    assert counter.states(1) == [State.PENDING]


# -- a day that has begun ---------------------------------------------------------------------
START = datetime(2026, 12, 2, 7, 30, tzinfo=PARIS)


@pytest.mark.parametrize("verdict", [ACCEPT, WAITLIST])
async def test_once_the_service_began_a_request_is_neither_accepted_nor_left_waiting(
    counter, verdict
):
    """A family is not debited for a day that nobody confirmed in time."""
    await counter.asked(1)
    counter.world.now = START
    notices = counter.world.town.notices

    assert await counter.decide(verdict, 1) == [Outcome.DAY_OVER]
    assert counter.states(1) == [State.PENDING]
    assert (counter.world.town.notices, counter.log) == (notices, [])


async def test_until_the_service_begins_a_request_is_accepted(counter):
    await counter.asked(1)
    counter.world.now = START - timedelta(seconds=1)

    assert await counter.decide(ACCEPT, 1) == [Outcome.DONE]


async def test_of_many_those_of_a_day_that_began_are_told_and_the_others_accepted():
    after = DAY + timedelta(days=1)
    counter = Counter(activity(approval=True), days=(DAY, after))
    await counter.asked(1)
    await counter.world.book(2, after)
    numbers = [counter.number(1), counter.world.booking(2, after).id]
    counter.world.now = START

    decision = await counter._decide(agent(), numbers, ACCEPT)

    assert [line.outcome for line in decision.lines] == [Outcome.DAY_OVER, Outcome.DONE]


async def test_a_request_of_a_past_day_is_still_refused_with_its_reason(counter):
    await counter.asked(1)
    counter.world.now = START

    assert await counter.decide(REFUSE, 1, reason="Trop tard") == [Outcome.DONE]
    assert counter.told(Kind.REQUEST_REFUSED) == [1]


async def test_whom_the_town_set_aside_it_does_not_take_up_again_once_the_day_began(counter):
    await counter.asked(1)
    await counter.decide(WAITLIST, 1)
    counter.world.now = START

    assert await counter.decide(ACCEPT, 1) == [Outcome.DAY_OVER]
    assert await counter.decide(WAITLIST, 1) == [Outcome.SAME]


async def test_an_agent_reads_that_the_day_began(counter):
    await counter.asked(1)
    before = await counter.show(agent(), counter.number(1))
    counter.world.now = START

    after = await counter.show(agent(), counter.number(1))

    assert (before.has_begun, after.has_begun) == (False, True)


# -- those set aside (decision 0035) ----------------------------------------------------------
async def test_whom_the_town_set_aside_it_takes_up_again_while_a_place_is_left(counter):
    await counter.asked(1)
    await counter.decide(WAITLIST, 1)

    assert await counter.decide(ACCEPT, 1) == [Outcome.DONE]
    assert counter.states(1) == [State.ACCEPTED]
    assert counter.told(Kind.REQUEST_WAITLISTED) == [1]
    assert counter.told(Kind.REQUEST_ACCEPTED) == [1]


async def test_without_a_place_nobody_is_taken_up_again():
    """The place that was left went to the first in line (B14)."""
    counter = Counter(capacity=1)
    await counter.asked(1, 2)
    await counter.decide(WAITLIST, 1)

    assert await counter.decide(ACCEPT, 1) == [Outcome.NO_PLACE]
    assert counter.states(1, 2) == [State.WAITLISTED, State.PENDING]


async def test_whoever_stands_in_line_has_the_place_before_whom_the_town_takes_up_again():
    """A debt was settled since, and no tick has served the queue yet (B14)."""
    counter = Counter(capacity=1)
    await counter.asked(1, 2)
    await counter.world.set_balance(2, Decimal(-5))
    await counter.decide(WAITLIST, 1)
    await counter.world.set_balance(2, Decimal(5))

    assert await counter.decide(ACCEPT, 1) == [Outcome.NO_PLACE]
    assert counter.states(1, 2) == [State.WAITLISTED, State.PENDING]


async def test_of_two_who_were_set_aside_the_last_place_is_for_the_first():
    counter = Counter(capacity=2)
    await counter.asked(1, 2)
    await counter.decide(WAITLIST, 1, 2)
    await counter.world.change_capacity(1, DAY, 1)

    assert await counter.decide(ACCEPT, 2, 1) == [Outcome.DONE, Outcome.NO_PLACE]
    assert counter.states(1, 2) == [State.ACCEPTED, State.WAITLISTED]


async def test_a_child_with_another_place_at_these_hours_is_not_taken_up_again():
    counter = Counter(activity(approval=True), activity(MORNING))
    await counter.asked(1)
    await counter.decide(WAITLIST, 1)
    await counter.asked(1, activity=MORNING)

    assert await counter.decide(ACCEPT, 1) == [Outcome.CLASH]


async def test_whom_the_town_set_aside_it_may_refuse(counter):
    await counter.asked(1)
    await counter.decide(WAITLIST, 1)

    assert await counter.decide(REFUSE, 1, reason="Trop tard") == [Outcome.DONE]
    assert counter.world.booking(1).reason == "Trop tard"


async def test_who_waits_in_line_by_itself_is_not_the_towns_to_answer():
    counter = Counter(capacity=1)
    await counter.asked(1, 2)

    assert await counter.decide(ACCEPT, 2) == [Outcome.ANSWERED]
    assert counter.states(1, 2) == [State.PENDING, State.WAITLISTED]


# -- who may ----------------------------------------------------------------------------------
async def test_a_reader_decides_nothing(counter):
    await counter.asked(1)

    with pytest.raises(NotAllowed):
        await counter.decide(ACCEPT, 1, who=agent(role=Role.READER))

    assert counter.states(1) == [State.PENDING]


async def test_the_agent_of_another_structure_sees_and_changes_nothing(counter):
    await counter.asked(1)
    stranger = agent(structures=(ELSEWHERE,))

    page, piles = await counter.list(stranger, Query(), 1)
    outcomes = await counter.decide(ACCEPT, 1, who=stranger)

    assert (page.rows, piles, outcomes) == ((), {}, [])
    assert counter.states(1) == [State.PENDING]
    with pytest.raises(NotFound):
        await counter.show(stranger, counter.number(1))
    assert await counter.gather(stranger, [counter.number(1)]) == ()


# -- what is read -----------------------------------------------------------------------------
async def test_the_oldest_are_first_a_page_at_a_time(counter):
    await counter.asked(2, 1, 3)

    page, piles = await counter.list(agent(), Query(), 2, 2)

    assert [row.child.id for row in page.rows] == [3]
    assert (page.page, page.pages, page.count) == (2, 2, 3)
    assert piles == {(Pile.NEW, FULL_DAY): 3}


async def test_those_set_aside_are_a_pile_of_their_own(counter):
    await counter.asked(1, 2)
    await counter.decide(WAITLIST, 1)

    page, piles = await counter.list(agent(), Query(Pile.ASIDE), 1)

    assert [row.child.id for row in page.rows] == [1]
    assert piles == {(Pile.NEW, FULL_DAY): 1, (Pile.ASIDE, FULL_DAY): 1}


async def test_one_is_shown_with_what_decides_it(counter):
    await counter.asked(1, 2)
    await counter.world.set_balance(1, Decimal(-5))

    view = await counter.show(agent(), counter.number(1))

    assert (view.asked.at, view.asked.by) == (NOW, "Mme FAMILLE 1 Anne")
    assert (view.left, view.asked.waiting, view.asked.in_debt) == (1, 0, True)
    assert (view.asked.like_day, view.asked.like_child) == (2, 1)


async def test_what_waits_no_more_is_not_shown(counter):
    await counter.asked(1)
    await counter.decide(ACCEPT, 1)

    with pytest.raises(NotFound):
        await counter.show(agent(), counter.number(1))


async def test_what_is_gathered_is_what_still_waits(counter):
    await counter.asked(1, 2, 3)
    await counter.decide(ACCEPT, 1)
    numbers = [counter.number(family) for family in (1, 2)]

    ticked = await counter.gather(agent(), numbers)
    all_of_the_day = await counter.gather(agent(), Query(activity=FULL_DAY, day=DAY))

    assert [one.child.id for one in ticked] == [2]
    assert [one.child.id for one in all_of_the_day] == [2, 3]
