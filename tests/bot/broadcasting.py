"""A process that takes announcements out until it is killed.

Everything of the bot that does so, and nothing else; the Telegram that it writes to is the
test's.
"""

import asyncio
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess

from bot import locales
from bot.background import Background
from bot.clock import utc_now
from bot.courier.announcer import Announcer
from bot.courier.broadcast_bot import BroadcastBot
from bot.courier.leaving import Leaving
from bot.courier.pacing import Pace
from bot.courier.telegram import PushBot
from bot.courier.watching import Watching
from bot.courier.yielding import Behind
from bot.wire.http import BotApi
from bot.wire.lean import LeanWire
from storage.broadcasting import SqlBroadcasts
from storage.catalogue import SqlCatalogues
from storage.crypto import Keyring
from storage.engine import opened, transactions


@dataclass(frozen=True)
class Work:
    """``minutes``: how late it is in this life, so that what the last one held has run out."""

    database: str
    key: str
    token: str
    api: str
    minutes: int
    per_second: float
    share: float
    read_seconds: float

    def now(self) -> datetime:
        return utc_now() + timedelta(minutes=self.minutes)


async def main(work: Work) -> None:
    background, texts = Background(), locales.load()
    async with opened(work.database, Keyring.parse(work.key)) as database:
        sending, catalogues = transactions(database, SqlBroadcasts), SqlCatalogues(database)
        api = BotApi(work.token, work.api)
        push = PushBot(work.token, work.api, read_seconds=work.read_seconds, fence=1000)
        pace = Behind(Pace(per_second=work.per_second), per_second=work.share)
        announcer = Announcer(
            sending,
            Leaving(sending, BroadcastBot(push), pace, texts, work.now),
            Watching(sending, LeanWire(api), texts, catalogues),
            work.now,
            background,
        )
        stopping = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
        announcer.start()
        await stopping.wait()
        await announcer.stop()
        await push.close()
        await api.close()


def _live(work: Work) -> None:
    asyncio.run(main(work))


@contextmanager
def at_work(work: Work) -> Iterator[BaseProcess]:
    """Forked from a server that has imported everything: a life begins in milliseconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.bot.broadcasting"])
    process = context.Process(target=_live, args=(work,))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
