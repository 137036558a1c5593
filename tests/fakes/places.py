"""What only the town asks and writes of an activity's days, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.activities.model import ActivityId
from domain.bookings.model import HOLDING, State
from domain.places.model import DayCounts, PoolDay, Turn, Waiter
from tests.fakes.audit import FakeAuditLog
from tests.fakes.bookings import FakeBookings


class FakePlaces(FakeBookings, FakeAuditLog):
    def day_counts(self, activity: ActivityId, first: date, last: date) -> tuple[DayCounts, ...]:
        days = sorted(
            day for of, day in self.data.openings if of == activity and first <= day <= last
        )
        return tuple(self._counts(activity, day) for day in days)

    def _counts(self, activity: ActivityId, day: date) -> DayCounts:
        pools = sorted({draw.pool_id for draw in self.data.catalogue.activities[activity].draws})
        states = [one.state for one in self.holders(activity, day)]
        return DayCounts(
            day,
            self.data.openings[activity, day].is_open,
            tuple(
                PoolDay(self.data.places[pool, day], f"pool {pool}")
                for pool in pools
                if (pool, day) in self.data.places
            ),
            booked=sum(state in HOLDING for state in states),
            pending=states.count(State.PENDING),
            waiting=states.count(State.WAITLISTED),
        )

    def waiters(self, activity: ActivityId, day: date) -> tuple[Waiter, ...]:
        waiting = [b for b in self.holders(activity, day) if b.state is State.WAITLISTED]
        line = sorted(waiting, key=lambda b: (b.order, b.ticket))
        return tuple(
            Waiter(
                one,
                self.data.children[one.slot.child_id],
                rank,
                is_moved=one.turn is not None,
                in_debt=self._is_barred(one),
            )
            for rank, one in enumerate(line, start=1)
        )

    def reopen(self, activity: ActivityId, day: date) -> None:
        opening = self.data.openings[activity, day]
        self.data.openings[activity, day] = replace(opening, is_open=True)

    def put_turns(self, turns: Sequence[Turn]) -> None:
        for one in turns:
            found = self.data.bookings[one.booking]
            self.data.bookings[one.booking] = replace(found, turn=one.turn)
