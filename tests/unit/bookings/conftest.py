"""A fake town with its use cases, and a clock that the tests move."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.accounts.model import Identity
from domain.activities.model import ActivityId, PoolId
from domain.bookings.composing import ListActivities, MarkDays, ShowDetails, ShowMonth
from domain.bookings.confirming import Confirm
from domain.bookings.following import CancelBooking, ShowFollowUp
from domain.bookings.lapsing import LapseDrafts
from domain.bookings.model import Places, Receipt, Slot, Span
from domain.bookings.recap import ClearDraft, LinkSiblings, ShowRecap, UndoLine
from domain.bookings.town import DecideRequest, SetRequestAside, close_day, set_capacity
from domain.families.model import ChildId
from domain.reports.service import RunNight
from domain.waitlist.service import AnswerOffer, LapseOffers, LeaveQueue
from domain.waitlist.upkeep import RemindWaiting, ServeQueues
from tests.builders import DAY, FULL_DAY, NOW, TOWN, activity, catalogue, identity
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown


@dataclass
class World:
    town: FakeTown
    now: datetime = NOW
    receipts: list[Receipt] = field(default_factory=list)
    owing: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        given = self.town.bookings, self.town.catalogues, self.clock
        self.list_activities, self.show_month = ListActivities(*given), ShowMonth(*given)
        self.mark_days, self.show_details = MarkDays(*given), ShowDetails(*given)
        self.show_recap, self.confirm = ShowRecap(*given), Confirm(*given)
        self.follow_up, self.cancel_booking = ShowFollowUp(*given), CancelBooking(*given)
        self.answer_offer, self.lapse_offers = AnswerOffer(*given), LapseOffers(*given)
        self.decide, self.set_aside = DecideRequest(*given), SetRequestAside(*given)
        self.lapse_drafts = LapseDrafts(*given)
        self.capacity_clock = self.clock
        self.undo_line = UndoLine(self.town.bookings, self.clock)
        self.link_siblings = LinkSiblings(self.town.bookings)
        self.leave_queue, self.serve_queues = LeaveQueue(*given), ServeQueues(*given)
        self.remind_waiting = RemindWaiting(*given)
        self.clear_draft = ClearDraft(self.town.bookings)
        self.run_night = RunNight(
            self.town.transmissions, self.town.exchange, self.town.catalogues, self.clock
        )

    def clock(self) -> datetime:
        return self.now

    def who(self, family: int) -> Identity:
        children = sorted(c for f, c in self.town.data.kinship if f == family)
        return identity(family, *children)

    def pass_by(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    async def close_day(self, activity: int, day: date) -> int:
        """As agents and files do. Answers how many bookings ended."""
        known, about = await self.town.catalogues(), ActivityId(activity)
        ended = await self.town.bookings.write(
            lambda tx: close_day(tx, known, about, day, self.now)
        )
        return len(ended)

    async def change_capacity(self, pool: int, day: date, capacity: int | None) -> Places:
        known, key = await self.town.catalogues(), (PoolId(pool), day)
        return await self.town.bookings.write(
            lambda tx: set_capacity(tx, known, key, capacity, self.capacity_clock())
        )

    async def mark(self, family: int, day: date = DAY, *, wanted: bool = True, **of: int):
        """Tap one day; ``child`` is the family's number and ``activity`` the full day's."""
        child = ChildId(of.get("child", family))
        about = ActivityId(of.get("activity", FULL_DAY))
        tapped = Span(day, day, single=True)
        return await self.mark_days(self.who(family), child, about, tapped, wanted=wanted)

    async def validate(self, family: int) -> Receipt:
        recap = await self.show_recap(self.who(family))
        receipt = await self.confirm(self.who(family), recap.round, recap.digest)
        self.receipts.append(receipt)
        return receipt

    async def book(self, family: int, day: date = DAY, **of: int) -> Receipt:
        await self.mark(family, day, **of)
        return await self.validate(family)

    async def owe(self, family: int, *, owes: bool) -> None:
        """The town's import says so; places that are free are given within the hour."""
        await self.set_balance(family, Decimal(-5 if owes else 5))
        (self.owing.add if owes else self.owing.discard)(family)
        await self.serve_queues()

    async def set_balance(self, family: int, balance: Decimal) -> None:
        self.town.data.wallet(family, family, TOWN, "Périscolaire", str(balance))

    async def book_together(
        self, family: int, *children: int, day: date = DAY, activity: int = FULL_DAY
    ) -> Receipt:
        for child in children:
            await self.mark(family, day, child=child, activity=activity)
        await self.link_siblings(self.who(family), wanted=True)
        return await self.validate(family)

    def booking(self, family: int, day: date = DAY, **of: int):
        child = ChildId(of.get("child", family))
        return self.town.booking_of(Slot(child, ActivityId(of.get("activity", FULL_DAY)), day))


def build_world(*activities, **told) -> World:
    """``told`` as for ``build_data``."""
    return World(FakeTown(build_data(*activities, **told)))


def build_data(
    *activities, capacity: int | None = 1, days=(DAY,), families: int = 4, sibling: int = 0
) -> TownData:
    """Families 1, 2, 3...: one guardian and one child each, all of the same number; and a second
    child, of that and ``sibling``.
    """
    data = TownData(catalogue(*activities))
    for number in range(1, families + 1):
        children = [number, number + sibling] if sibling else [number]
        data.family(number, children=children)
        mail = f"famille{number}@example.org"
        data.guardian(replace(identity(number).guardian, emails=(mail,)))
        for about in data.catalogue.activities:
            for child in children:
                data.enrol(child, about)
    for about in data.catalogue.activities.values():
        data.open(about.id, *days)
        for draw in about.draws:
            data.capacity(draw.pool_id, *days, capacity=capacity)
    return data


@pytest.fixture
def world() -> World:
    return build_world(activity())
