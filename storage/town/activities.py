"""Activities, their places, their prices and their days."""

from collections.abc import Iterable
from datetime import date, time

from domain.activities import absence_billing
from domain.activities.absence_billing import ALWAYS_BILLED, AbsenceBilling
from domain.activities.hours_model import Choosing
from domain.activities.hours_model import to_data as hours_to_data
from domain.activities.model import ActivityId, BookingPeriod, Draw, PoolId, StructureId, Waitlist
from domain.activities.tariffs import PerSlice, Tariff
from domain.bookings.model import Places
from domain.calendar.deadlines import Rule, to_data
from storage.schema import (
    activity,
    activity_draw,
    activity_exclusion,
    opening_day,
    pool,
    pool_day,
    tariff,
)
from storage.town.rows import Rows
from storage.upserts import insert_into


class Activities(Rows):
    def pool(self, structure: StructureId, name: str) -> PoolId:
        return PoolId(self._add(pool, structure_id=structure, name=name))

    def activity(
        self,
        structure: StructureId,
        *,
        name: str,
        arrival: time,
        departure: time,
        weekdays: Iterable[int],
        book_by: Rule,
        cancel_by: Rule,
        draws: Iterable[Draw],
        wallet: str,
        waitlist: Waitlist = Waitlist.NONE,
        approval: bool = False,
        offer_minutes: int = 720,
        may_overlap: bool = False,
        hours: Choosing | None = None,
        period: BookingPeriod = BookingPeriod(),  # noqa: B008 - frozen
        absences: AbsenceBilling = ALWAYS_BILLED,
    ) -> ActivityId:
        added = self._add(
            activity,
            structure_id=structure,
            name=name,
            arrival=arrival,
            departure=departure,
            weekdays=sorted(weekdays),
            book_by=to_data(book_by),
            cancel_by=to_data(cancel_by),
            wallet=wallet,
            waitlist=waitlist,
            approval=approval,
            offer_minutes=offer_minutes,
            may_overlap=may_overlap,
            hours=None if hours is None else hours_to_data(hours),
            booking_opens_at=period.opens_at,
            booking_opens_residents_at=period.opens_residents_at,
            booking_closes_at=period.closes_at,
            absence_billing=absence_billing.to_data(absences),
        )
        rows = [
            {"activity_id": added, "pool_id": draw.pool_id, "age_group": draw.group}
            for draw in draws
        ]
        self._add_all(activity_draw, rows)
        return ActivityId(added)

    def exclude(self, one: ActivityId, other: ActivityId) -> None:
        """Nobody is booked for both on one day, in either order (B10)."""
        pairs = (one, other), (other, one)
        rows = [{"activity_id": a, "excluded_id": b} for a, b in pairs]
        self._add_all(activity_exclusion, rows)

    def tariffs(self, tariffs: Iterable[Tariff]) -> None:
        self._add_all(tariff, map(_tariff_row, tariffs))

    def open_days(
        self,
        activity: ActivityId,
        days: Iterable[date],
        *,
        is_open: bool = True,
        arrival: time | None = None,
        departure: time | None = None,
    ) -> None:
        """Hours are the activity's unless given; said again for a day, it replaces."""
        said = {"is_open": is_open, "arrival": arrival, "departure": departure}
        rows = [{"activity_id": activity, "day": day, **said} for day in days]
        query = insert_into(self._connection, opening_day)
        replaced = {name: query.excluded[name] for name in said}
        if rows:
            query = query.on_conflict_do_update(opening_day.primary_key, set_=replaced)
            self._connection.execute(query, rows)

    def places(self, places: Iterable[Places]) -> None:
        rows = [
            {
                "pool_id": p.pool_id,
                "day": p.day,
                "capacity": p.capacity,
                "taken": p.taken,
                "next_ticket": p.next_ticket,
            }
            for p in places
        ]
        self._add_all(pool_day, rows)


def _tariff_row(tariff: Tariff) -> dict[str, object]:
    return {
        "activity_id": tariff.activity_id,
        "valid_from": tariff.valid_from,
        "valid_to": tariff.valid_to,
        "day_kind": tariff.day_kind,
        "bracket_min": tariff.bracket_min,
        "bracket_max": tariff.bracket_max,
        "slice_minutes": tariff.unit.minutes if isinstance(tariff.unit, PerSlice) else None,
        "amount": tariff.amount,
        "minimum": tariff.minimum,
        "cap": tariff.cap,
    }
