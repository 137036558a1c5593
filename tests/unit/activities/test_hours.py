"""B6: which hours may be chosen, and how they are typed."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activities.hours import allows, arrivals, departures, typed
from domain.activities.hours_model import STEPS, Choosing, from_data, to_data
from domain.activities.model import ActivityId, Opening

TUESDAY, WEDNESDAY = date(2026, 12, 1), date(2026, 12, 2)
GUIDE = Choosing(arrivals={1: (time(7), time(7, 30)), 3: (time(7), time(7, 30))})
"""The guide's "07:00 ou 07:30", on some weekdays."""


def opening(day: date = TUESDAY, arrival: time = time(7), departure: time = time(8, 20)):
    return Opening(ActivityId(1), day, True, arrival, departure)  # noqa: FBT003 - as it is read


def test_any_step_of_the_window_is_an_arrival():
    rule = Choosing(step=20)

    assert arrivals(rule, opening()) == (time(7), time(7, 20), time(7, 40), time(8))


def test_the_closing_is_a_departure_whatever_the_step():
    rule = Choosing(step=30)

    assert departures(rule, opening(), time(7, 30)) == (time(8), time(8, 20))


def test_a_weekday_with_slots_has_these_and_no_others():
    assert arrivals(GUIDE, opening()) == (time(7), time(7, 30))
    assert len(arrivals(GUIDE, opening(WEDNESDAY))) == 16


def test_slots_outside_the_opening_of_that_day_are_left_out():
    short = opening(arrival=time(7, 15))

    assert arrivals(GUIDE, short) == (time(7, 30),)


def test_an_end_that_is_not_chosen_is_the_openings_own():
    rule = Choosing(departure=False)

    assert departures(rule, opening(), time(7, 35)) == (time(8, 20),)
    assert departures(rule, opening(), time(8, 20)) == ()
    assert arrivals(Choosing(arrival=False), opening()) == (time(7),)


@pytest.mark.parametrize("rule", [Choosing(), GUIDE, Choosing(arrival=False)])
def test_nobody_leaves_before_coming(rule):
    assert not allows(rule, opening(), time(7, 30), time(7, 30))
    assert not allows(rule, opening(), time(7, 30), time(7))


def test_without_a_rule_the_hours_are_those_of_the_opening():
    assert allows(None, opening(), time(7), time(8, 20))
    assert not allows(None, opening(), time(7, 5), time(8, 20))


@pytest.mark.parametrize(
    "made", [{"step": 7}, {"step": 0}, {"arrival": False, "departure": False}]
)
def test_a_rule_that_lets_nothing_be_chosen_is_refused(made):
    with pytest.raises(ValueError, match="no way"):
        Choosing(**made)


HOURS = st.times(min_value=time(6), max_value=time(8)).map(
    lambda at: at.replace(second=0, microsecond=0)
)


@st.composite
def openings(draw):
    first, last = sorted(draw(st.lists(HOURS, min_size=2, max_size=2, unique=True)))
    return replace(
        opening(draw(st.sampled_from([TUESDAY, WEDNESDAY]))), arrival=first, departure=last
    )


@given(openings(), st.sampled_from([5, 15, 20]), st.booleans())
def test_whatever_may_be_chosen_lies_within_the_opening_and_is_allowed(at, step, slotted):
    rule = replace(GUIDE, step=step) if slotted else Choosing(step=step)

    for arrival in arrivals(rule, at):
        for departure in departures(rule, at, arrival):
            assert at.arrival <= arrival < departure <= at.departure
            assert allows(rule, at, arrival, departure)


@given(openings(), st.sampled_from(STEPS))
def test_a_window_can_always_be_taken_whole(at, step):
    assert allows(Choosing(step=step), at, at.arrival, at.departure)


@pytest.mark.parametrize("rule", [Choosing(), GUIDE, Choosing(step=15, departure=False)])
def test_a_rule_comes_back_from_its_data(rule):
    assert from_data(to_data(rule)) == rule


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("7:35", [time(7, 35)]),
        ("7h35", [time(7, 35)]),
        ("07.35", [time(7, 35)]),
        ("07,35", [time(7, 35)]),
        ("735", [time(7, 35)]),
        ("0735", [time(7, 35)]),
        ("7 h 35", [time(7, 35)]),
        ("7H", [time(7)]),
        ("7", [time(7)]),
        (" 7:35 ", [time(7, 35)]),
        ("7h35 - 16h30", [time(7, 35), time(16, 30)]),
        ("7h35-16h30", [time(7, 35), time(16, 30)]),
        ("7:35 à 16:30", [time(7, 35), time(16, 30)]),
        ("735 1630", [time(7, 35), time(16, 30)]),
        ("٧:٣٥", [time(7, 35)]),
        ("7h35 / 16h", [time(7, 35), time(16)]),
    ],
)
def test_hours_are_read_as_people_type_them(text, hours):
    assert list(typed(text)) == hours


@pytest.mark.parametrize(
    "text", ["", "bonjour", "24:00", "7:60", "7h5", "12345", "7:35 demain", "-", "7:35:00", "⁷"]
)
def test_what_is_no_hour_is_not_guessed(text):
    assert typed(text) == ()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_not_and_never_fails(text):
    assert all(isinstance(at, time) for at in typed(text))


@given(HOURS)
def test_an_hour_that_we_write_is_read_back(at):
    for text in (f"{at:%H:%M}", f"{at.hour}h{at:%M}", f"{at:%H%M}", f"{at.hour}.{at:%M}"):
        assert typed(text) == (at,)
