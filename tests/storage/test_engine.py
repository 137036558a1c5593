import asyncio

import pytest
from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.crypto import Keyring
from storage.engine import Database, Transactions, open_database, opened, transactions
from storage.schema import family, pool, town


def add_family(connection: Connection) -> int:
    return connection.execute(insert(family).returning(family.c.id)).scalar_one()


def count_families(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(family))


async def test_a_unit_of_work_is_committed(database: Database) -> None:
    added = await database.write(add_family)

    found = await database.read(lambda connection: connection.scalars(select(family.c.id)).all())

    assert found == [added]


async def test_a_refused_unit_of_work_leaves_nothing(database: Database) -> None:
    def refuse(connection: Connection) -> None:
        add_family(connection)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(refuse)

    assert await database.read(count_families) == 0


async def test_whoever_reads_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        await database.read(add_family)

    assert await database.read(count_families) == 0


async def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await database.write(
            lambda c: c.execute(text("INSERT INTO child_family VALUES (404, 404)"))
        )


async def test_twenty_tasks_racing_for_one_place_give_it_once(database: Database) -> None:
    await database.write(lambda c: c.execute(insert(town).values(id=1, catalogue_version=1)))

    def take(connection: Connection) -> bool:
        left = connection.scalar(select(town.c.catalogue_version).with_for_update())
        if left:
            connection.execute(update(town).values(catalogue_version=left - 1))
        return bool(left)

    taken = await asyncio.gather(*(database.write(take) for _ in range(20)))

    assert taken.count(True) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_second_process_waits_for_its_turn_on_sqlite(
    database: Database, database_url: str, keyring: Keyring
) -> None:
    """Two engines on one file stand for two processes; a late BEGIN would lose increments."""
    await database.write(lambda c: c.execute(insert(town).values(id=1, catalogue_version=0)))

    def count_up(connection: Connection) -> None:
        seen = connection.scalar(select(town.c.catalogue_version))
        connection.execute(update(town).values(catalogue_version=seen + 1))

    async with opened(database_url, keyring) as other:
        await asyncio.gather(*(each.write(count_up) for each in (database, other) * 10))

    assert await database.read(lambda c: c.scalar(select(town.c.catalogue_version))) == 20


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_server_with_another_isolation_gets_ours(
    database_url: str, keyring: Keyring
) -> None:
    name = database_url.partition("?")[0].rpartition("/")[2]
    async with opened(database_url, keyring) as database:
        await database.write(
            lambda c: c.exec_driver_sql(
                f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'"
            )
        )

    with pytest.raises(RuntimeError, match="repeatable read"):
        await open_database(database_url, keyring)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_writers_run_at_read_committed(database: Database) -> None:
    isolation = await database.write(
        lambda c: c.exec_driver_sql("SHOW transaction_isolation").scalar_one()
    )

    assert isolation == "read committed"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_lost_connection_is_not_noticed(
    database: Database, database_url: str, keyring: Keyring
) -> None:
    """The server restarts, or a firewall forgets an idle connection: the unit runs again."""
    await database.write(add_family)
    await database.read(count_families)
    await _end_other_connections(database_url, keyring, database)

    await database.write(add_family)

    assert await database.read(count_families) == 2


async def _end_other_connections(url: str, keyring: Keyring, database: Database) -> None:
    async with opened(url, keyring) as killer:
        await killer.write(
            lambda c: c.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND state = 'idle'"
            )
        )


async def test_a_listener_hears_every_statement_and_no_begin(database: Database) -> None:
    heard: list[str] = []
    database.listen(heard.append)

    await database.write(add_family)
    await database.read(count_families)

    assert [sql.split()[0] for sql in heard] == ["INSERT", "SELECT"]


async def test_a_repository_is_given_to_each_unit_of_work(database: Database) -> None:
    class Families:
        def __init__(self, connection: Connection) -> None:
            self.connection = connection

    families: Transactions[Families] = transactions(database, Families)

    await families.write(lambda tx: add_family(tx.connection))

    assert await families.read(lambda tx: count_families(tx.connection)) == 1


async def test_an_error_of_the_database_names_nobody(database: Database) -> None:
    """Such errors reach the log (A2)."""
    pool_of_nowhere = insert(pool).values(structure_id=404, name="Leyah")

    with pytest.raises(IntegrityError) as refusal:
        await database.write(lambda c: c.execute(pool_of_nowhere))

    assert "Leyah" not in str(refusal.value)


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "nonsense"]
)
async def test_an_address_that_cannot_serve_is_refused(url: str, keyring: Keyring) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        await open_database(url, keyring)


async def test_a_bad_address_does_not_show_its_password(keyring: Keyring) -> None:
    with pytest.raises(ValueError, match="mysql") as refusal:
        await open_database("mysql://town:s3cret@host/name", keyring)

    assert "s3cret" not in str(refusal.value)


DIE_AT_COMMIT = (
    "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'",
    "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON family"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()",
)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_connection_lost_in_the_commit_is_not_tried_again(database: Database) -> None:
    """Nobody knows whether it was committed: doing it twice would be worse than an error."""
    for statement in DIE_AT_COMMIT:
        await database.write(lambda c, sql=statement: c.exec_driver_sql(sql))
    runs: list[int] = []

    with pytest.raises(DBAPIError):
        await database.write(lambda c: runs.append(add_family(c)))

    assert len(runs) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_connection_lost_twice_is_an_error(database: Database) -> None:
    runs: list[int] = []

    def break_it(connection: Connection) -> None:
        runs.append(1)
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(DBAPIError, match="terminating"):
        await database.write(break_it)

    assert len(runs) == 2


async def test_a_caller_who_gives_up_leaves_no_half_written_unit(database: Database) -> None:
    """Whoever waited is cancelled; the next unit finds all of it or nothing, and no lock."""
    given_up = asyncio.ensure_future(database.write(add_family))  # noqa: TID251 - to cancel it
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)

    await database.write(add_family)

    assert await database.read(count_families) in {1, 2}
