"""Statements that are rendered once bind and read as SQLAlchemy does, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select, text, update

from domain.families.model import Display
from storage.engine import Database
from storage.prepared import Prepared
from storage.schema import child, family, guardian
from tests.storage.small_town import SmallTown

GUARDIAN = (guardian.c.id, guardian.c.display, guardian.c.quiet_from, guardian.c.first_name)


async def test_values_are_read_as_their_columns_say(database: Database, town: SmallTown) -> None:
    query = select(*GUARDIAN).order_by(guardian.c.id)

    def both(connection):
        return Prepared(query).rows(connection, {}), connection.execute(query).all()

    prepared, plain = await database.read(both)

    assert prepared
    assert [tuple(row) for row in prepared] == [tuple(row) for row in plain]
    assert isinstance(prepared[0][1], Display)


async def test_what_is_asked_is_bound_beside_what_stands_in_the_statement(
    database: Database, town: SmallTown
) -> None:
    query = Prepared(
        select(guardian.c.id).where(
            guardian.c.display == Display.CLASSIC, guardian.c.id == bindparam("asked")
        )
    )

    def read(connection):
        everybody = connection.scalars(select(guardian.c.id)).all()
        return [query.rows(connection, {"asked": one}) for one in (everybody[0], 0)]

    found = await database.read(read)

    assert [len(rows) for rows in found] == [1, 0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_writing_many_rows_is_one_call_and_tells_how_many_were_written(
    database: Database,
) -> None:
    add = Prepared(insert(family), ["id"])
    rename = Prepared(
        update(family).where(family.c.id == bindparam("old")).values(id=bindparam("new"))
    )
    heard: list[str] = []
    database.listen(heard.append)

    written = await database.write(
        lambda c: [
            add.write(c, [{"id": 1}, {"id": 2}]),
            rename.write(c, [{"old": 2, "new": 3}, {"old": 404, "new": 4}]),
        ]
    )

    assert written == [2, 1]
    assert len(heard) == 2


async def test_a_list_that_was_read_is_the_readers_own(
    database: Database, town: SmallTown
) -> None:
    """Conversions are kept, but for what whoever is given it may change."""
    query = Prepared(select(guardian.c.emails))

    def read(connection):
        query.rows(connection, {})[0][0].append("added")
        return query.rows(connection, {})[0][0]

    assert "added" not in await database.read(read)


async def test_the_same_name_is_never_sealed_alike_twice(
    database: Database, town: SmallTown
) -> None:
    rename = Prepared(update(child).values(first_name=bindparam("name")))
    sealed = text("SELECT first_name FROM child")

    def write(connection):
        found = []
        for _ in range(2):
            rename.write(connection, [{"name": "Leyah"}])
            found.append(connection.execute(sealed).scalars().first())
        return found

    first, second = await database.write(write)

    assert first != second


async def test_an_instant_is_kept_in_utc_whatever_its_zone(
    database: Database, town: SmallTown
) -> None:
    until = Prepared(update(guardian).values(password_until=bindparam("until")))
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def write(connection):
        for at in (noon, noon.astimezone(timezone(timedelta(hours=5)))):
            until.write(connection, [{"until": at}])
        return Prepared(select(guardian.c.password_until)).rows(connection, {})[0][0]

    assert await database.write(write) == noon


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_list_that_would_be_expanded_is_refused(database: Database) -> None:
    query = Prepared(select(family.c.id).where(family.c.id.in_([1, 2])))

    with pytest.raises(ValueError, match="expanded"):
        await database.read(lambda connection: query.rows(connection, {}))
