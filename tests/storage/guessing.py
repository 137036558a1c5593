"""Guesses at the same instant, from several processes over one database."""

import asyncio
import multiprocessing
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from domain.accounts.login import LogIn
from domain.errors import DomainError
from storage.access import SqlAccess
from storage.crypto import Keyring
from storage.engine import opened, transactions
from tests.fakes.accounts import FakePasswords
from tests.storage.towns import NOW

PATIENCE = 60  # seconds, for machines that are busy with something else


class Guessed(FakePasswords):
    """Counts the guesses that were held against a true hash."""

    def __init__(self) -> None:
        super().__init__()
        self.true = 0

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.true += password_hash is not None
        await asyncio.sleep(0)  # the others come in between
        return await super().verify(password, password_hash)


def storm(url: str, keys: str, users: list[list[int]], repeats: int) -> Counter[str]:
    """What the guesses came to, and how many reached the hash; a process for each list of users,
    each of whom guesses ``repeats`` times at once.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.guessing"])
    start = context.Barrier(len(users))
    runners = []
    for share in users:
        ours, theirs = context.Pipe(duplex=False)
        runner = context.Process(target=_run, args=(theirs, start, url, keys, share, repeats))
        runner.start()
        theirs.close()
        runners.append((runner, ours))
    return sum((_answer(runner, ours) for runner, ours in runners), Counter())


def _answer(runner: Any, ours: Connection) -> Counter[str]:
    with ours:
        seen = ours.recv()  # EOFError when the process died
    runner.join()
    runner.close()
    return seen


def _run(
    answer: Connection, start: Barrier, url: str, keys: str, users: list[int], repeats: int
) -> None:
    with answer:
        answer.send(asyncio.run(_guess(start, url, keys, users, repeats)))


async def _guess(
    start: Barrier, url: str, keys: str, users: list[int], repeats: int
) -> Counter[str]:
    passwords = Guessed()
    async with opened(url, Keyring.parse(keys)) as database:
        log_in = LogIn(transactions(database, SqlAccess), passwords, lambda: NOW)
        await asyncio.to_thread(start.wait, PATIENCE)
        tries = [_try(log_in, user) for user in users for _ in range(repeats)]
        came_to = Counter(await asyncio.gather(*tries))
    return came_to + Counter({"true hash": passwords.true, "hash": passwords.verified})


async def _try(log_in: LogIn, user: int) -> str:
    try:
        await log_in("DUPONT1", "wrong", user)
    except DomainError as error:
        return error.code
    return "in"
