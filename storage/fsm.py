"""Conversation steps, kept in the same database: aiogram's storage interface.

The only place of this room that knows a framework. What a parent typed is sealed, whom they are
is a blind index; losing all of it costs nothing but a step.
"""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from storage.database import Database
from storage.lookups import telegram_index
from storage.schema import fsm
from storage.upserts import insert_into


class SqlStorage(BaseStorage):
    def __init__(self, database: Database) -> None:
        self._database = database

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        word = state.state if isinstance(state, State) else state
        await self._database.write(lambda connection: self._put(connection, key, state=word))

    async def get_state(self, key: StorageKey) -> str | None:
        query = select(fsm.c.state).where(self._is(key))
        return await self._database.read(lambda connection: connection.scalar(query))

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        kept = dict(data) or None
        await self._database.write(lambda connection: self._put(connection, key, data=kept))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        query = select(fsm.c.data).where(self._is(key))
        return await self._database.read(lambda connection: connection.scalar(query) or {})

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """In one transaction, so that no neighbour's change is lost."""

        def work(connection: Connection) -> dict[str, Any]:
            query = select(fsm.c.data).where(self._is(key)).with_for_update()
            merged = {**(connection.scalar(query) or {}), **data}
            self._put(connection, key, data=merged or None)
            return merged

        return await self._database.write(work)

    async def close(self) -> None:
        """The database is closed by who opened it."""

    def _put(self, connection: Connection, key: StorageKey, **values: Any) -> None:
        if None in values.values():
            return self._clear(connection, key, **values)
        query = insert_into(connection, fsm).values(**self._parts(key), **values)
        connection.execute(query.on_conflict_do_update(fsm.primary_key, set_=values))
        return None

    def _clear(self, connection: Connection, key: StorageKey, **values: None) -> None:
        """A row that says nothing is no row; mostly there is none to begin with."""
        kept = connection.execute(update(fsm).where(self._is(key)).values(**values)).rowcount
        if kept:
            empty = fsm.c.state.is_(None), fsm.c.data.is_(None)
            connection.execute(delete(fsm).where(self._is(key), *empty))

    def _is(self, key: StorageKey) -> ColumnElement[bool]:
        return and_(*(fsm.c[name] == value for name, value in self._parts(key).items()))

    def _parts(self, key: StorageKey) -> dict[str, Any]:
        keyring = self._database.keyring
        return {
            "bot_id": key.bot_id,
            "chat_index": telegram_index(keyring, key.chat_id),
            "user_index": telegram_index(keyring, key.user_id),
            "thread_id": key.thread_id or 0,
            "business_connection_id": key.business_connection_id or "",
            "destiny": key.destiny,
        }
