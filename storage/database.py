"""What both databases promise alike."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine

from storage import listening
from storage.columns import give_keyring
from storage.crypto import Keyring

R = TypeVar("R")

COMPACT_JSON: Final = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


class Database(ABC):
    """Runs units of work: plain functions over a SQLAlchemy ``Connection`` (see ``domain.work``).

    A unit may be run again from its start when its connection breaks before the commit, so it
    does nothing but compute and use that connection. One is ``brief`` that takes a few
    milliseconds at most, however large the town: it may then run where it is asked for, and keep
    everybody else waiting.
    """

    def __init__(self, keyring: Keyring, engines: Iterable[Engine]) -> None:
        self.keyring = keyring
        self._engines = tuple(engines)
        for engine in self._engines:
            give_keyring(engine.dialect, keyring)

    @abstractmethod
    async def start(self) -> None:
        """Connect, and raise RuntimeError when the settings are not what we rely on."""

    @abstractmethod
    async def write(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        """In one transaction, rolled back when ``work`` raises."""

    @abstractmethod
    async def read(self, work: Callable[[Connection], R], *, brief: bool = False) -> R:
        """Waits for no writer. A unit that writes here gets an error of the database."""

    @abstractmethod
    async def close(self) -> None: ...

    def listen(self, heard: Callable[[str], None]) -> None:
        """Tell ``heard`` the SQL of every statement, from whichever thread sends it.

        One call is one round trip. BEGIN, COMMIT and ROLLBACK are not told.
        """
        for engine in self._engines:
            listening.listen(engine, heard)
