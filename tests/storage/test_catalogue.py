import asyncio
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from domain.activities.model import Activity, Draw, Structure, Waitlist
from domain.calendar.deadlines import NoDeadline
from domain.calendar.model import DateRange, SchoolCalendar
from storage.catalogue import SqlCatalogues
from storage.engine import Database
from storage.town import TownWriter
from tests.storage.small_town import BOOK_BY, NOW, SmallTown, slice_tariff


@pytest.fixture
def catalogues(database: Database) -> SqlCatalogues:
    return SqlCatalogues(database)


async def test_a_structure_comes_with_its_calendar(
    catalogues: SqlCatalogues, town: SmallTown
) -> None:
    catalogue = await catalogues()

    assert catalogue.structures[town.structure] == Structure(
        id=town.structure,
        name="Mairie",
        welcome="Bienvenue",
        zone=ZoneInfo("Europe/Paris"),
        calendar=SchoolCalendar(
            frozenset({date(2026, 12, 25)}),
            (DateRange(date(2026, 12, 19), date(2027, 1, 3)),),
        ),
        updated_at=NOW,
        draft_hours=24,
    )


async def test_an_activity_comes_with_rules_prices_and_pools(
    catalogues: SqlCatalogues, town: SmallTown
) -> None:
    catalogue = await catalogues()

    assert catalogue.activities[town.canteen] == Activity(
        id=town.canteen,
        structure_id=town.structure,
        name="Restauration Scolaire",
        arrival=time(12),
        departure=time(13, 30),
        weekdays=frozenset({0, 1, 3, 4}),
        book_by=BOOK_BY,
        cancel_by=NoDeadline(),
        draws=(Draw(town.pool), Draw(town.pool, "6-12")),
        wallet="Périscolaire",
        tariffs=(slice_tariff(town.canteen),),
        waitlist=Waitlist.AUTOMATIC,
    )


async def test_activities_exclude_each_other_both_ways(
    database: Database, catalogues: SqlCatalogues, town: SmallTown
) -> None:
    def add_picnic(writer: TownWriter) -> int:
        picnic = writer.activity(
            town.structure,
            name="Pique-nique",
            arrival=time(12),
            departure=time(13),
            weekdays=[2],
            book_by=NoDeadline(),
            cancel_by=NoDeadline(),
            draws=[],
            wallet="Périscolaire",
        )
        writer.exclude(town.canteen, picnic)
        return picnic

    picnic = await database.write(lambda connection: add_picnic(TownWriter(connection)))

    activities = (await catalogues()).activities
    assert activities[town.canteen].excludes == {picnic}
    assert activities[picnic].excludes == {town.canteen}


async def test_an_empty_database_has_an_empty_catalogue(catalogues: SqlCatalogues) -> None:
    catalogue = await catalogues()

    assert (catalogue.version, catalogue.structures) == (0, {})


async def test_a_known_version_is_not_read_again(
    database: Database, catalogues: SqlCatalogues, town: SmallTown
) -> None:
    known = await catalogues()
    heard: list[str] = []
    database.listen(heard.append)

    again = await catalogues(known.version)

    assert (again is known, heard) == (True, [])


async def test_a_newer_version_is_read(
    database: Database, catalogues: SqlCatalogues, town: SmallTown
) -> None:
    await catalogues()
    newer = await database.write(lambda connection: TownWriter(connection).publish())

    catalogue = await catalogues(newer)

    assert catalogue.version == newer


async def test_whoever_names_no_version_gets_the_newest(
    database: Database, catalogues: SqlCatalogues, town: SmallTown
) -> None:
    await catalogues()
    newer = await database.write(lambda connection: TownWriter(connection).publish())

    catalogue = await catalogues()

    assert catalogue.version == newer


async def test_many_who_ask_at_once_read_it_once(
    database: Database, catalogues: SqlCatalogues, town: SmallTown
) -> None:
    heard: list[str] = []
    database.listen(heard.append)

    answers = await asyncio.gather(*(catalogues(1) for _ in range(10)))

    assert len({id(answer) for answer in answers}) == 1
    assert sum("FROM activity ORDER" in " ".join(sql.split()) for sql in heard) == 1
