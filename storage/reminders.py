"""Deadlines that are told, and the answers: ``domain.reminders.ports.RemindersTx``."""

from collections.abc import Sequence, Set
from datetime import date, datetime
from itertools import chain

from sqlalchemy import Connection, delete, insert, select, update

from domain.activities.model import ActivityId, Opening
from domain.bookings.model import HOLDING, DraftId, DraftLine, Slot
from domain.families.model import FamilyId
from domain.notices.model import FamilyNotice
from domain.reminders.model import Deadline, FreeDay, PastBooking, Reminder, ReminderId
from domain.reminders.ports import Told
from storage.bookings.lines import put_lines
from storage.bookings.rows import OPENING, to_opening
from storage.habits import DRAFTED, FREE, SILENCED, UNSIGNED, SqlHabits, to_free_day
from storage.outbox import SqlOutbox
from storage.schema import activity, booking, child_family, opening_day, reminder, reminder_day
from storage.upserts import insert_into

_reminder, _day, _there = reminder.c, reminder_day.c, booking.c


class SqlReminders(SqlHabits):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def openings(self, first: date, last: date) -> tuple[Opening, ...]:
        query = (
            select(*OPENING)
            .join_from(opening_day, activity)
            .where(opening_day.c.is_open, opening_day.c.day.between(first, last))
            .order_by(opening_day.c.day, opening_day.c.activity_id)
        )
        return tuple(to_opening(row) for row in self._connection.execute(query))

    def free(
        self, activities: Set[ActivityId], days: Set[date], family: FamilyId | None = None
    ) -> tuple[FreeDay, ...]:
        query = FREE.where(
            opening_day.c.activity_id.in_(sorted(activities)),
            opening_day.c.day.in_(sorted(days)),
            ~UNSIGNED,
        )
        if family is None:
            query = query.where(~DRAFTED, ~SILENCED)
        else:
            query = query.where(child_family.c.family_id == family)
        return tuple(to_free_day(row) for row in self._connection.execute(query))

    def open(self, told: Sequence[Told], at: datetime) -> tuple[Reminder, ...]:
        if not told:
            return ()
        asked = {one.deadline: tuple(day.slot for day in one.days) for one in told}
        query = insert_into(self._connection, reminder).on_conflict_do_nothing()
        rows = self._connection.execute(
            query.returning(
                _reminder.id, _reminder.family_id, _reminder.structure_id, _reminder.limit_at
            ),
            [
                {
                    "family_id": one.family_id,
                    "structure_id": one.structure_id,
                    "limit_at": one.limit,
                    "told_at": at,
                }
                for one in asked
            ],
        )
        found = ((row[0], Deadline(*row[1:])) for row in rows)
        opened = tuple(Reminder(key, deadline, asked[deadline]) for key, deadline in found)
        self._add_days(opened)
        return tuple(sorted(opened, key=lambda one: one.id))

    def _add_days(self, of: Sequence[Reminder]) -> None:
        rows = chain.from_iterable(
            (
                {
                    "reminder_id": one.id,
                    "child_id": slot.child_id,
                    "activity_id": slot.activity_id,
                    "day": slot.day,
                }
                for slot in one.slots
            )
            for one in of
        )
        if of:
            self._connection.execute(insert(reminder_day), list(rows))

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        if notices:
            SqlOutbox(self._connection).post_to_families(notices)

    def forget(self, before: datetime) -> None:
        old = select(_reminder.id).where(_reminder.limit_at < before)
        self._connection.execute(delete(reminder_day).where(_day.reminder_id.in_(old)))
        self._connection.execute(delete(reminder).where(_reminder.limit_at < before))

    # -- answering ---------------------------------------------------------------------------
    def reminder(self, reminder_id: ReminderId, family: FamilyId) -> Reminder | None:
        query = (
            select(
                _reminder.family_id,
                _reminder.structure_id,
                _reminder.limit_at,
                _day.child_id,
                _day.activity_id,
                _day.day,
            )
            .join_from(reminder_day, reminder)
            .where(_reminder.id == reminder_id, _reminder.family_id == family)
            .order_by(_day.child_id, _day.activity_id, _day.day)
        )
        rows = self._connection.execute(query).all()
        if not rows:
            return None
        slots = tuple(Slot(*row[3:]) for row in rows)
        return Reminder(reminder_id, Deadline(*rows[0][:3]), slots)

    def silence(self, reminder_id: ReminderId, at: datetime) -> None:
        query = update(reminder).where(
            _reminder.id == reminder_id, _reminder.silenced_at.is_(None)
        )
        self._connection.execute(query.values(silenced_at=at))

    def past(
        self, family: FamilyId, activities: Set[ActivityId], days: Set[date]
    ) -> tuple[PastBooking, ...]:
        query = (
            select(
                _there.child_id,
                _there.activity_id,
                _there.day,
                _there.arrival,
                _there.departure,
                *OPENING,
            )
            .join_from(booking, activity, activity.c.id == _there.activity_id)
            .join(
                opening_day,
                (opening_day.c.activity_id == _there.activity_id)
                & (opening_day.c.day == _there.day),
            )
            .where(
                _there.family_id == family,
                _there.activity_id.in_(sorted(activities)),
                _there.day.in_(sorted(days)),
                _there.state.in_(sorted(HOLDING)),
            )
            .order_by(_there.day.desc(), _there.activity_id, _there.child_id)
        )
        return tuple(
            PastBooking(Slot(*row[:3]), row[3], row[4], to_opening(row[5:]))
            for row in self._connection.execute(query)
        )

    def put_lines(self, draft: DraftId, lines: Sequence[DraftLine], at: datetime) -> None:
        put_lines(self._connection, draft, lines, at)
