"""The sample town's bookings are coherent, whatever the date."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.model import PARIS
from tests.sample import invariants
from tests.sample.moments import MOMENTS, town_at

every_moment = pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS)


@every_moment
def test_taken_places_are_the_held_ones_and_never_too_many(now):
    invariants.taken_is_what_is_held(town_at(now))


@every_moment
def test_no_child_is_in_two_places(now):
    invariants.no_child_is_in_two_places(town_at(now))


@every_moment
def test_tickets_are_one_order_of_requests(now):
    invariants.tickets_are_one_order(town_at(now))


@every_moment
def test_nobody_waits_for_a_place_that_is_free(now):
    invariants.who_waits_lacks_a_place(town_at(now))


@every_moment
def test_every_request_was_in_time_and_one_night_hears_of_it(now):
    invariants.every_request_was_in_time_and_is_told_once(town_at(now), now)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    st.datetimes(
        datetime(2018, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        datetime(2031, 12, 31),  # noqa: DTZ001
        timezones=st.just(PARIS),
    )
)
def test_any_date_makes_a_coherent_town_with_a_story(now):
    town = town_at(now)

    invariants.taken_is_what_is_held(town)
    invariants.no_child_is_in_two_places(town)
    invariants.tickets_are_one_order(town)
    invariants.who_waits_lacks_a_place(town)
    invariants.every_request_was_in_time_and_is_told_once(town, now)
    assert town.agenda.story.month >= now.date().replace(day=1)
