"""A town hall whose power goes out: one process works until it is killed, at any instant.

Run in a child of a fork server, so that a kill costs milliseconds; each acknowledged step goes
into a pipe, as an answer that a parent has seen.
"""

import asyncio
import multiprocessing
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from domain.bookings import rules
from domain.bookings.confirming import Confirm
from domain.bookings.model import Wish
from domain.errors import DomainError
from domain.reports.service import RunNight
from storage.bookings import SqlBookings
from storage.crypto import Keyring
from storage.engine import Database, opened, transactions
from storage.exchange import ExchangeFolder
from storage.reports import SqlTransmissions
from tests.builders import identity
from tests.storage.towns import NOW, line, town

FAMILIES = 6
DAYS = tuple(date(2026, 12, 7) + timedelta(days=n) for n in range(3))
FIRST_NIGHT = date(2026, 11, 24)
READY = "ready"
Step = tuple[str, int, int]  # what, by whom, in which round or night


def crowded():
    """Six families for two places a day."""
    return town(children=FAMILIES, days=DAYS, capacity=2)


def work_until_killed(
    url: str, key: str, folder: Path, *, seed: int, steps: int, then: float
) -> list[Step]:
    """What was acknowledged by a process that is killed after so many ``steps``, and ``then`` so
    many seconds in the middle of the next: on a slow machine as on a fast one.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.killing"])
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(theirs, url, key, folder, seed))
    worker.start()
    theirs.close()
    with ours:
        assert ours.recv() == READY
        seen = [ours.recv() for _ in range(steps)]
        worker.join(then)
        worker.kill()
        worker.join()
        seen += _told(ours)
    assert worker.exitcode == -9, "it ended by itself: nothing was tried"
    worker.close()
    return seen


def _told(ours: Connection) -> Iterator[Step]:
    while True:
        try:
            yield ours.recv()
        except (EOFError, OSError):
            return


def _work(tell: Connection, url: str, key: str, folder: Path, seed: int) -> None:
    asyncio.run(_live(tell, url, key, folder, random.Random(seed)))  # noqa: S311


async def _live(tell: Connection, url: str, key: str, folder: Path, chance: random.Random) -> None:
    async with opened(url, Keyring.parse(key)) as database:
        tell.send(READY)
        for _ in count():
            if chance.random() < 0.15:
                tell.send(await _night(database, folder))
            elif step := await _family(database, chance):
                tell.send(step)


async def _family(database: Database, chance: random.Random) -> Step | None:
    """A few days booked or given back, and confirmed."""
    family = chance.randint(1, FAMILIES)
    wish = chance.choice((Wish.BOOK, Wish.CANCEL))
    lines = [line(family, day, wish) for day in chance.sample(DAYS, chance.randint(1, 3))]
    bookings = transactions(database, SqlBookings)
    await bookings.write(lambda tx: tx.put_lines(family, lines, NOW))
    facts = await bookings.read(lambda tx: tx.draft_facts(family, lock=False))
    digest = rules.digest(facts.draft.wishes)
    try:
        await Confirm(bookings, _catalogue, lambda: NOW)(
            identity(family, family), facts.draft.round, digest
        )
    except DomainError:
        return None
    return "confirmed", family, facts.draft.round


async def _night(database: Database, folder: Path) -> Step:
    transmissions = transactions(database, SqlTransmissions)
    last = await transmissions.read(lambda tx: tx.last_night(1))
    night = FIRST_NIGHT if last is None else last + timedelta(days=1)
    await run_night(database, folder, night)
    return "night", 0, night.toordinal()


async def run_night(database: Database, folder: Path, night: date) -> None:
    transmissions = transactions(database, SqlTransmissions)
    await RunNight(transmissions, ExchangeFolder(folder), _catalogue, lambda: NOW)(night)


async def _catalogue(version: int | None = None) -> Any:
    return crowded().catalogue
