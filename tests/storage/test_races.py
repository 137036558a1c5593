"""Nobody oversells: families at the same instant, from several processes or many tasks (B8, B14).

The last test is the negative control: the same race without its lock must go wrong.
"""

import asyncio
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import text

from domain.activities.model import Draw, PoolId
from domain.bookings.model import Result, State
from storage.bookings import SqlBookings
from storage.engine import opened, transactions
from tests.builders import activity
from tests.storage.racing import MONTH, Client, race, rush
from tests.storage.towns import DAY, NOW, line, town
from tests.storage.worlds import in_database

FAMILIES = range(1, 101)
PROCESSES = 4

# Each of these must find nothing, whatever happened.
BROKEN = {
    "more taken than places, or another number than the bookings that hold one": """
        SELECT pool_day.pool_id, pool_day.day FROM pool_day
        LEFT JOIN activity_draw USING (pool_id)
        LEFT JOIN booking ON booking.activity_id = activity_draw.activity_id
            AND booking.day = pool_day.day AND booking.state IN ('accepted', 'pending', 'offered')
        GROUP BY pool_day.pool_id, pool_day.day, pool_day.taken, pool_day.capacity
        HAVING count(booking.id) <> pool_day.taken OR pool_day.taken > pool_day.capacity
    """,
    "somebody waits though every pool has a place": """
        SELECT booking.id FROM booking WHERE booking.state = 'waitlisted' AND NOT EXISTS (
            SELECT 1 FROM activity_draw JOIN pool_day USING (pool_id)
            WHERE activity_draw.activity_id = booking.activity_id
                AND pool_day.day = booking.day AND pool_day.taken >= pool_day.capacity)
    """,
    "a booking without its request": """
        SELECT booking.id FROM booking LEFT JOIN movement
            ON movement.activity_id = booking.activity_id AND movement.day = booking.day
            AND movement.ticket = booking.ticket AND movement.kind = 'booking'
        WHERE movement.id IS NULL
    """,
    "half of a cancelled request was heard of": """
        SELECT asked.id FROM movement AS asked JOIN movement AS gone
            ON gone.activity_id = asked.activity_id AND gone.day = asked.day
            AND gone.ticket = asked.ticket AND gone.kind = 'cancellation'
        WHERE asked.kind = 'booking' AND asked.void <> gone.void
    """,
    "erased and transmitted": "SELECT id FROM movement WHERE void AND transmission_id IS NOT NULL",
}

UNHEARD = {
    "neither erased nor transmitted, after the last night": """
        SELECT id FROM movement WHERE NOT void AND transmission_id IS NULL
    """,
    "a night that tells another number of movements than it took": """
        SELECT transmission.id FROM transmission
        LEFT JOIN movement ON movement.transmission_id = transmission.id
        GROUP BY transmission.id, transmission.movements
        HAVING count(movement.id) <> transmission.movements
    """,
}


async def broken(database, queries=BROKEN) -> list[str]:
    def ask(connection) -> list[str]:
        return [name for name, query in queries.items() if connection.execute(text(query)).all()]

    return await database.read(ask)


def rush_town(places: int):
    data = town(children=len(FAMILIES), capacity=places)
    for family in FAMILIES:
        data.line(family, 1, line(family), NOW)
    return data


def shares(families, processes: int = PROCESSES) -> list[list[int]]:
    return [list(families)[n::processes] for n in range(processes)]


async def check_rush(database, seen, places: int) -> None:
    """As the clients saw it, and as it stands."""
    assert [one.error for one in seen if one.error] == []
    results = Counter(outcome.result for one in seen for outcome in one.outcomes)
    waiting = len(FAMILIES) - places
    assert results == {Result.ACCEPTED: places, Result.WAITLISTED: waiting}

    bookings = await transactions(database, SqlBookings).read(lambda tx: tx.holders(1, DAY))
    assert [one.ticket for one in bookings] == list(FAMILIES)
    states = [one.state for one in bookings]
    assert states == [State.ACCEPTED] * places + [State.WAITLISTED] * waiting

    ranks = {one.family: one.outcomes[0].rank for one in seen}
    in_line = [ranks[one.family_id] for one in bookings[places:]]
    assert in_line == list(range(1, waiting + 1))
    assert await broken(database) == []


@pytest.mark.parametrize("places", [1, 7, 30])
async def test_a_hundred_families_of_several_processes_get_the_places_there_are(
    postgresql_url, keyring, places
):
    data = rush_town(places)
    async with opened(postgresql_url, keyring) as database:
        await in_database(database, data)

        seen = await asyncio.to_thread(
            race, "rush", postgresql_url, data.catalogue, shares(FAMILIES)
        )

        await check_rush(database, seen, places)


@pytest.mark.parametrize("places", [1, 7, 30])
async def test_a_hundred_families_of_one_process_get_the_places_there_are(
    sqlite_url, keyring, places
):
    data = rush_town(places)
    async with opened(sqlite_url, keyring) as database:
        world = await in_database(database, data)
        clients = [Client(family, world.bookings, data.catalogue) for family in FAMILIES]

        seen = await asyncio.gather(*(rush(client) for client in clients))

        await check_rush(database, seen, places)


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_months_of_many_families_neither_deadlock_nor_oversell(database_url, keyring):
    """Two activities share places; families book, give back, book again; nights come between."""
    families = range(1, 17)
    shared = [activity(n, draws=(Draw(PoolId(1)), Draw(PoolId(n + 1)))) for n in (1, 2)]
    data = town(*shared, children=len(families), days=MONTH, capacity=4)
    data.capacity(1, *MONTH, capacity=6)
    async with opened(database_url, keyring) as database:
        world = await in_database(database, data)

        seen = await asyncio.to_thread(
            lambda: race("month", database_url, data.catalogue, shares(families), nights=True)
        )

        assert [one.error for one in seen if one.error] == []
        assert sum(len(one.outcomes) for one in seen) == len(families) * 40
        assert await broken(database) == []
        await world.transmissions.write(lambda tx: tx.claim(1, date(2027, 1, 1), NOW))
        assert await broken(database, UNHEARD) == []


async def test_without_its_lock_the_race_goes_wrong(postgresql_url, keyring):
    data = rush_town(1)
    async with opened(postgresql_url, keyring) as database:
        await in_database(database, data)

        seen = await asyncio.to_thread(
            lambda: race("once", postgresql_url, data.catalogue, [[1], [2]], locked=False)
        )

    accepted = [one for one in seen for o in one.outcomes if o.result is Result.ACCEPTED]
    refused = [one for one in seen if one.error]
    assert refused or len(accepted) > 1
