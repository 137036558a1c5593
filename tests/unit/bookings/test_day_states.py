"""B4: the nine states of a day over all activities, for every pair of states and more."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.day_states import OverallState as Day
from domain.bookings.day_states import overall
from domain.bookings.model import DayState as One

NAMES = {
    "C": One.CLOSED,
    "F": One.FULL,
    "A": One.AVAILABLE,
    "O": One.WAITLIST_ONLY,
    "B": One.BOOKED,
    "W": One.WAITING,
    "L": One.BOOKED_LOCKED,
    "K": One.WAITING_LOCKED,
}
PAIRS = {
    "CC": Day.CLOSED,
    "CF": Day.FULL,
    "CA": Day.AVAILABLE,
    "CO": Day.WAITLIST_ONLY,
    "CB": Day.BOOKED,
    "CW": Day.WAITING,
    "CL": Day.BOOKED_LOCKED,
    "CK": Day.WAITING_LOCKED,
    "FF": Day.FULL,
    "FA": Day.AVAILABLE,
    "FO": Day.WAITLIST_ONLY,
    "FB": Day.BOOKED,
    "FW": Day.WAITING,
    "FL": Day.BOOKED_LOCKED,
    "FK": Day.WAITING_LOCKED,
    "AA": Day.AVAILABLE,
    "AO": Day.AVAILABLE,
    "AB": Day.BOOKED,
    "AW": Day.MIXED,
    "AL": Day.BOOKED,
    "AK": Day.MIXED,
    "OO": Day.WAITLIST_ONLY,
    "OB": Day.BOOKED,
    "OW": Day.MIXED,
    "OL": Day.BOOKED,
    "OK": Day.MIXED,
    "BB": Day.BOOKED,
    "BW": Day.MIXED,
    "BL": Day.BOOKED,
    "BK": Day.MIXED,
    "WW": Day.WAITING,
    "WL": Day.MIXED,
    "WK": Day.WAITING,
    "LL": Day.BOOKED_LOCKED,
    "LK": Day.MIXED,
    "KK": Day.WAITING_LOCKED,
}
ACTS = {One.AVAILABLE, One.WAITLIST_ONLY, One.BOOKED, One.WAITING, One.WAITING_LOCKED}


def test_every_pair_is_in_the_table():
    assert len(PAIRS) == len(list(combinations_with_replacement(One, 2)))
    assert {frozenset(pair) for pair in PAIRS} == {
        frozenset(pair) for pair in combinations_with_replacement(NAMES, 2)
    }


@pytest.mark.parametrize(("pair", "expected"), PAIRS.items())
def test_a_day_of_two_activities(pair, expected):
    first, second = (NAMES[letter] for letter in pair)

    assert overall([first, second]) is expected
    assert overall([second, first]) is expected


def test_a_day_of_nothing_is_closed():
    assert overall([]) is Day.CLOSED


@given(st.lists(st.sampled_from(One), min_size=1), st.randoms())
def test_neither_order_nor_repetition_matters(states, random):
    shuffled = [*states, *states]
    random.shuffle(shuffled)

    assert overall(shuffled) is overall(states)


@given(st.lists(st.sampled_from(One), min_size=1))
def test_a_day_where_nothing_can_be_done_is_never_shown_as_one_that_can(states):
    can = bool(ACTS & set(states))

    shown = overall(states)

    assert can is (shown not in {Day.CLOSED, Day.FULL, Day.BOOKED_LOCKED})
