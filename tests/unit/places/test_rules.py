"""Where somebody stands who was moved in a queue (S5, decision 0030)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.model import State
from domain.places.errors import NoRoom, NotANumber, NotInLine, ReasonNeeded
from domain.places.rules import capacity_of, checked_reason, turns
from tests.builders import booking


def waiter(number: int, **changed):
    return booking(number, State.WAITLISTED, **changed)


def moved(queue, changes):
    to = {one.booking: one.turn for one in changes}
    renewed = [replace(one, turn=to.get(one.id, one.turn)) for one in queue]
    return sorted(renewed, key=lambda one: one.order)


def ids(line):
    return [one.id for one in line]


@pytest.mark.parametrize(
    ("who", "rank", "line"),
    [
        (3, 1, [3, 1, 2, 4]),
        (4, 2, [1, 4, 2, 3]),
        (1, 4, [2, 3, 4, 1]),
        (1, 3, [2, 3, 1, 4]),
        (1, 99, [2, 3, 4, 1]),
        (2, 2, [1, 2, 3, 4]),
    ],
)
def test_whoever_is_moved_comes_at_that_rank(who, rank, line):
    queue = [waiter(n) for n in (1, 2, 3, 4)]

    assert ids(moved(queue, turns(queue, [], queue[who - 1], rank))) == line


def test_one_number_is_written_and_nobody_elses():
    queue = [waiter(n) for n in (1, 2, 3, 4)]

    assert ids_of(turns(queue, [], queue[3], 1)) == [4]
    assert turns(queue, [], queue[1], 2) == []


def ids_of(changes):
    return [one.booking for one in changes]


def test_siblings_who_wait_together_move_together():
    queue = [waiter(1), waiter(2), waiter(3, together=3), waiter(4, together=3)]

    line = moved(queue, turns(queue, [], queue[3], 1))

    assert ids(line) == [3, 4, 1, 2]


def test_those_of_a_linked_activity_keep_their_place_towards_each_other():
    queue, other = [waiter(1), waiter(3), waiter(5)], waiter(2)

    (turn,) = turns(queue, [other], queue[2], 2)

    assert other.order < turn.turn < queue[1].order


def test_who_comes_later_asks_behind_whoever_was_moved_last():
    queue = [waiter(1), waiter(2)]

    (turn,) = turns(queue, [], queue[0], 2)

    assert queue[1].order < turn.turn < waiter(3).order


def test_who_waits_no_more_is_not_moved():
    with pytest.raises(NotInLine):
        turns([waiter(1)], [], waiter(2), 1)


def test_some_twenty_moves_to_the_same_spot_have_room_and_then_it_is_said():
    queue = [waiter(n) for n in range(1, 40)]
    for _ in range(19):
        queue = moved(queue, turns(queue, [], queue[-1], 2))
    crowded = queue
    for _ in range(2):
        crowded = _moved_where_there_is_room(crowded)

    with pytest.raises(NoRoom):
        turns(crowded, [], crowded[-1], 2)


def _moved_where_there_is_room(queue):
    try:
        return moved(queue, turns(queue, [], queue[-1], 2))
    except NoRoom:
        return queue


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(1, 8)), max_size=12))
def test_any_moves_give_the_order_that_was_asked_for(moves):
    queue = [waiter(n) for n in range(1, 9)]
    wanted = ids(queue)
    for nth, rank in moves:
        who = queue[nth]
        wanted.remove(who.id)
        wanted.insert(rank - 1, who.id)

        queue = moved(queue, turns(queue, [], who, rank))

        assert ids(queue) == wanted


@pytest.mark.parametrize(
    ("typed", "capacity"), [("0", 0), (" 12 ", 12), ("illimité", None), ("Unlimited", None)]
)
def test_a_capacity_is_a_number_or_unlimited(typed, capacity):
    assert capacity_of(typed) == capacity


@pytest.mark.parametrize("typed", ["", "-1", "1,5", "douze", "100000", "٣", "9" * 50])
def test_anything_else_is_no_capacity(typed):
    with pytest.raises(NotANumber):
        capacity_of(typed)


@pytest.mark.parametrize("reason", ["", "  a ", "x" * 201])
def test_a_move_needs_a_reason(reason):
    with pytest.raises(ReasonNeeded):
        checked_reason(reason)
