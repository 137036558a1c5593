"""Fairness and places at the desk (B8, B10, B14-B17)."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from domain.activities.model import Draw, Waitlist
from domain.bookings.desk import Desk, Request
from domain.bookings.model import MovementKind, Slot, State
from domain.families.model import ChildId, FamilyId, GuardianId
from domain.notices.model import Kind
from tests.builders import (
    DAY,
    DAY_POOL,
    FULL_DAY,
    MORNING,
    MORNING_POOL,
    NOW,
    activity,
    booking,
    catalogue,
    opening,
    places,
)

AFTER_THE_DEADLINE = datetime(2026, 12, 1, 12, tzinfo=UTC)
AFTER_THE_START = datetime(2026, 12, 2, 7, tzinfo=UTC)


def desk(*bookings, capacity, taken, town=None, now=NOW, pools=()):
    town = town or catalogue()
    day_places = replace(places(capacity, taken=taken), next_ticket=100)
    return Desk(
        catalogue=town,
        places={(DAY_POOL, DAY): day_places, **{(p.pool_id, p.day): p for p in pools}},
        bookings=bookings,
        now=now,
    )


def ask(child: int, of=None, group=None) -> Request:
    of = of or activity()
    return Request(
        slot=Slot(ChildId(child), of.id, DAY),
        opening=opening(of),
        family_id=FamilyId(child),
        guardian_id=GuardianId(child),
        price=Decimal("24.87"),
        group=group,
    )


def states(at: Desk, *children: int) -> list[State | None]:
    found = [at.booking(Slot(ChildId(c), FULL_DAY, DAY)) for c in children]
    return [b.state if b else None for b in found]


def test_the_last_place_goes_to_the_first_request_and_the_next_one_waits():
    at = desk(capacity=1, taken=0)

    first, second = at.request(ask(1)), at.request(ask(2))

    assert (first.state, second.state) == (State.ACCEPTED, State.WAITLISTED)
    assert first.ticket < second.ticket
    assert at.rank(second) == 1


def test_a_full_day_without_a_queue_takes_nobody():
    at = desk(capacity=0, taken=0, town=catalogue(activity(waitlist=Waitlist.NONE)))

    assert at.request(ask(1)) is None
    assert at.changes().movements == []


def test_no_limit_is_not_zero():
    at = desk(capacity=None, taken=500)

    assert at.request(ask(1)).state is State.ACCEPTED


def test_a_freed_place_goes_to_the_first_in_line_and_not_to_the_newcomer():
    holder = booking(1)
    at = desk(
        holder,
        booking(2, State.WAITLISTED, ticket=2),
        booking(3, State.WAITLISTED, ticket=3),
        capacity=1,
        taken=1,
    )

    at.cancel(holder, holder.guardian_id)
    at.serve()
    newcomer = at.request(ask(4))

    assert states(at, 1, 2, 3) == [None, State.ACCEPTED, State.WAITLISTED]
    assert newcomer.state is State.WAITLISTED
    assert at.rank(newcomer) == 2


def test_the_family_that_got_the_place_is_told_and_the_town_will_hear():
    holder = booking(1)
    at = desk(holder, booking(2, State.WAITLISTED), capacity=1, taken=1)

    at.cancel(holder, holder.guardian_id)
    at.serve()

    changes = at.changes()
    assert [(n.kind, n.family_id) for n in changes.notices] == [(Kind.PLACE_GIVEN, 2)]
    kinds = [(m.slot.child_id, m.kind) for m in changes.movements]
    assert kinds == [(1, MovementKind.CANCELLATION), (2, MovementKind.PROMOTION)]
    assert [p.taken for p in changes.places] == []  # one left, one came: nothing to write


def test_a_place_freed_after_the_cancelling_deadline_is_offered_until_the_service_starts():
    holder = booking(1)
    at = desk(holder, booking(2, State.WAITLISTED), capacity=1, taken=1, now=AFTER_THE_DEADLINE)

    at.cancel(holder, holder.guardian_id)
    at.serve()

    offered = at.booking(Slot(ChildId(2), FULL_DAY, DAY))
    assert offered.state is State.OFFERED
    assert offered.offer_until == AFTER_THE_DEADLINE + timedelta(minutes=720)
    assert [n.kind for n in at.changes().notices] == [Kind.PLACE_OFFERED]


def test_an_offer_never_outlives_the_start_of_the_service():
    long = activity(waitlist=Waitlist.OFFERED, offer_minutes=100_000)
    at = desk(booking(2, State.WAITLISTED), capacity=1, taken=0, town=catalogue(long))

    at.serve()

    offered = at.booking(Slot(ChildId(2), FULL_DAY, DAY))
    assert offered.offer_until == datetime(2026, 12, 2, 6, 30, tzinfo=UTC)


def test_an_offered_place_is_held_for_the_family():
    offering = catalogue(activity(waitlist=Waitlist.OFFERED))
    at = desk(booking(2, State.WAITLISTED), capacity=1, taken=0, town=offering)
    at.serve()

    newcomer = at.request(ask(3))

    assert newcomer.state is State.WAITLISTED
    assert [p.taken for p in at.changes().places] == [1]


def test_a_lapsed_offer_is_passed_on_to_the_next():
    offering = catalogue(activity(waitlist=Waitlist.OFFERED))
    offered = booking(1, State.OFFERED, offer_until=NOW - timedelta(seconds=1))
    at = desk(offered, booking(2, State.WAITLISTED), capacity=1, taken=1, town=offering)

    at.lapse_offer(offered)
    at.serve()

    assert states(at, 1, 2) == [None, State.OFFERED]
    assert [n.kind for n in at.changes().notices] == [Kind.OFFER_LAPSED, Kind.PLACE_OFFERED]


def test_nothing_is_given_once_the_service_has_begun():
    holder = booking(1)
    at = desk(holder, booking(2, State.WAITLISTED), capacity=1, taken=1, now=AFTER_THE_START)

    at.cancel(holder, holder.guardian_id)
    at.serve()

    assert states(at, 2) == [State.WAITLISTED]


def test_a_child_who_took_another_place_at_these_hours_is_passed_over():
    other = activity(MORNING, arrival=time(8), departure=time(12), draws=(Draw(MORNING_POOL),))
    taken_since = booking(2, slot=Slot(ChildId(2), MORNING, DAY), arrival=time(8), ticket=9)
    at = desk(
        booking(2, State.WAITLISTED, ticket=2),
        booking(3, State.WAITLISTED, ticket=3),
        taken_since,
        capacity=1,
        taken=0,
        town=catalogue(activity(), other),
        pools=[places(5, taken=1, pool=MORNING_POOL)],
    )

    at.serve()

    assert states(at, 2, 3) == [State.WAITLISTED, State.ACCEPTED]


def test_whoever_lacks_another_pool_does_not_hold_back_the_place_that_would_not_help():
    """Decision 0016."""
    both = activity(draws=(Draw(DAY_POOL), Draw(MORNING_POOL)))
    one = activity(MORNING, draws=(Draw(DAY_POOL),))
    later = booking(3, State.WAITLISTED, slot=Slot(ChildId(3), MORNING, DAY), ticket=3)
    at = desk(
        booking(2, State.WAITLISTED, ticket=2),
        later,
        capacity=1,
        taken=0,
        town=catalogue(both, one),
        pools=[places(0, pool=MORNING_POOL)],
    )

    at.serve()

    assert states(at, 2) == [State.WAITLISTED]
    assert at.booking(later.slot).state is State.ACCEPTED


def test_an_age_group_is_held_by_its_own_limit_under_the_common_one():
    grouped = activity(draws=(Draw(DAY_POOL), Draw(MORNING_POOL, group="3-5")))
    at = desk(
        capacity=10,
        taken=0,
        town=catalogue(grouped),
        pools=[places(1, taken=1, pool=MORNING_POOL)],
    )

    small, big = at.request(ask(1, grouped, "3-5")), at.request(ask(2, grouped, "6-12"))

    assert (small.state, big.state) == (State.WAITLISTED, State.ACCEPTED)
    assert small.ticket != big.ticket


def test_one_order_of_requests_holds_for_all_linked_places():
    """Decision 0012: whoever shares a pool shares the order."""
    both = activity(draws=(Draw(DAY_POOL), Draw(MORNING_POOL)))
    morning = activity(MORNING, draws=(Draw(MORNING_POOL),))
    at = desk(
        capacity=0,
        taken=0,
        town=catalogue(both, morning),
        pools=[replace(places(0, pool=MORNING_POOL), next_ticket=7)],
    )

    tickets = [at.request(ask(1, both)).ticket, at.request(ask(2, morning)).ticket]

    assert tickets == [100, 101]


def test_an_activity_that_the_town_approves_holds_the_place_until_the_answer():
    at = desk(capacity=1, taken=0, town=catalogue(activity(approval=True)))

    pending, next_one = at.request(ask(1)), at.request(ask(2))

    assert (pending.state, next_one.state) == (State.PENDING, State.WAITLISTED)


def test_a_refused_request_frees_its_place_for_the_next():
    pending = booking(1, State.PENDING)
    at = desk(
        pending,
        booking(2, State.WAITLISTED),
        capacity=1,
        taken=1,
        town=catalogue(activity(approval=True)),
    )

    at.refuse(pending, "Dossier incomplet")
    at.serve()

    assert states(at, 1, 2) == [State.REFUSED, State.PENDING]


def approving(**changed):
    return catalogue(activity(approval=True, **changed))


def test_a_request_that_the_town_sets_aside_leaves_its_place_to_the_first_in_line():
    pending = booking(1, State.PENDING)
    others = booking(2, State.WAITLISTED), booking(3, State.WAITLISTED)
    at = desk(pending, *others, capacity=1, taken=1, town=approving())

    at.set_aside(pending, "Les CM2 d'abord")
    at.serve()

    assert states(at, 1, 2, 3) == [State.WAITLISTED, State.PENDING, State.WAITLISTED]
    assert [p.taken for p in at.changes().places] == []  # one left, one came


def test_whom_the_town_set_aside_is_not_given_the_place_back_by_the_queue():
    """Decision 0035: its ticket is the oldest, so it would be the first in line."""
    pending = booking(1, State.PENDING)
    at = desk(pending, capacity=1, taken=1, town=approving())

    at.set_aside(pending, "Les CM2 d'abord")
    at.serve()

    assert states(at, 1) == [State.WAITLISTED]
    assert [p.taken for p in at.changes().places] == [0]


def test_whom_the_town_set_aside_keeps_its_rank():
    pending = booking(1, State.PENDING)
    at = desk(pending, booking(2, State.WAITLISTED), capacity=0, taken=1, town=approving())

    at.set_aside(pending, "Les CM2 d'abord")

    assert at.rank(at.booking(pending.slot)) == 1


def test_the_family_that_is_set_aside_is_told_why_and_the_town_will_hear():
    pending = booking(1, State.PENDING)
    at = desk(pending, capacity=1, taken=1, town=approving())

    at.set_aside(pending, "Les CM2 d'abord")

    changes = at.changes()
    (notice,) = changes.notices
    assert (notice.kind, notice.params["reason"]) == (Kind.REQUEST_WAITLISTED, "Les CM2 d'abord")
    assert [(m.kind, m.state) for m in changes.movements] == [
        (MovementKind.WAITLISTING, State.WAITLISTED)
    ]


def test_whom_the_town_takes_up_again_has_the_place_and_no_reason_any_more():
    aside = booking(1, State.WAITLISTED, reason="Les CM2 d'abord")
    at = desk(aside, capacity=1, taken=0, town=approving())

    can = at.can_take(aside)
    at.approve(aside)

    taken_up = at.booking(aside.slot)
    assert (can, taken_up.state, taken_up.reason) == (True, State.ACCEPTED, None)
    assert [p.taken for p in at.changes().places] == [1]


def test_whoever_stands_in_line_goes_before_whom_the_town_takes_up_again():
    """B14, decision 0035."""
    aside = booking(1, State.WAITLISTED, reason="Les CM2 d'abord")
    at = desk(aside, booking(2, State.WAITLISTED), capacity=1, taken=0, town=approving())

    at.serve()

    assert not at.can_take(aside)
    assert states(at, 1, 2) == [State.WAITLISTED, State.PENDING]


def test_a_newcomer_may_have_the_place_of_whom_the_town_set_aside():
    aside = booking(1, State.WAITLISTED, reason="Les CM2 d'abord")
    at = desk(aside, capacity=1, taken=0, town=approving())

    newcomer = at.request(ask(2))

    assert newcomer.state is State.PENDING


def test_capacity_never_falls_below_what_is_taken():
    at = desk(booking(1), capacity=3, taken=1)

    assert at.set_capacity((DAY_POOL, DAY), 0).capacity == 1


def test_hours_that_only_touch_do_not_clash():
    other = activity(MORNING, arrival=time(18), departure=time(19))
    at = desk(booking(1), capacity=5, taken=1, town=catalogue(activity(), other))

    assert not at.clashes(Slot(ChildId(1), MORNING, DAY), opening(other))


def test_overlapping_hours_clash_unless_the_town_allows_it():
    other = activity(MORNING, arrival=time(17), departure=time(19))
    allowed = replace(other, may_overlap=True)

    refused = desk(booking(1), capacity=5, taken=1, town=catalogue(activity(), other))
    fine = desk(booking(1), capacity=5, taken=1, town=catalogue(activity(), allowed))

    slot = Slot(ChildId(1), MORNING, DAY)
    assert refused.clashes(slot, opening(other))
    assert not fine.clashes(slot, opening(other))


def test_activities_that_exclude_each_other_clash_whatever_their_hours():
    other = activity(MORNING, arrival=time(18), excludes=frozenset({FULL_DAY}))
    at = desk(booking(1), capacity=5, taken=1, town=catalogue(activity(), other))

    assert at.clashes(Slot(ChildId(1), MORNING, DAY), opening(other))
