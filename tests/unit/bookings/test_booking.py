"""From the first tap to the receipt, over fakes (B2, B3, B7, B12-B17)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.activities.model import Waitlist
from domain.audit.model import Actor
from domain.bookings.errors import (
    DayOver,
    EmptyDraft,
    NoQueue,
    NotCancellable,
    NotPending,
    OfferGone,
    StaleRecap,
)
from domain.bookings.model import DayState, Reason, Result, Slot, Span, State, Wish
from domain.calendar.deadline_rules import HoursBefore
from domain.calendar.model import PARIS
from domain.errors import NotFound
from domain.families.model import FamilyId, Guardian, GuardianId
from domain.notices.model import Kind
from domain.staff.acts import StaffAct
from tests.builders import (
    DAY,
    DAY_POOL,
    FULL_DAY,
    MORNING,
    TOWN,
    activity,
    tariff,
)
from tests.unit.bookings.conftest import build_world

NEXT = DAY + timedelta(days=7)


def told(world, kind: Kind) -> list[int]:
    """Guardians who were told, once each however many channels."""
    return sorted({n.guardian_id for n in world.town.notices if n.kind is kind})


async def test_a_tapped_day_is_drafted_and_books_nothing(world):
    view = await world.mark(1)

    assert [d.wish for d in view.days] == [Wish.BOOK]
    assert view.drafted == 1
    assert world.booking(1) is None


async def test_what_is_not_validated_holds_no_place_and_nobody_hears_of_it(world):
    await world.mark(1)
    await world.show_recap(world.who(1))
    others = await world.book(2)  # the last place

    await world.run_night(date(2026, 11, 24))

    assert [o.result for o in others.outcomes] == [Result.ACCEPTED]
    assert {m.family_id for m in world.town.movements} == {2}
    assert {n.guardian_id for n in world.town.notices if n.kind is Kind.NIGHTLY_REPORT} == {2}
    assert (await world.follow_up(world.who(1), 1)).lines == ()


async def test_the_same_button_pressed_twice_drafts_once(world):
    await world.mark(1)

    again = await world.mark(1)

    assert (again.unchanged, again.drafted) == (True, 1)


async def test_a_day_can_be_taken_back_before_it_counts(world):
    await world.mark(1)

    view = await world.mark(1, wanted=False)

    assert (view.drafted, [d.wish for d in view.days]) == (0, [None])
    with pytest.raises(EmptyDraft):
        await world.show_recap(world.who(1))


async def test_a_month_button_books_all_and_says_what_it_left_alone():
    days = [date(2026, 12, d) for d in (2, 9, 16, 23)]
    world = build_world(activity(), days=days, capacity=1)
    await world.book(2, days[1])

    month = Span(date(2026, 12, 1), date(2026, 12, 31))
    view = await world.mark_days(world.who(1), 1, FULL_DAY, month, wanted=True)

    assert [d.day.day for d in view.days if d.wish] == [2, 16, 23]
    assert [(s.day.day, s.reason) for s in view.skipped] == [(9, Reason.FULL)]


async def test_another_familys_child_is_as_unknown_as_no_child(world):
    for child in (2, 999):
        with pytest.raises(NotFound):
            await world.mark(1, child=child)


async def test_the_recap_shows_what_it_costs_and_the_receipt_what_became_of_it(world):
    world.town.data.wallet(1, 1, TOWN, "Services Scolaires et ALSH", "171.80")
    await world.mark(1)

    recap = await world.show_recap(world.who(1))
    receipt = await world.confirm(world.who(1), recap.round, recap.digest)

    assert f"{recap.booked_total}" == "24.87"
    assert [(e.balance + e.change).to_eng_string() for e in recap.effects] == ["146.93"]
    assert [o.result for o in receipt.outcomes] == [Result.ACCEPTED]
    assert world.booking(1).state is State.ACCEPTED


async def test_a_second_tap_on_confirm_gives_the_same_receipt_and_does_nothing(world):
    await world.mark(1)
    recap = await world.show_recap(world.who(1))
    first = await world.confirm(world.who(1), recap.round, recap.digest)

    second = await world.confirm(world.who(1), recap.round, recap.digest)

    assert second == first
    assert len(world.town.movements) == 1


async def test_a_recap_that_is_no_longer_true_is_shown_again_instead_of_confirmed(world):
    await world.mark(1)
    recap = await world.show_recap(world.who(1))
    await world.mark(1, wanted=False)
    await world.mark(1, NEXT)

    with pytest.raises((StaleRecap, EmptyDraft)):
        await world.confirm(world.who(1), recap.round, recap.digest)

    assert world.booking(1) is None


async def test_the_same_days_drafted_again_later_are_a_new_confirmation(world):
    await world.book(1)
    await world.mark(1, wanted=False)
    await world.validate(1)

    receipt = await world.book(1)

    assert [o.result for o in receipt.outcomes] == [Result.ACCEPTED]
    assert [r.round for r in world.receipts] == [1, 2, 3]


async def test_a_place_lost_between_recap_and_confirm_becomes_a_rank_in_the_queue(world):
    await world.mark(1)
    recap = await world.show_recap(world.who(1))
    await world.book(2)

    receipt = await world.confirm(world.who(1), recap.round, recap.digest)

    assert [(o.result, o.rank) for o in receipt.outcomes] == [(Result.WAITLISTED, 1)]


async def test_a_deadline_that_passes_between_recap_and_confirm_is_said_with_its_limit(world):
    await world.mark(1)
    recap = await world.show_recap(world.who(1))
    world.pass_by(days=8)

    receipt = await world.confirm(world.who(1), recap.round, recap.digest)

    (outcome,) = receipt.outcomes
    assert (outcome.result, outcome.reason) == (Result.NOT_PROCESSED, Reason.LATE)
    assert outcome.limit.isoformat() == "2026-11-30T08:00:00+00:00"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data.open(FULL_DAY, DAY, is_open=False), Reason.CLOSED),
        (lambda data: data.openings.clear(), Reason.CLOSED),
        (lambda data: data.enrolments.clear(), Reason.NOT_ENROLLED),
        (lambda data: data.kinship.discard((FamilyId(1), 1)), Reason.NOT_ENROLLED),
    ],
)
async def test_every_rule_is_checked_again_at_confirmation(world, spoil, reason):
    await world.mark(1)
    recap, who = await world.show_recap(world.who(1)), world.who(1)
    spoil(world.town.data)

    receipt = await world.confirm(who, recap.round, recap.digest)

    assert [o.reason for o in receipt.outcomes] == [reason]
    assert world.booking(1) is None


async def test_a_full_day_without_a_queue_is_not_processed():
    world = build_world(activity(waitlist=Waitlist.NONE))
    await world.mark(1)
    await world.book(2)

    receipt = await world.validate(1)

    assert [o.reason for o in receipt.outcomes] == [Reason.FULL]


async def test_a_day_without_a_tariff_is_not_booked_for_nothing():
    dated = replace(tariff(1, "5.00"), valid_from=date(2030, 1, 1))
    world = build_world(activity(tariffs=(dated,)))

    receipt = await world.book(1)

    assert [o.reason for o in receipt.outcomes] == [Reason.NO_TARIFF]


async def test_cancelling_frees_the_place_for_the_first_in_line_before_any_newcomer(world):
    await world.book(1)
    await world.book(2)
    await world.book(3)

    await world.cancel_booking(world.who(1), world.booking(1).id)

    assert [world.booking(f) and world.booking(f).state for f in (1, 2, 3)] == [
        None,
        State.ACCEPTED,
        State.WAITLISTED,
    ]
    assert told(world, Kind.PLACE_GIVEN) == [2]


async def test_cancellations_of_a_draft_come_before_its_bookings(world):
    world = build_world(activity(), families=1, capacity=1)
    world.town.data.child(FamilyId(1), 7)
    world.town.data.enrol(7, FULL_DAY)
    await world.book(1)
    await world.mark(1, wanted=False)
    await world.mark(1, child=7)

    receipt = await world.validate(1)

    assert [o.result for o in receipt.outcomes] == [Result.CANCELLED, Result.ACCEPTED]


async def test_cancelling_after_the_deadline_is_refused_with_the_limit(world):
    await world.book(1)
    world.pass_by(days=8)

    with pytest.raises(NotCancellable) as refused:
        await world.cancel_booking(world.who(1), world.booking(1).id)

    assert refused.value.params["limit"].isoformat() == "2026-11-30T08:00:00+00:00"


async def test_a_queue_can_be_left_even_after_the_deadline(world):
    await world.book(1)
    await world.book(2)
    world.pass_by(days=8)

    await world.cancel_booking(world.who(2), world.booking(2).id)

    assert world.booking(2) is None


async def test_cancelling_twice_is_cancelling_once(world):
    await world.book(1)
    booking = world.booking(1).id
    await world.cancel_booking(world.who(1), booking)

    again = await world.cancel_booking(world.who(1), booking)

    assert again.state is State.CANCELLED


async def test_another_family_cannot_cancel(world):
    await world.book(1)

    with pytest.raises(NotFound):
        await world.cancel_booking(world.who(2), world.booking(1).id)

    assert world.booking(1).state is State.ACCEPTED


async def test_what_was_never_transmitted_is_erased_with_its_cancellation(world):
    """B15: erased from the transmission, not from the history."""
    await world.book(1)

    await world.cancel_booking(world.who(1), world.booking(1).id)

    assert world.town.movements == []
    assert len(world.town.data.movements) == 2


async def test_what_was_transmitted_is_cancelled_in_a_later_night(world):
    await world.book(1)
    await world.run_night(date(2026, 11, 24))
    await world.cancel_booking(world.who(1), world.booking(1).id)

    await world.run_night(date(2026, 11, 25))

    sent = [t.movements for t in world.town.data.transmissions.values()]
    assert sent == [1, 1]


async def test_a_night_is_never_done_twice(world):
    await world.book(1)
    night = date(2026, 11, 24)
    await world.run_night(night)
    reports = [n for n in world.town.notices if n.kind is Kind.NIGHTLY_REPORT]

    await world.run_night(night)

    assert [n for n in world.town.notices if n.kind is Kind.NIGHTLY_REPORT] == reports
    assert len(world.town.data.transmissions) == 1


@pytest.fixture
def offering():
    return build_world(activity(waitlist=Waitlist.OFFERED, offer_minutes=60))


async def offered_to(world, *families: int) -> None:
    """Family 1 holds the only place and gives it back; the others wait, in order."""
    for family in (1, *families):
        await world.book(family)
    await world.cancel_booking(world.who(1), world.booking(1).id)


async def test_an_offered_place_is_taken_with_one_tap(offering):
    await offered_to(offering, 2)
    booking = offering.booking(2)

    taken = await offering.answer_offer(offering.who(2), booking.id, accept=True)
    again = await offering.answer_offer(offering.who(2), booking.id, accept=True)

    assert (taken.state, again.state) == (State.ACCEPTED, State.ACCEPTED)
    assert told(offering, Kind.PLACE_OFFERED) == [2]


async def test_a_declined_offer_goes_to_the_next(offering):
    await offered_to(offering, 2, 3)

    await offering.answer_offer(offering.who(2), offering.booking(2).id, accept=False)

    assert offering.booking(2) is None
    assert offering.booking(3).state is State.OFFERED


async def test_silence_passes_the_offer_on(offering):
    await offered_to(offering, 2, 3)
    missed = offering.booking(2).id
    offering.pass_by(minutes=61)

    lapsed = await offering.lapse_offers()

    assert lapsed == 1
    assert offering.booking(3).state is State.OFFERED
    assert told(offering, Kind.OFFER_LAPSED) == [2]
    with pytest.raises(OfferGone):
        await offering.answer_offer(offering.who(2), missed, accept=True)


async def test_an_answer_after_the_hour_is_too_late_even_before_the_tick(offering):
    await offered_to(offering, 2)
    offering.pass_by(minutes=61)

    with pytest.raises(OfferGone):
        await offering.answer_offer(offering.who(2), offering.booking(2).id, accept=True)


async def test_the_last_second_of_an_offer_is_in_time(offering):
    await offered_to(offering, 2)
    offering.pass_by(minutes=60)

    taken = await offering.answer_offer(offering.who(2), offering.booking(2).id, accept=True)

    assert taken.state is State.ACCEPTED


async def test_a_request_waits_for_the_town_and_is_answered():
    world = build_world(activity(approval=True), capacity=1)
    await world.book(1)
    await world.book(2)

    await world.decide(world.booking(1).id, accept=False, by="mairie", reason="Dossier incomplet")
    await world.decide(world.booking(2).id, accept=True, by="mairie")

    assert world.booking(1).state is State.REFUSED
    assert world.booking(2).state is State.ACCEPTED
    assert told(world, Kind.REQUEST_REFUSED) == [1]
    assert told(world, Kind.REQUEST_ACCEPTED) == [2]
    with pytest.raises(NotPending):
        await world.decide(world.booking(2).id, accept=False, by="mairie", reason="trop tard")


async def test_a_request_whose_service_began_can_only_be_refused():
    world = build_world(activity(approval=True), capacity=1)
    await world.book(1)
    request = world.booking(1).id
    world.now = datetime(2026, 12, 2, 7, 30, tzinfo=PARIS)

    with pytest.raises(DayOver):
        await world.decide(request, accept=True, by="mairie")
    with pytest.raises(DayOver):
        await world.set_aside(request, "plus tard", by="mairie")
    await world.decide(request, accept=False, by="mairie", reason="trop tard")

    assert world.booking(1).state is State.REFUSED
    assert told(world, Kind.REQUEST_ACCEPTED) == []


async def test_who_answered_a_request_is_in_the_log_once():
    world = build_world(activity(approval=True), capacity=1)
    await world.book(1)
    request = world.booking(1).id

    for _ in range(2):
        await world.decide(request, accept=True, by="mairie")
    with pytest.raises(NotPending):
        await world.decide(request, accept=False, by="autre", reason="trop tard")

    (entry,) = world.town.data.audit.values()
    assert (entry.at, entry.actor, entry.what) == (
        world.now,
        Actor.STAFF,
        StaffAct.REQUEST_ACCEPTED,
    )
    assert entry.details == {
        "booking": request,
        "by": "mairie",
        "before": "pending",
        "after": "accepted",
    }


async def test_a_request_that_is_set_aside_waits_until_the_town_takes_it_up_again():
    world = build_world(activity(approval=True), capacity=1)
    await world.book(1)
    await world.book(2)

    await world.set_aside(world.booking(1).id, "Les CM2 d'abord", by="mairie")
    await world.set_aside(world.booking(1).id, "Les CM2 d'abord", by="mairie")
    await world.serve_queues()

    assert [world.booking(1).state, world.booking(2).state] == [State.WAITLISTED, State.PENDING]
    assert told(world, Kind.REQUEST_WAITLISTED) == [1]


async def test_what_was_answered_cannot_be_set_aside():
    world = build_world(activity(approval=True), capacity=1)
    await world.book(1)
    await world.decide(world.booking(1).id, accept=True, by="mairie")

    with pytest.raises(NotPending):
        await world.set_aside(world.booking(1).id, "Les CM2 d'abord", by="mairie")


async def test_without_a_waitlist_nothing_is_set_aside():
    world = build_world(activity(approval=True, waitlist=Waitlist.NONE), capacity=1)
    await world.book(1)

    with pytest.raises(NoQueue):
        await world.set_aside(world.booking(1).id, "Les CM2 d'abord", by="mairie")


async def test_two_officers_cannot_both_give_the_last_place():
    world = build_world(activity(approval=True), capacity=1)
    await world.book(1)
    await world.book(2)

    with pytest.raises(NotPending):
        await world.decide(world.booking(2).id, accept=True, by="mairie")


async def test_a_closed_day_ends_every_booking_and_every_family_hears_it(world):
    await world.book(1)
    await world.book(2)

    ended = await world.close_day(FULL_DAY, DAY)

    assert ended == 2
    assert (world.booking(1), world.booking(2)) == (None, None)
    assert told(world, Kind.DAY_CLOSED) == [1, 2]
    assert await world.close_day(FULL_DAY, DAY) == 0


async def test_a_closed_day_is_told_by_what_each_family_had_there():
    world = build_world(activity(approval=True), capacity=2)
    for family in (1, 2, 3):
        await world.book(family)
    await world.decide(world.booking(1).id, accept=True, by="mairie")

    await world.close_day(FULL_DAY, DAY)

    was = {n.guardian_id: n.params["was"] for n in world.town.notices if n.kind is Kind.DAY_CLOSED}
    assert was == {1: "accepted", 2: "pending", 3: "waitlisted"}


async def test_whoever_was_refused_hears_nothing_of_a_closed_day():
    world = build_world(activity(approval=True), capacity=1)
    await world.book(1)
    await world.decide(world.booking(1).id, accept=False, by="mairie", reason="Complet")

    ended = await world.close_day(FULL_DAY, DAY)

    assert ended == 0
    assert world.booking(1).state is State.REFUSED
    assert told(world, Kind.DAY_CLOSED) == []


async def test_closing_one_activity_serves_those_who_wait_for_the_shared_places():
    morning = activity(MORNING, draws=activity().draws)
    world = build_world(activity(), morning)
    await world.book(1)
    await world.book(2, activity=MORNING)

    await world.close_day(FULL_DAY, DAY)

    assert world.booking(2, activity=MORNING).state is State.ACCEPTED


async def test_a_child_may_wait_elsewhere_while_its_other_bookings_change():
    """Those places were not read, and are nobody's business here."""
    world = build_world(activity(), activity(MORNING, may_overlap=True))
    await world.book(2, activity=MORNING)
    await world.book(1, activity=MORNING)
    await world.book(1)
    await world.mark(1, wanted=False)

    receipt = await world.validate(1)

    assert [outcome.result for outcome in receipt.outcomes] == [Result.CANCELLED]
    assert world.booking(1, activity=MORNING).state is State.WAITLISTED


async def test_more_places_serve_the_queue(world):
    for family in (1, 2, 3):
        await world.book(family)

    await world.change_capacity(DAY_POOL, DAY, 2)

    assert [world.booking(f).state for f in (1, 2, 3)] == [
        State.ACCEPTED,
        State.ACCEPTED,
        State.WAITLISTED,
    ]


async def test_fewer_places_stop_at_what_is_taken(world):
    await world.book(1)

    assert (await world.change_capacity(DAY_POOL, DAY, 0)).capacity == 1


async def test_a_child_of_two_families_is_booked_once(world):
    """A11: each family sees its own; the slot is taken all the same."""
    world.town.data.child(FamilyId(2), 1)
    await world.mark(2, child=1)
    await world.book(1)

    receipt = await world.validate(2)

    assert [o.reason for o in receipt.outcomes] == [Reason.OTHER_FAMILY]


async def test_what_the_other_family_asked_is_shown_as_taken_and_no_more(world):
    world.town.data.child(FamilyId(2), 1)
    await world.book(1)

    (day,) = (await world.mark(2, child=1)).days

    assert (day.state, day.elsewhere, day.booking) == (DayState.CLOSED, True, None)


async def test_a_tap_on_a_day_of_the_other_family_says_why_it_changes_nothing(world):
    world.town.data.child(FamilyId(2), 1)
    await world.book(1)

    view = await world.mark(2, child=1)

    assert [skipped.reason for skipped in view.skipped] == [Reason.OTHER_FAMILY]
    assert view.drafted == 0


async def test_who_asked_is_told_where_a_family_has_several_guardians(world):
    world.town.data.guardian(Guardian(GuardianId(11), FamilyId(1), "M.", "Samir", "DUPONT"))
    await world.book(1)

    view = await world.follow_up(world.who(1), 1)

    assert [line.asked_by for line in view.lines] == ["Anne"]


async def test_a_single_guardian_is_not_told_who_asked(world):
    await world.book(1)

    view = await world.follow_up(world.who(1), 1)

    assert [line.asked_by for line in view.lines] == [None]


async def test_the_other_family_cannot_cancel_what_it_does_not_pay(world):
    world.town.data.child(FamilyId(2), 1)
    await world.book(1)

    with pytest.raises(NotFound):
        await world.cancel_booking(world.who(2), world.booking(1).id)


async def test_overlapping_hours_are_refused_at_confirmation():
    world = build_world(activity(), activity(MORNING), capacity=None)
    await world.mark(1)
    await world.mark(1, activity=MORNING)

    receipt = await world.validate(1)

    assert [o.reason for o in receipt.outcomes] == [None, Reason.CLASH]


async def test_the_follow_up_shows_rank_total_and_what_can_be_cancelled(world):
    await world.book(1)
    await world.book(2)

    first, second = await world.follow_up(world.who(1), 1), await world.follow_up(world.who(2), 1)

    assert [(x.rank, x.can_cancel) for x in first.lines] == [(None, True)]
    assert f"{first.accepted_total}" == "24.87"
    assert [(x.rank, x.waiting) for x in second.lines] == [(1, 1)]
    assert f"{second.accepted_total}" in {"0", "0.00"}


async def test_an_untouched_draft_lapses_with_a_word_to_its_owner(world):
    await world.mark(1)
    world.pass_by(hours=25)

    assert await world.lapse_drafts() == 1
    assert await world.lapse_drafts() == 0

    assert told(world, Kind.DRAFT_LAPSED) == [1]
    with pytest.raises(EmptyDraft):
        await world.show_recap(world.who(1))


async def test_a_draft_is_emptied_or_undone_line_by_line():
    world = build_world(activity(), days=(DAY, NEXT))
    await world.mark(1, DAY)
    await world.mark(1, NEXT)

    await world.undo_line(world.who(1), Slot(1, FULL_DAY, DAY))
    left = await world.show_recap(world.who(1))
    await world.clear_draft(world.who(1))

    assert [x.slot.day for x in left.bookings] == [NEXT]
    with pytest.raises(EmptyDraft):
        await world.show_recap(world.who(1))


async def test_the_calendar_shows_a_queue_as_a_queue(world):
    await world.book(1)

    view = await world.show_month(world.who(2), 2, FULL_DAY, DAY)

    assert [(d.state, d.left) for d in view.days] == [(DayState.WAITLIST_ONLY, 0)]


async def test_details_give_price_and_exact_limits(world):
    details = await world.show_details(world.who(1), 1, FULL_DAY, DAY)

    assert f"{details.price}" == "24.87"
    assert [d.book_limit.isoformat() for d in details.next_days] == ["2026-11-30T08:00:00+00:00"]


async def test_only_what_the_child_is_enrolled_in_is_offered():
    world = build_world(activity(), activity(MORNING, name="Accueil"))
    world.town.data.enrolments = [e for e in world.town.data.enrolments if e.child_id != 2]
    await world.mark(1)

    mine = await world.list_activities(world.who(1), 1)

    assert [(c.activity.name, c.drafted) for c in mine] == [("Accueil", 0), ("Activité 1", 1)]
    assert await world.list_activities(world.who(2), 2) == ()


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (datetime(2026, 12, 28, 8, 0, tzinfo=UTC), 12),  # the last Wednesday's limit itself
        (datetime(2026, 12, 28, 8, 1, tzinfo=UTC), 1),
    ],
)
async def test_a_calendar_opens_on_the_next_month_when_nothing_is_left_in_this(now, month):
    world = build_world(activity())
    world.now = now

    (mine,) = await world.list_activities(world.who(1), 1)

    assert (mine.opens.month, mine.opens.day) == (month, 1)


async def test_a_calendar_opens_on_this_month_as_long_as_a_booking_could_be_cancelled():
    world = build_world(activity(cancel_by=HoursBefore(1)))
    world.now = datetime(2026, 12, 29, 8, tzinfo=UTC)

    (mine,) = await world.list_activities(world.who(1), 1)

    assert mine.opens == date(2026, 12, 1)
