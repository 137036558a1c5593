"""What an agent changes of an activity's days: told first, done once, noted once (S5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.bookings.model import State
from domain.errors import NotFound
from domain.notices.model import Kind
from domain.places.errors import Changed, DayOver, NotInLine
from domain.places.model import MoveAsked
from domain.places.reading import ShowQueue
from domain.places.service import (
    CloseActivityDay,
    MoveInQueue,
    PreviewCapacity,
    PreviewClosing,
    ReopenDay,
    SetCapacity,
)
from domain.staff.acts import StaffAct
from domain.staff.errors import NotAllowed
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId
from tests.builders import DAY, DAY_POOL, FULL_DAY, NOW, TOWN, booking
from tests.fakes.town import FakeTown
from tests.storage.towns import town as small_town

HERE = FULL_DAY, DAY


class Desk:
    """One child holds the only place, two wait."""

    def __init__(self) -> None:
        self.now = NOW
        data = small_town(capacity=1, children=3)
        self.town = FakeTown(data)
        for number, state in ((1, State.ACCEPTED), (2, State.WAITLISTED), (3, State.WAITLISTED)):
            data.bookings[number] = booking(number, state)
        key = DAY_POOL, DAY
        data.places[key] = replace(data.places[key], taken=1, next_ticket=4)
        given = self.town.places, self.town.catalogues, lambda: self.now
        self.preview, self.set = PreviewCapacity(*given), SetCapacity(*given)
        self.closing, self.close = PreviewClosing(*given), CloseActivityDay(*given)
        self.reopen, self.move = ReopenDay(*given), MoveInQueue(*given)
        self.queue = ShowQueue(*given[:2])

    def state(self, child: int) -> State:
        return self.town.data.bookings[child].state

    @property
    def log(self) -> list[object]:
        return list(self.town.data.audit.values())

    @property
    def told(self) -> set[Kind]:
        return {notice.kind for notice in self.town.notices}


def member(role: Role = Role.MANAGER) -> StaffIdentity:
    return StaffIdentity(StaffSessionId(1), StaffId(7), role, "Agnès", TOWN, (TOWN,), "fr", 1, NOW)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_preview_tells_who_would_be_served_and_changes_nothing(desk):
    before = desk.town.data.snapshot()

    seen = await desk.preview(member(), *HERE, DAY_POOL, 3)

    assert (seen.served, seen.families, seen.after.capacity) == (2, 2, 3)
    assert desk.town.data.snapshot() == before


async def test_more_places_serve_the_queue_and_are_noted_once(desk):
    for _ in range(2):
        await desk.set(member(), *HERE, DAY_POOL, 2, before=1)

    assert (desk.state(2), desk.state(3)) == (State.ACCEPTED, State.WAITLISTED)
    (entry,) = desk.log
    assert (entry.what, entry.staff_id) == (StaffAct.CAPACITY_CHANGED, 7)
    assert (entry.details["before"], entry.details["after"]) == (1, 2)
    assert Kind.PLACE_GIVEN in desk.told


async def test_fewer_places_than_are_taken_stop_there_and_it_is_told_before(desk):
    seen = await desk.preview(member(), *HERE, DAY_POOL, 0)

    assert seen.is_too_few
    assert seen.after.capacity == 1


async def test_what_changes_no_capacity_is_not_noted(desk):
    await desk.set(member(), *HERE, DAY_POOL, 0, before=1)  # one is taken: it stays at one

    assert desk.log == []


async def test_a_family_with_two_bookings_there_is_told_of_as_one(desk):
    held = desk.town.data.bookings
    held[2] = replace(held[2], family_id=held[1].family_id)

    assert (await desk.closing(member(), *HERE)).families == 2


async def test_what_is_no_longer_as_previewed_is_not_done(desk):
    with pytest.raises(Changed):
        await desk.set(member(), *HERE, DAY_POOL, 5, before=4)
    with pytest.raises(Changed):
        await desk.close(member(), *HERE, bookings=2)

    assert desk.log == []


async def test_a_closed_day_ends_every_booking_and_is_noted_once(desk):
    seen = await desk.closing(member(), *HERE)
    first = await desk.close(member(), *HERE, bookings=seen.bookings)
    again = await desk.close(member(), *HERE, bookings=seen.bookings)

    assert (seen.bookings, seen.held, seen.families) == (3, 1, 3)
    assert seen.refund == booking(1).price
    assert (first, again) == (3, 0)
    assert {desk.state(child) for child in (1, 2, 3)} == {State.CANCELLED}
    assert [entry.what for entry in desk.log] == [StaffAct.DAY_CLOSED]
    assert desk.told == {Kind.DAY_CLOSED}


async def test_a_day_is_opened_again_without_what_was_ended(desk):
    await desk.close(member(), *HERE, bookings=3)

    for _ in range(2):
        await desk.reopen(member(), *HERE)

    assert desk.town.data.openings[HERE].is_open
    assert desk.state(1) is State.CANCELLED
    assert [entry.what for entry in desk.log] == [StaffAct.DAY_CLOSED, StaffAct.DAY_REOPENED]


async def test_somebody_is_moved_served_first_and_noted_with_the_reason(desk):
    for _ in range(2):
        await desk.move(member(), *HERE, MoveAsked(3, 1, "Fratrie  accueillie"))

    waiting = (await desk.queue(member(), *HERE)).waiters
    assert [(one.booking.id, one.rank) for one in waiting] == [(3, 1), (2, 2)]
    (entry,) = desk.log
    assert (entry.details["before"], entry.details["after"]) == (2, 1)
    assert entry.reason == "Fratrie accueillie"

    await desk.set(member(), *HERE, DAY_POOL, 2, before=1)

    assert (desk.state(2), desk.state(3)) == (State.WAITLISTED, State.ACCEPTED)


async def test_who_does_not_wait_there_is_not_moved(desk):
    with pytest.raises(NotInLine):
        await desk.move(member(), *HERE, MoveAsked(1, 1, "Une bonne raison"))
    with pytest.raises(NotFound):
        await desk.move(member(), FULL_DAY, DAY, MoveAsked(9, 1, "Une bonne raison"))


async def test_a_day_that_has_passed_stays_as_it_was(desk):
    desk.now += timedelta(days=30)

    with pytest.raises(DayOver):
        await desk.close(member(), *HERE, bookings=3)


@pytest.mark.parametrize("role", [Role.READER, Role.AGENT])
async def test_only_a_manager_reorders_and_no_reader_changes(desk, role):
    with pytest.raises(NotAllowed):
        await desk.move(member(role), *HERE, MoveAsked(3, 1, "Une bonne raison"))
    if role is Role.READER:
        with pytest.raises(NotAllowed):
            await desk.set(member(role), *HERE, DAY_POOL, 5, before=1)
