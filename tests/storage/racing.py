"""Families that confirm at the same instant, from several processes.

A fork server imports everything once; a barrier lets its processes go together; each answers what
its clients saw, which is then compared with what the database holds.
"""

import asyncio
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any, TypeAlias

from domain.activities.catalogue import Catalogue
from domain.bookings import rules
from domain.bookings.confirming import Confirm
from domain.bookings.model import LineOutcome, Places, Receipt, Wish
from domain.bookings.ports import BookingTx
from domain.work import Transaction
from storage.bookings import SqlBookings
from storage.bookings.places import _READ_PLACES
from storage.crypto import Keyring, new_keyring_text
from storage.engine import Database, opened, transactions
from storage.reports import SqlTransmissions
from tests.builders import TOWN, identity
from tests.storage.towns import NOW, line

PATIENCE = 60  # seconds, for machines that are busy with something else
WRITERS = 4  # connections to open before the start
MONTH = tuple(date(2026, 12, 7) + timedelta(days=n) for n in range(20))
NIGHT = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one client was answered. ``error`` is what nobody should ever see."""

    family: int
    outcomes: tuple[LineOutcome, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """One guardian with a phone; ``bookings`` may be a repository that was broken on purpose."""

    family: int
    bookings: Transaction[BookingTx]
    catalogue: Catalogue

    async def confirm(self, round_: int, lines: Sequence[Any]) -> Receipt:
        confirm = Confirm(self.bookings, self._catalogues, lambda: NOW)
        return await confirm(identity(self.family, self.family), round_, rules.digest(lines))

    async def put(self, lines: Sequence[Any]) -> None:
        await self.bookings.write(lambda tx: tx.put_lines(self.family, lines, NOW))

    async def _catalogues(self, version: int | None = None) -> Catalogue:
        return self.catalogue


async def rush(client: Client) -> Seen:
    """Pressed twice at once, as people do: the same answer both times, or it is an error."""
    wished = [line(client.family)]
    first, second = await asyncio.gather(*(client.confirm(1, wished) for _ in range(2)))
    error = None if first == second else f"{first} is not {second}"
    return Seen(client.family, first.outcomes, error)


async def once(client: Client) -> Seen:
    return Seen(client.family, (await client.confirm(1, [line(client.family)])).outcomes)


async def month(client: Client) -> Seen:
    """Twenty days booked, half of them given back, booked again; each family in its own order."""
    of = 1 + client.family % 2
    outcomes: tuple[LineOutcome, ...] = ()
    for round_, wish in enumerate((Wish.BOOK, Wish.CANCEL, Wish.BOOK), start=1):
        days = MONTH if round_ == 1 else MONTH[client.family % 2 :: 2]
        turned = days[client.family :] + days[: client.family]
        lines = [line(client.family, day, wish, of) for day in turned[:: (-1) ** round_]]
        await client.put(lines)
        outcomes += (await client.confirm(round_, lines)).outcomes
    return Seen(client.family, outcomes)


class NoPlaceLock(SqlBookings):
    """The mutant: reads the places that it should lock. It waits until its rival has read too."""

    rivals: Barrier

    def lock_places(self, pools, days):
        rows = self._connection.execute(_READ_PLACES, {"pools": list(pools), "days": list(days)})
        found = [Places(*row) for row in rows]
        self.rivals.wait(PATIENCE)
        return {(places.pool_id, places.day): places for places in found}


SCENARIOS = {"rush": rush, "once": once, "month": month}
Work: TypeAlias = tuple[str, str, Catalogue, Sequence[int]]


def race(
    scenario: str, url: str, catalogue: Catalogue, shares: Sequence[Sequence[int]], **options: bool
) -> list[Seen]:
    """A process for each share of families. ``locked=False`` sends the mutant."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.racing"])
    start, rivals = context.Barrier(len(shares)), context.Barrier(len(shares))
    runners = []
    for families in shares:
        ours, theirs = context.Pipe(duplex=False)
        work = (scenario, url, catalogue, families)
        runner = context.Process(target=_run, args=(theirs, start, rivals, work, options))
        runner.start()
        theirs.close()
        runners.append((runner, ours))
    return [seen for runner, ours in runners for seen in _answer(runner, ours)]


def _answer(runner: Any, ours: Connection) -> list[Seen]:
    with ours:
        seen = ours.recv()  # EOFError when the process died
    runner.join()
    runner.close()
    return seen


def _run(
    answer: Connection, start: Barrier, rivals: Barrier, work: Work, options: dict[str, bool]
) -> None:
    NoPlaceLock.rivals = rivals
    with answer:
        answer.send(asyncio.run(_play(start, work, **options)))


async def _play(
    start: Barrier, work: Work, *, locked: bool = True, nights: bool = False
) -> list[Seen]:
    scenario, url, catalogue, families = work
    async with opened(url, Keyring.parse(new_keyring_text())) as database:
        await asyncio.gather(*(database.write(lambda _: None) for _ in range(WRITERS)))
        await asyncio.to_thread(start.wait, PATIENCE)
        bookings = transactions(database, SqlBookings if locked else NoPlaceLock)
        clients = [Client(family, bookings, catalogue) for family in families]
        played = [_seen(scenario, client) for client in clients]
        if nights:
            played.append(_nights(database))
        return list(await asyncio.gather(*played))


async def _seen(scenario: str, client: Client) -> Seen:
    try:
        return await SCENARIOS[scenario](client)
    except Exception as error:  # noqa: BLE001 - whatever it is, a client would have seen it
        return Seen(client.family, error=f"{type(error).__name__}: {error}")


async def _nights(database: Database) -> Seen:
    """The town's night comes again and again while families confirm."""
    transmissions = transactions(database, SqlTransmissions)
    for n in range(10):
        night = NIGHT + timedelta(days=n)
        await transmissions.write(lambda tx, night=night: tx.claim(TOWN, night, NOW))
    return Seen(0)
