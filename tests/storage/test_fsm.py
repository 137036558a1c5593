import asyncio
from dataclasses import replace

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import func, select

from storage.engine import Database
from storage.fsm import SqlStorage
from storage.schema import fsm

KEY = StorageKey(bot_id=8_000_000_000, chat_id=700_000_001, user_id=700_000_001)
OTHERS = [
    {"bot_id": 1},
    {"chat_id": -100_700},
    {"user_id": 2},
    {"thread_id": 3},
    {"business_connection_id": "b"},
    {"destiny": "stack"},
]


class Login(StatesGroup):
    identifier = State()


@pytest.fixture
def storage(database: Database) -> SqlStorage:
    return SqlStorage(database)


def count_rows(connection) -> int:
    return connection.scalar(select(func.count()).select_from(fsm))


async def test_nothing_is_known_at_first(storage: SqlStorage) -> None:
    assert await storage.get_state(KEY) is None
    assert await storage.get_data(KEY) == {}


async def test_a_state_is_kept(storage: SqlStorage) -> None:
    await storage.set_state(KEY, Login.identifier)

    assert await storage.get_state(KEY) == "Login:identifier"


async def test_data_is_kept(storage: SqlStorage) -> None:
    await storage.set_data(KEY, {"child": 3, "name": "Leyah", "days": [1, 2]})

    assert await storage.get_data(KEY) == {"child": 3, "name": "Leyah", "days": [1, 2]}


async def test_data_and_state_do_not_disturb_each_other(storage: SqlStorage) -> None:
    await storage.set_state(KEY, "waiting")
    await storage.set_data(KEY, {"child": 3})
    await storage.set_state(KEY, "done")

    assert (await storage.get_state(KEY), await storage.get_data(KEY)) == ("done", {"child": 3})


async def test_one_value_can_be_asked_for(storage: SqlStorage) -> None:
    await storage.set_data(KEY, {"child": 3})

    assert await storage.get_value(KEY, "child") == 3


@pytest.mark.parametrize("other", OTHERS)
async def test_every_part_of_the_key_counts(storage: SqlStorage, other: dict[str, object]) -> None:
    await storage.set_state(KEY, "mine")

    assert await storage.get_state(replace(KEY, **other)) is None


async def test_updates_at_the_same_instant_are_all_kept(storage: SqlStorage) -> None:
    await storage.set_data(KEY, {"first": 1})

    await asyncio.gather(*(storage.update_data(KEY, {f"n{n}": n}) for n in range(10)))

    assert await storage.get_data(KEY) == {"first": 1, **{f"n{n}": n for n in range(10)}}


async def test_an_update_answers_all_of_the_data(storage: SqlStorage) -> None:
    await storage.set_data(KEY, {"a": 1})

    assert await storage.update_data(KEY, {"b": 2}) == {"a": 1, "b": 2}


async def test_what_is_cleared_leaves_no_row(database: Database, storage: SqlStorage) -> None:
    await storage.set_state(KEY, "waiting")
    await storage.set_data(KEY, {"child": 3})

    await storage.set_state(KEY, None)
    await storage.set_data(KEY, {})

    assert await database.read(count_rows) == 0


async def test_clearing_one_half_keeps_the_other(storage: SqlStorage) -> None:
    await storage.set_state(KEY, "waiting")
    await storage.set_data(KEY, {"child": 3})

    await storage.set_state(KEY, None)

    assert await storage.get_data(KEY) == {"child": 3}
