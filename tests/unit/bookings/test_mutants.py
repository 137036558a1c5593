"""The state machine goes red when a promise is broken: each mutant breaks one, on purpose."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.bookings.following import CancelBooking
from domain.bookings.model import State
from tests.builders import NOW
from tests.fakes.bookings import FakeBookings, Refused
from tests.fakes.outbox import FakeOutbox
from tests.fakes.reports import FakeTransmissions
from tests.fakes.town import FakeTown, FakeTransaction
from tests.unit.bookings.conftest import World
from tests.unit.bookings.test_machine import BookingMachine


class SeesNobodyWaiting(FakeBookings):
    """Whoever comes when a place is free takes it."""

    def bookings_around(self, children, activities, days):
        found = super().bookings_around(children, activities, days)
        return tuple(
            b for b in found if b.state is not State.WAITLISTED or b.slot.child_id in children
        )


class ForgetsTheLink(FakeBookings):
    """Siblings who wait together are served one by one."""

    def bookings_around(self, children, activities, days):
        found = super().bookings_around(children, activities, days)
        return tuple(replace(booking, together=None) for booking in found)


class ForgetsTheCounter(FakeBookings):
    def apply(self, changes):
        before = self.data.places
        kept = [replace(p, taken=before[p.pool_id, p.day].taken) for p in changes.places]
        super().apply(replace(changes, places=kept))


class CountsOnePlaceTooMany(FakeBookings):
    """The code forgets; the table's own check must refuse."""

    def lock_places(self, pools, days):
        locked = super().lock_places(pools, days)
        return {
            key: places if places.capacity is None else replace(places, taken=places.taken - 1)
            for key, places in locked.items()
        }


class TellsTwice(FakeBookings):
    def apply(self, changes):
        super().apply(changes)
        again = [replace(notice, key=f"{notice.key}:again") for notice in changes.notices]
        FakeOutbox(self.data).post_to_families(again)


class ForgetsWhatIsOffered(FakeBookings):
    """Nobody answered, and nobody else is asked."""

    def lapsed_offers(self, now):
        return ()


class OffersForAMonth(FakeBookings):
    def apply(self, changes):
        longer = [
            b if b.offer_until is None else replace(b, offer_until=b.offer_until + A_MONTH)
            for b in changes.changed
        ]
        super().apply(replace(changes, changed=longer))


class AsksOneSibling(FakeBookings):
    """The answer of one is not the other's."""

    def linked(self, booking):
        return (booking,)


class TransmitsAgain(FakeTransmissions):
    """Each night takes what the nights before have taken."""

    def claim(self, structure, night, at):
        for stored in list(self.data.movements.values()):
            self.data.movements[stored.id] = replace(stored, transmission=None)
        return super().claim(structure, night, at)


A_MONTH = timedelta(days=30)
A_CAMPAIGN = settings(
    max_examples=2000,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # that it is found is enough: how shortly is nobody's question
    suppress_health_check=list(HealthCheck),
)


def broken(part: str, mutant: Callable[..., object]) -> type[BookingMachine]:
    class Broken(BookingMachine):
        def open_world(self) -> World:
            data = self.a_town()
            town = FakeTown(data)
            setattr(town, part, FakeTransaction(data, mutant))
            return World(town)

    return Broken


@pytest.mark.parametrize(
    ("part", "mutant", "found"),
    [
        ("bookings", SeesNobodyWaiting, AssertionError),
        ("bookings", ForgetsTheLink, AssertionError),
        ("bookings", ForgetsTheCounter, AssertionError),
        ("bookings", CountsOnePlaceTooMany, (AssertionError, Refused)),
        ("bookings", TellsTwice, AssertionError),
        ("bookings", ForgetsWhatIsOffered, AssertionError),
        ("bookings", OffersForAMonth, AssertionError),
        ("bookings", AsksOneSibling, AssertionError),
        ("transmissions", TransmitsAgain, AssertionError),
    ],
)
def test_the_machine_finds_it(part, mutant, found):
    with pytest.raises(found):
        run_state_machine_as_test(broken(part, mutant), settings=A_CAMPAIGN)


def test_the_machine_finds_a_place_given_after_the_start():
    """By a town whose clock stands still for whoever gives a place back."""

    class Stopped(BookingMachine):
        def open_world(self) -> World:
            world = super().open_world()
            given = world.town.bookings, world.town.catalogues, lambda: NOW
            world.cancel_booking, world.capacity_clock = CancelBooking(*given), lambda: NOW
            return world

    with pytest.raises(AssertionError, match="after it began"):
        run_state_machine_as_test(Stopped, settings=A_CAMPAIGN)
