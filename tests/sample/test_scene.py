"""The days that the demo is about are there whatever the date, and the story can be played."""

from datetime import timedelta

import pytest

from bot.sample.activities import OFFERS
from bot.sample.offer import Key
from domain.activities.model import Waitlist
from domain.bookings.desk import Desk, Request
from domain.bookings.model import Slot, State
from domain.calendar.model import PARIS
from domain.calendar.nights import business_date
from domain.notices.model import Kind
from tests.sample.moments import MOMENTS, town_at

every_moment = pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS)


def bookings_of(town, key, day):
    activity = town.town.activities[key]
    return [b for b in town.ledger.bookings if (b.slot.activity_id, b.slot.day) == (activity, day)]


def resident(town, first_name):
    return next(r for r in town.residents if r.kid.first_name == first_name)


def left(town, key, day, first_name="Amalia"):
    return town.ledger.left(key, day, resident(town, first_name))


def waiting(town, key, day):
    return [b for b in bookings_of(town, key, day) if b.state is State.WAITLISTED]


@every_moment
def test_school_activities_are_open_on_school_days_only(now):
    town = town_at(now).town
    calendar = next(iter(town.catalogue.structures.values())).calendar

    for offer in OFFERS:
        for day in town.days[offer.key]:
            assert day.weekday() in offer.weekdays
            assert not calendar.is_public_holiday(day)
            assert calendar.is_school_holiday(day) is offer.in_holidays


@every_moment
def test_the_days_of_the_story_are_in_one_month_and_stay_changeable_for_three_days(now):
    town = town_at(now)
    story = town.agenda.story
    days = {story.few, story.last_place, story.queue, story.closed}

    assert len(days) == 4
    for day in days:
        assert day.replace(day=1) == story.month
        assert town.town.limit(story.key, day) > now + timedelta(days=3)


@every_moment
def test_each_day_of_the_story_has_the_places_it_is_told_with(now):
    town = town_at(now)
    story = town.agenda.story

    assert left(town, story.key, story.few) == 3
    assert left(town, story.key, story.last_place) == 1
    assert left(town, story.key, story.queue) == 0
    assert len(waiting(town, story.key, story.last_place)) == 0
    assert len({b.family_id for b in waiting(town, story.key, story.queue)}) == 2
    assert bookings_of(town, story.key, story.closed) == []


@every_moment
def test_the_family_that_books_has_nothing_that_can_still_change(now):
    town = town_at(now)
    family = resident(town, "Amalia").family_id

    for booking in town.ledger.bookings:
        if booking.family_id == family:
            assert town.town.limit(Key.CANTEEN, booking.slot.day) < now


@every_moment
def test_of_two_children_one_waits_until_another_parent_cancels(now):
    town = town_at(now)
    day, key = town.agenda.story.last_place, town.agenda.story.key
    desk = desk_of(town, day, now)

    paolo, amalia = (ask(desk, town, name, key, day) for name in ("Paolo", "Amalia"))
    waited = amalia.state, desk.rank(amalia)
    desk.cancel(desk.booking(slot_of(town, "Leo", key, day)), resident(town, "Leo").guardian_id)
    desk.serve()

    assert paolo.state is State.ACCEPTED
    assert waited == (State.WAITLISTED, 1)
    assert desk.booking(amalia.slot).state is State.ACCEPTED
    told = [(n.kind, n.family_id) for n in desk.changes().notices]
    assert told == [(Kind.PLACE_GIVEN, amalia.family_id)]


@every_moment
def test_a_day_is_full_without_a_waitlist(now):
    town = town_at(now)

    assert town.town.activity(Key.APS_EVENING).waitlist is Waitlist.NONE
    assert left(town, Key.APS_EVENING, town.agenda.aps_full) == 0


@every_moment
def test_wednesday_mornings_of_the_small_ones_have_a_waitlist_only(now):
    town = town_at(now)

    assert len(town.agenda.small_queues) == 2
    for day in town.agenda.small_queues:
        assert left(town, Key.SMALL_WEDNESDAY, day, "Paolo") == 0
        assert waiting(town, Key.SMALL_WEDNESDAY, day)


@every_moment
def test_a_whole_wednesday_is_full_while_its_morning_is_not(now):
    town = town_at(now)
    day = town.agenda.shared

    assert left(town, Key.WEDNESDAY, day) == 0
    assert left(town, Key.WEDNESDAY_MORNING, day) > 0


@every_moment
def test_some_day_of_this_week_or_the_next_is_open_and_too_late_to_book(now):
    town = town_at(now).town
    today = now.astimezone(PARIS).date()

    late = [
        (key, day)
        for key, days in town.days.items()
        for day in days
        if today <= day <= today + timedelta(days=7)
        and town.catalogue.limits(town.opening(key, day)).book < now
    ]

    assert late


@every_moment
def test_one_request_waits_for_the_town_and_one_was_refused(now):
    town = town_at(now)

    states = [b.state for day in town.agenda.requests for b in bookings_of(town, Key.CIRCUS, day)]

    assert states == [State.PENDING, State.REFUSED]


@every_moment
def test_past_days_are_booked_and_some_night_has_heard_of_them(now):
    town = town_at(now)
    past = {b.slot for b in town.ledger.bookings if b.slot.day < town.town.window.today}

    heard = {
        movement.slot
        for night in town.ledger.nights
        if night <= business_date(now)
        for movement in town.ledger.changes(night).movements
    }

    assert past
    assert past <= heard


@every_moment
def test_some_requests_were_made_since_last_night(now):
    town = town_at(now)

    fresh = [b for day in town.agenda.fresh for b in bookings_of(town, Key.HOLIDAYS, day)]
    asked = town.ledger.changes(business_date(now) + timedelta(days=1)).movements

    assert {m.slot for m in asked} <= {b.slot for b in fresh}
    assert len(asked) == len(town.agenda.fresh)


@pytest.mark.parametrize(
    ("first_name", "key", "price"),
    [
        ("Leo", Key.CANTEEN, "2.71"),
        ("Amalia", Key.CANTEEN, "2.80"),
        ("Lenny", Key.CANTEEN, "3.50"),
        ("Antonin", Key.CANTEEN, "4.22"),
        ("Finn", Key.CANTEEN, "4.22"),
        ("Antonin", Key.MORNING, "0.96"),
        ("Antonin", Key.EVENING, "0.64"),
        ("Lenny", Key.APS_MORNING, "1.12"),
        ("Lenny", Key.APS_EVENING, "2.13"),
        ("Leyah", Key.WEDNESDAY, "24.87"),
        ("Marina", Key.HOLIDAYS, "5.21"),
    ],
)
def test_prices_are_those_of_the_guide(first_name, key, price):
    town = town_at(MOMENTS["a Monday of November"])
    child, activity = resident(town, first_name).child_id, town.town.activities[key]

    prices = {
        str(b.price)
        for b in town.ledger.bookings
        if (b.slot.child_id, b.slot.activity_id) == (child, activity)
    }

    assert prices == {price}


def desk_of(town, day, now):
    return Desk(
        catalogue=town.town.catalogue,
        places={(p.pool_id, p.day): p for p in town.ledger.places if p.day == day},
        bookings=[b for b in town.ledger.bookings if b.slot.day == day],
        now=now,
    )


def slot_of(town, first_name, key, day):
    return Slot(resident(town, first_name).child_id, town.town.activities[key], day)


def ask(desk, town, first_name, key, day):
    asking = resident(town, first_name)
    return desk.request(
        Request(
            slot=slot_of(town, first_name, key, day),
            opening=town.town.opening(key, day),
            family_id=asking.family_id,
            guardian_id=asking.guardian_id,
            price=town.town.activity(key).tariffs[0].amount,
            group=asking.group,
        )
    )
