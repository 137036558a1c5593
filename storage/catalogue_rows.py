"""Rows of the town's data, as the domain knows them."""

from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from domain.activities import absence_billing
from domain.activities.hours_model import from_data as hours_from_data
from domain.activities.model import (
    Activity,
    ActivityId,
    BookingPeriod,
    Draw,
    PoolId,
    Structure,
    StructureId,
)
from domain.activities.tariffs import PerDay, PerSlice, Tariff
from domain.calendar.deadlines import from_data
from domain.calendar.model import DateRange, SchoolCalendar
from storage.schema import (
    activity,
    activity_draw,
    activity_exclusion,
    public_holiday,
    school_holiday,
    structure,
    tariff,
)


def read_structures(connection: Connection) -> dict[StructureId, Structure]:
    calendars = _read_calendars(connection)
    rows = connection.execute(select(structure).order_by(structure.c.id))
    return {
        StructureId(row.id): Structure(
            id=StructureId(row.id),
            name=row.name,
            welcome=row.welcome,
            zone=ZoneInfo(row.zone),
            calendar=calendars.get(row.id, SchoolCalendar()),
            updated_at=row.updated_at,
            draft_hours=row.draft_hours,
            debt_reminder_days=row.debt_reminder_days,
        )
        for row in rows
    }


def read_activities(connection: Connection) -> dict[ActivityId, Activity]:
    draws, tariffs = _read_draws(connection), _read_tariffs(connection)
    excludes = _read_exclusions(connection)
    rows = connection.execute(select(activity).order_by(activity.c.id))
    return {
        ActivityId(row.id): Activity(
            id=ActivityId(row.id),
            structure_id=StructureId(row.structure_id),
            name=row.name,
            arrival=row.arrival,
            departure=row.departure,
            weekdays=frozenset(row.weekdays),
            book_by=from_data(row.book_by),
            cancel_by=from_data(row.cancel_by),
            draws=tuple(draws[row.id]),
            wallet=row.wallet,
            tariffs=tuple(tariffs[row.id]),
            waitlist=row.waitlist,
            approval=row.approval,
            offer_minutes=row.offer_minutes,
            may_overlap=row.may_overlap,
            excludes=frozenset(excludes[row.id]),
            period=BookingPeriod(
                row.booking_opens_at, row.booking_opens_residents_at, row.booking_closes_at
            ),
            hours=None if row.hours is None else hours_from_data(row.hours),
            absence_billing=absence_billing.from_data(row.absence_billing),
        )
        for row in rows
    }


def _read_calendars(connection: Connection) -> dict[int, SchoolCalendar]:
    public, school = defaultdict[int, list[Any]](list), defaultdict[int, list[DateRange]](list)
    for row in connection.execute(select(public_holiday)):
        public[row.structure_id].append(row.day)
    for row in connection.execute(select(school_holiday).order_by(school_holiday.c.first)):
        school[row.structure_id].append(DateRange(row.first, row.last))
    return {
        structure_id: SchoolCalendar(frozenset(public[structure_id]), tuple(school[structure_id]))
        for structure_id in {*public, *school}
    }


def _read_draws(connection: Connection) -> dict[int, list[Draw]]:
    draws = defaultdict[int, list[Draw]](list)
    for row in connection.execute(select(activity_draw).order_by(activity_draw.c.id)):
        draws[row.activity_id].append(Draw(PoolId(row.pool_id), row.age_group))
    return draws


def _read_exclusions(connection: Connection) -> dict[int, list[ActivityId]]:
    excludes = defaultdict[int, list[ActivityId]](list)
    for row in connection.execute(select(activity_exclusion)):
        excludes[row.activity_id].append(ActivityId(row.excluded_id))
    return excludes


def _read_tariffs(connection: Connection) -> dict[int, list[Tariff]]:
    tariffs = defaultdict[int, list[Tariff]](list)
    for row in connection.execute(select(tariff).order_by(tariff.c.id)):
        tariffs[row.activity_id].append(_tariff_from(row))
    return tariffs


def _tariff_from(row: Row[Any]) -> Tariff:
    return Tariff(
        activity_id=row.activity_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        day_kind=row.day_kind,
        bracket_min=row.bracket_min,
        bracket_max=row.bracket_max,
        unit=PerDay() if row.slice_minutes is None else PerSlice(row.slice_minutes),
        amount=row.amount,
        minimum=row.minimum,
        cap=row.cap,
    )
