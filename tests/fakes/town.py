"""A whole town in memory: every port that a use case can ask for, over the same tables."""

from collections.abc import Callable
from typing import Generic, TypeVar

from domain.activities.catalogue import Catalogue
from domain.bookings.model import Booking, Movement, Slot
from domain.notices.model import Notice
from tests.fakes.absences import FakeAbsences
from tests.fakes.access import FakeAccess
from tests.fakes.accounts import FakeAccounts
from tests.fakes.bookings import FakeBookings
from tests.fakes.choices import FakeChoices
from tests.fakes.data import TownData
from tests.fakes.documents import FakeDocuments
from tests.fakes.emails import FakeEmails
from tests.fakes.home import FakeHome
from tests.fakes.outbox import FakeOutbox
from tests.fakes.privacy import FakeOldScreens, FakePrivacy
from tests.fakes.reminders import FakeReminders
from tests.fakes.reports import FakeExchange, FakeJobs, FakeTransmissions
from tests.fakes.sessions import FakeSessions
from tests.fakes.staff import FakeStaff

Tx = TypeVar("Tx")
Result = TypeVar("Result")


class FakeTransaction(Generic[Tx]):
    """Undoes what a failed unit wrote; does not let a reading one write."""

    def __init__(self, data: TownData, open_tx: Callable[[TownData], Tx]) -> None:
        self._data = data
        self._open = open_tx

    async def write(self, work: Callable[[Tx], Result]) -> Result:
        before = self._data.snapshot()
        try:
            return work(self._open(self._data))
        except BaseException:
            self._data.restore(before)
            raise

    async def read(self, work: Callable[[Tx], Result]) -> Result:
        before = self._data.snapshot()
        result = work(self._open(self._data))
        if self._data != before:
            self._data.restore(before)
            raise AssertionError("a reading unit of work wrote")
        return result


class FakeTown:
    """``data`` is what there is; the rest are ports, ready to be given to use cases."""

    def __init__(self, data: TownData) -> None:
        self.data = data
        self.bookings = FakeTransaction(data, FakeBookings)
        self.outbox = FakeTransaction(data, FakeOutbox)
        self.transmissions = FakeTransaction(data, FakeTransmissions)
        self.jobs = FakeTransaction(data, FakeJobs)
        self.accounts = FakeTransaction(data, FakeAccounts)
        self.sessions = FakeTransaction(data, FakeSessions)
        self.choices = FakeTransaction(data, FakeChoices)
        self.emails = FakeTransaction(data, FakeEmails)
        self.home = FakeTransaction(data, FakeHome)
        self.documents = FakeTransaction(data, FakeDocuments)
        self.access = FakeTransaction(data, FakeAccess)
        self.privacy = FakeTransaction(data, FakePrivacy)
        self.old_screens = FakeTransaction(data, FakeOldScreens)
        self.absences = FakeTransaction(data, FakeAbsences)
        self.reminders = FakeTransaction(data, FakeReminders)
        self.staff = FakeTransaction(data, FakeStaff)
        self.exchange = FakeExchange()

    async def catalogues(self, version: int | None = None) -> Catalogue:
        return self.data.catalogue

    # -- looking -------------------------------------------------------------------------------
    def booking_of(self, slot: Slot) -> Booking | None:
        return next((b for b in self.data.live() if b.slot == slot), None)

    @property
    def movements(self) -> list[Movement]:
        """Those that a night will hear of, or has."""
        return [m.movement for m in self.data.movements.values() if not m.void]

    @property
    def notices(self) -> list[Notice]:
        return [stored.notice for stored in self.data.notices.values()]
