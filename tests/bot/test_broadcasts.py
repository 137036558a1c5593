"""N7: whatever happens to Telegram and to the bot, nobody is told twice, and nobody in silence.

The worker is another process, killed (-9) at instants that the seed decides; Telegram is the
playground, with its flood limits on. ``make soak`` plays a thousand chats at the true pace.
"""

import logging
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from bot.clock import utc_now
from bot.courier.announcer import CHUNK, LANES
from bot.playground.faults import Fault
from bot.playground.server import TOKEN, Playground
from domain.announcements.composed import Fate
from domain.announcements.model import AnnouncementId
from storage.crypto import Keyring, new_keyring_text
from storage.engine import opened
from tests.bot.broadcasting import Work, at_work
from tests.storage.announced import AGENT, CHAT, Announced, announced
from tests.storage.towns import town

PATIENCE = 120.0


@dataclass
class Campaign:
    """``pace``: of the worker, a second; ``limit``: Telegram's own."""

    families: int
    seed: int
    pace: float
    share: float
    limit: float
    kills: int = 3
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311
        everybody = list(range(1, self.families + 1))
        self.chance.shuffle(everybody)
        tenth = self.families // 10
        self.blocked = set(everybody[:tenth])
        self.held = set(everybody[tenth : tenth + self.families // 20])
        self.unanswered = set(everybody[2 * tenth : 2 * tenth + self.families // 20])

    def moments(self) -> list[int]:
        """After how many messages it is killed: each life has some to send."""
        return sorted(self.chance.sample(range(5, self.families * 2 // 3), self.kills))

    def plan(self, playground: Playground) -> None:
        world = playground.world
        world.floods.configure(enabled=True, overall=self.limit, chat=1, burst=3)
        for number in range(1, self.families + 1):
            playground.add_person(CHAT + number, f"P{number}", started=True)
        playground.add_person(AGENT, "Agnès", started=True)
        for number in self.blocked:
            world.chats[CHAT + number].blocked = True
        for number in self.held:
            again = Fault("sendMessage", "429", chat=CHAT + number, retry_after=1)
            world.faults.plan(again)
        for number in self.unanswered:
            kind = self.chance.choice(("timeout_after_accept", "reset", "500"))
            world.faults.plan(Fault("sendMessage", kind, chat=CHAT + number))

    def work(self, url: str, key: str, api: str, life: int) -> Work:
        return Work(url, key, TOKEN, api, 6 * life, self.pace, self.share, read_seconds=1.0)


REDUCED = Campaign(families=120, seed=20261128, pace=110, share=100, limit=130)
WHOLE = Campaign(families=1000, seed=20261129, pace=25, share=20, limit=30)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    local = Playground()
    await local.start()
    yield local
    await local.stop()


def received(playground: Playground, chat: int) -> int:
    messages = playground.world.chats[chat].visible
    return sum(message.by_bot and "Fermeture" in str(message.body) for message in messages)


def arrived(playground: Playground, families: int) -> int:
    return sum(received(playground, CHAT + n) for n in range(1, families + 1))


def sends(playground: Playground):
    calls = playground.world.journal.calls("sendMessage")
    return [call for call in calls if call.chat != AGENT]


async def play(campaign: Campaign, playground: Playground, url: str) -> tuple[Announced, int]:
    """Until everything has its fate."""
    key = new_keyring_text()
    campaign.plan(playground)
    async with opened(url, Keyring.parse(key)) as database:
        told = await announced(database, town(children=campaign.families), utc_now())
        one = await told.sent()
    lives = [*campaign.moments(), None]
    for life, moment in enumerate(lives):
        with at_work(campaign.work(url, key, playground.url, life)):
            await until(campaign, playground, moment)
    async with opened(url, Keyring.parse(key)) as database:
        told.database = database
        await check(campaign, playground, url, key, one)
    return told, one


async def until(campaign: Campaign, playground: Playground, moment: int | None) -> None:
    pulse = playground.world.pulse

    def so_many() -> bool:
        if moment is None:
            return any(
                "Envoi terminé" in str(message.body)
                for message in playground.world.chats[AGENT].visible
            )
        return arrived(playground, campaign.families) >= moment

    assert await pulse.until(so_many, PATIENCE), playground.world.journal.calls()[-5:]


async def check(
    campaign: Campaign, playground: Playground, url: str, key: str, one: AnnouncementId
) -> None:
    async with opened(url, Keyring.parse(key)) as database:
        rows = await database.read(
            lambda c: c.exec_driver_sql(
                "SELECT guardian_id, state FROM announcement_delivery ORDER BY guardian_id"
            ).all()
        )
    fates = {guardian: Fate(state) for guardian, state in rows}
    copies = {n: received(playground, CHAT + n) for n in range(1, campaign.families + 1)}
    doubts = [n for n, fate in fates.items() if fate is Fate.UNCERTAIN]

    assert max(copies.values()) == 1
    assert {n for n, fate in fates.items() if fate is Fate.BLOCKED} <= campaign.blocked
    assert campaign.blocked <= {n for n in fates if fates[n] in (Fate.BLOCKED, Fate.UNCERTAIN)}
    assert set(fates.values()) == {Fate.SENT, Fate.BLOCKED, Fate.UNCERTAIN}
    assert all(copies[n] == 1 for n, fate in fates.items() if fate is Fate.SENT)
    assert len(doubts) <= campaign.kills * CHUNK * LANES + len(campaign.unanswered)
    assert campaign.unanswered <= {*doubts}
    report(campaign, playground, fates, copies)
    assert busiest(playground) <= campaign.pace
    assert not [c for c in sends(playground) if c.status == 429 and c.fault is None]
    everywhere = Counter(call.chat for call in sends(playground))
    allowed = {CHAT + n for n in campaign.held}
    assert all(n == 1 or chat in allowed for chat, n in everywhere.items())
    assert all(later - earlier >= 1 for earlier, later in gaps(playground))


def busiest(playground: Playground) -> int:
    """The most messages that left within one second."""
    at = [call.seconds for call in sends(playground)]
    return max(sum(first <= other < first + 1 for other in at) for first in at)


def gaps(playground: Playground):
    """Instants of one chat that follow each other."""
    calls = sends(playground)
    for chat in {call.chat for call in calls}:
        yield from pairwise(sorted(call.seconds for call in calls if call.chat == chat))


def report(
    campaign: Campaign,
    playground: Playground,
    fates: dict[int, Fate],
    copies: dict[int, int],
) -> None:
    """For ``-o log_cli=true -o log_cli_level=INFO``."""
    at = [call.seconds for call in sends(playground)]
    doubts = [n for n, fate in fates.items() if fate is Fate.UNCERTAIN]
    logging.getLogger(__name__).info(
        "%s chats, %s kills: %s; in %.0f s, %s in the busiest second; "
        "of those uncertain %s were there and %s were not",
        campaign.families,
        campaign.kills,
        dict(Counter(fates.values())),
        max(at) - min(at),
        busiest(playground),
        sum(copies[n] for n in doubts),
        sum(not copies[n] for n in doubts),
    )


async def test_killed_three_times_among_429s_and_silence_nobody_is_told_twice(
    playground: Playground, sqlite_url: str
) -> None:
    await play(REDUCED, playground, sqlite_url)


@pytest.mark.soak
async def test_a_thousand_chats_at_the_true_pace(
    playground: Playground, database_url: str
) -> None:
    await play(WHOLE, playground, database_url)
