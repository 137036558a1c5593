"""Day states, the draft over them, and the group buttons (B3, calendar states)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activities.limits import limits
from domain.activities.model import Waitlist
from domain.bookings import rules
from domain.bookings.model import (
    DayFacts,
    DayState,
    DraftLine,
    Reason,
    Span,
    State,
    Wish,
)
from tests.builders import DAY, NOW, activity, booking, catalogue, opening, places

LIMIT = datetime(2026, 11, 30, 8, tzinfo=UTC)  # Monday at 9, two days before the Wednesday
LATE = LIMIT + timedelta(microseconds=1)
LONG_AFTER = LATE + timedelta(days=60)
QUEUE, NO_QUEUE = activity(), activity(waitlist=Waitlist.NONE)
STRUCTURE = catalogue().structures[QUEUE.structure_id]


def view(*, of=QUEUE, now=NOW, capacity=5, taken=0, **facts):
    made = DayFacts(
        opening=facts.pop("opened", opening(of)),
        places=(places(capacity, taken=taken),),
        enrolled=facts.pop("enrolled", True),
        **facts,
    )
    return rules.day_view(made, of, limits(made.opening, of, STRUCTURE), now, resident=True)


def line(wish: Wish) -> DraftLine:
    return DraftLine(booking(1).slot, wish, time(7, 30), time(18))


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        (DayState.CLOSED, {"now": LATE}),
        (DayState.FULL, {"of": NO_QUEUE, "taken": 5}),
        (DayState.FULL, {"of": NO_QUEUE, "capacity": 0}),
        (DayState.AVAILABLE, {}),
        (DayState.AVAILABLE, {"capacity": None, "taken": 900}),
        (DayState.WAITLIST_ONLY, {"taken": 5}),
        (DayState.WAITLIST_ONLY, {"taken": 4, "waiting": 1}),
        (DayState.BOOKED, {"booking": booking(1)}),
        (DayState.WAITING, {"booking": booking(1, State.WAITLISTED)}),
        (DayState.WAITING, {"booking": booking(1, State.REFUSED)}),
        (DayState.WAITING, {"booking": booking(1, State.PENDING)}),
        (DayState.BOOKED_LOCKED, {"booking": booking(1), "now": LATE}),
        (DayState.WAITING_LOCKED, {"booking": booking(1, State.WAITLISTED), "now": LATE}),
    ],
)
def test_each_of_the_eight_states_of_the_guide(state, facts):
    assert view(**facts).state is state


def test_the_last_instant_is_still_in_time():
    assert view(now=LIMIT).state is DayState.AVAILABLE
    assert view(now=LIMIT, booking=booking(1)).state is DayState.BOOKED


def test_a_late_day_says_until_when_it_was_possible():
    late = view(now=LATE)

    assert (late.late, late.book_limit) == (True, LIMIT)


def test_a_day_that_is_not_open_or_not_theirs_is_no_day():
    assert view(opened=opening(is_open=False)) is None
    assert view(enrolled=False) is None


def test_a_booking_is_shown_whatever_became_of_the_opening_or_the_enrolment():
    shown = view(opened=opening(is_open=False), enrolled=False, booking=booking(1))

    assert shown.state is DayState.BOOKED


def test_what_is_left_is_the_smallest_of_the_limits_that_apply():
    facts = DayFacts(
        opening=opening(),
        places=(places(9, taken=2), places(None, taken=50, pool=2), places(4, taken=1, pool=3)),
        enrolled=True,
    )

    assert facts.left == 3


def test_a_drafted_cancellation_means_nothing_once_the_booking_is_gone():
    assert view(line=line(Wish.CANCEL)).wish is None
    assert view(line=line(Wish.BOOK), booking=booking(1)).wish is None


def day(offset: int, **facts):
    of = facts.pop("of", QUEUE)
    return view(of=of, opened=opening(of, DAY + timedelta(days=offset)), **facts)


def test_a_group_books_all_when_its_first_bookable_day_is_not_booked():
    days = [day(0, taken=5), day(1), day(2, booking=booking(1))]

    assert rules.group_wants(days) is True


def test_a_group_cancels_all_when_its_first_bookable_day_is_booked():
    assert rules.group_wants([day(0, booking=booking(1)), day(1)]) is False
    assert rules.group_wants([day(0, line=line(Wish.BOOK)), day(1)]) is False


def test_a_booked_day_marked_for_cancelling_counts_as_not_booked():
    assert rules.group_wants([day(0, booking=booking(1), line=line(Wish.CANCEL))]) is True


def test_a_group_without_a_day_to_change_wants_nothing():
    assert rules.group_wants([day(0, taken=5), day(1, now=LONG_AFTER, booking=booking(1))]) is None


def test_a_group_never_joins_or_leaves_a_queue():
    waiting = day(0, booking=booking(1, State.WAITLISTED))
    for wanted in (True, False):
        assert rules.wish_for(day(0, taken=5), wanted=wanted, single=False) is None
        assert rules.wish_for(waiting, wanted=wanted, single=False) is None


def test_one_day_alone_joins_a_queue_and_leaves_it_even_when_locked():
    locked = day(0, booking=booking(1, State.WAITLISTED), now=LATE)

    assert rules.wish_for(day(0, taken=5), wanted=True, single=True) is Wish.BOOK
    assert rules.wish_for(locked, wanted=False, single=True) is Wish.CANCEL


def test_full_late_and_locked_days_are_never_drafted():
    for shut in (
        day(0, of=NO_QUEUE, taken=5),
        day(0, now=LATE),
        day(0, now=LATE, booking=booking(1)),
    ):
        for wanted in (True, False):
            assert rules.wish_for(shut, wanted=wanted, single=True) is None


def test_why_a_day_was_left_alone():
    assert rules.why_not(day(0, of=NO_QUEUE, taken=5)) is Reason.FULL
    assert rules.why_not(day(0, now=LATE)) is Reason.LATE
    assert rules.why_not(day(0, now=LATE, booking=booking(1))) is Reason.LOCKED


# -- properties ----------------------------------------------------------------------------
any_day = st.builds(
    lambda offset, taken, now, held, wish: day(
        offset,
        taken=taken,
        now=now,
        booking=None if held is None else booking(1, held),
        line=None if wish is None else line(wish),
    ),
    st.integers(0, 30),
    st.sampled_from([0, 5]),
    st.sampled_from([NOW, LONG_AFTER]),
    st.none() | st.sampled_from([State.ACCEPTED, State.WAITLISTED, State.REFUSED, State.PENDING]),
    st.none() | st.sampled_from(list(Wish)),
)


@given(any_day, st.booleans(), st.booleans())
def test_asking_twice_is_asking_once(shown, wanted, single):
    wish = rules.wish_for(shown, wanted=wanted, single=single)
    after = replace(shown, wish=None if wish is Wish.KEEP else wish or shown.wish)

    assert rules.wish_for(after, wanted=wanted, single=single) is None


@given(st.lists(any_day, max_size=31))
def test_after_a_group_tap_the_button_offers_the_opposite(days):
    wanted = rules.group_wants(days)
    if wanted is None:
        return
    after = []
    for shown in days:
        wish = rules.wish_for(shown, wanted=wanted, single=False)
        after.append(replace(shown, wish=None if wish is Wish.KEEP else wish or shown.wish))

    assert rules.group_wants(after) is not wanted
    assert all(d.counts_as_booked is wanted for d in after if d.changeable)


@given(st.permutations([line(Wish.BOOK), line(Wish.CANCEL), line(Wish.KEEP)]))
def test_a_digest_names_the_content_whatever_the_order(lines):
    assert rules.digest(lines) == rules.digest([line(Wish.CANCEL), line(Wish.BOOK)])


def test_drafts_that_differ_in_anything_have_other_digests():
    one = line(Wish.BOOK)
    others = [
        one,
        replace(one, wish=Wish.CANCEL),
        replace(one, arrival=time(8)),
        replace(one, slot=replace(one.slot, day=DAY + timedelta(days=1))),
    ]

    assert len({rules.digest([x]) for x in others}) == len(others)


def test_a_span_holds_its_weekdays_only():
    month = Span(date(2026, 12, 1), date(2026, 12, 31), weekday=2)
    held = [d for d in (date(2026, 12, 1) + timedelta(n) for n in range(40)) if month.holds(d)]

    assert [d.day for d in held] == [2, 9, 16, 23, 30]
    assert all(b - a == timedelta(days=7) for a, b in pairwise(held))


@pytest.mark.parametrize(
    ("wish", "held", "wanted"), [(Wish.BOOK, None, False), (Wish.CANCEL, booking(1), True)]
)
def test_what_was_drafted_in_time_is_taken_back_by_its_own_day_when_it_is_late(wish, held, wanted):
    late = view(now=LATE, line=line(wish), booking=held)

    assert rules.wish_for(late, wanted=wanted, single=True) is Wish.KEEP
    assert not rules.refuses(late, wanted=wanted, single=True)
    assert rules.wish_for(late, wanted=wanted, single=False) is None
