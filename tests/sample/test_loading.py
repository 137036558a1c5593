"""The sample town, written and read again."""

import pytest
from sqlalchemy import func, select

from bot.sample.families import DUPONT
from bot.sample.loading import NotEmpty, load
from bot.sample.structures import Place
from domain.accounts.login import LogIn
from domain.bookings.model import HOLDING, State
from domain.calendar.nights import business_date
from storage.access import SqlAccess
from storage.catalogue import load_catalogue
from storage.engine import transactions
from storage.reports import SqlTransmissions
from storage.schema import activity_draw, booking, movement, notice, pool_day, structure
from tests.fakes.accounts import FakePasswords
from tests.sample.conftest import NOW

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_the_catalogue_reads_as_it_was_made(database, town):
    catalogue = await database.read(load_catalogue)

    assert catalogue.version == town.catalogue_version
    assert dict(catalogue.activities) == {a.id: a for a in town.activities.values()}
    assert len(catalogue.structures) == len(Place)


async def test_every_counter_is_the_count_of_who_holds_a_place(database, town):
    def differences(connection):
        held = (
            select(pool_day.c.pool_id, pool_day.c.day, func.count(booking.c.id).label("held"))
            .outerjoin(activity_draw, activity_draw.c.pool_id == pool_day.c.pool_id)
            .outerjoin(
                booking,
                (booking.c.activity_id == activity_draw.c.activity_id)
                & (booking.c.day == pool_day.c.day)
                & booking.c.state.in_(HOLDING)
                & (
                    activity_draw.c.age_group.is_(None)
                    | (activity_draw.c.age_group == booking.c.age_group)
                ),
            )
            .group_by(pool_day.c.pool_id, pool_day.c.day)
            .subquery()
        )
        same = (held.c.pool_id == pool_day.c.pool_id) & (held.c.day == pool_day.c.day)
        query = select(pool_day, held.c.held).join(held, same)
        return connection.execute(query.where(pool_day.c.taken != held.c.held)).all()

    assert await database.read(differences) == []


async def test_last_night_is_done_and_only_what_came_after_waits_for_the_next(database, town):
    reports = transactions(database, SqlTransmissions)
    waiting = select(movement).where(movement.c.transmission_id.is_(None))

    unwritten = await reports.read(lambda tx: tx.unwritten())
    structures = await database.read(lambda c: c.scalars(select(structure.c.id)).all())
    nights = [await reports.read(lambda tx, of=of: tx.last_night(of)) for of in structures]
    untold = await database.read(lambda c: c.execute(waiting).all())

    assert unwritten == ()
    assert nights == [business_date(NOW)] * len(Place)
    assert {row.day for row in untold} == set(town.agenda.fresh)


@on_sqlite
async def test_files_of_past_nights_are_on_disk(database, town, folder):
    written = [path for path in folder.folder.rglob("*") if path.is_file()]

    assert written


@on_sqlite
async def test_nobody_is_told_of_what_is_long_known(database, town):
    queued = await database.read(lambda c: c.scalar(select(func.count()).select_from(notice)))

    assert queued == 0


async def test_everybody_in_the_picker_can_log_in_as_said(database, town):
    log_in = LogIn(transactions(database, SqlAccess), FakePasswords(), lambda: NOW)
    known = [person for person in town.people if person.identifier]

    for person in known:
        who = await log_in(person.identifier, person.password, person.id)

        assert who.guardian.last_name == person.last_name
        assert who.guardian.locale == person.language_code
        assert person.password in person.note
        assert len(person.password) >= 12


@on_sqlite
async def test_the_family_of_the_guide_is_there(database, town):
    log_in = LogIn(transactions(database, SqlAccess), FakePasswords(), lambda: NOW)

    who = await log_in(town.hero.identifier, town.hero.password, town.hero.id)

    assert (who.guardian.civility, who.guardian.first_name) == ("M.", "Jean-Paul")
    assert who.guardian.emails == DUPONT.parents[0].emails
    assert [child.first_name for child in who.children] == ["Amalia", "Paolo"]


@on_sqlite
async def test_waiting_families_are_in_the_database(database, town):
    waits = select(booking.c.family_id).where(
        booking.c.state == State.WAITLISTED,
        booking.c.activity_id == town.story_activity.id,
        booking.c.day == town.story.queue,
    )

    families = await database.read(lambda c: c.scalars(waits).all())

    assert len(set(families)) == 2


@on_sqlite
async def test_a_town_that_is_there_is_left_alone(database, town, folder):
    with pytest.raises(NotEmpty):
        await load(database, now=NOW, passwords=FakePasswords(), files=folder)
