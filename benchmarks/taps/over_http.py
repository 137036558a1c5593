"""The same taps over real HTTP: three bots, each in a process of its own, one busy at a time."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from rich.console import Console

from benchmarks import databases
from benchmarks.measuring import Measured, Sample, Variant, interleaved
from benchmarks.tables import Goal, print_measured
from benchmarks.taps.bots import TOKENS
from benchmarks.taps.updates import BUTTONS, Raw, Tap, taps
from benchmarks.towns import user
from conversations.booking.routes import MarkDay

STOCK = "BARE: stock aiogram and its polling"
LEAN = "ours, as it runs"
PLAIN = "ours with the lean wire off"


@dataclass(frozen=True, slots=True)
class Effort:
    taps: int = 200  # a round
    rounds: int = 4
    families: int = 50


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, and the taps that its parents make next."""

    name: str
    process: asyncio.subprocess.Process
    pattern: Raw
    coming: Iterator[Tap]
    numbers: Iterator[int]
    log: Path

    def said(self) -> str:
        """The end of its log: a tap that failed is told there, and an edit that never comes
        would otherwise look like a poller that sleeps.
        """
        return _end_of(self.log)

    def update(self) -> Raw:
        number, tap = next(self.numbers), next(self.coming)
        chat, query = user(tap.parent), self.pattern["callback_query"]
        child, activity = _own(query["data"], tap.parent)
        message = {**query["message"], "chat": {**query["message"]["chat"], "id": chat}}
        data = MarkDay.data(child, activity, tap.day, wanted=tap.wanted)
        sender = {**query["from"], "id": chat}
        pressed = {**query, "id": str(number), "from": sender, "message": message, "data": data}
        return {"update_id": number, "callback_query": pressed}


def _own(data: str, parent: int) -> tuple[Any, Any]:
    """The first parent's child and activity; children are numbered as their parents are."""
    _, child, activity, *_ = data.split(":")
    return int(child) + parent, int(activity)


async def run(effort: Effort, console: Console) -> list[Goal]:
    with databases.folder() as place:
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(_process("server", log=place / "server.log"))
            http = await stack.enter_async_context(ClientSession())
            bots = await _bots(stack, url.line, place, effort)
            variants = [_variant(title, http, url.line, bot, effort) for title, bot in bots]
            measured = await interleaved(variants, effort.rounds)
    print_measured(console, "A calendar tap over HTTP, long polling", measured, STOCK, "tap")
    return _goals(measured)


def _goals(measured: Mapping[str, Measured]) -> list[Goal]:
    rate = 1 / measured[LEAN].times(measured[STOCK])
    return [Goal("taps a second over HTTP, x BARE", rate, 2, at_least=True)]


def _variant(title: str, http: ClientSession, url: str, bot: Bot, effort: Effort) -> Variant:
    async def one_round() -> Sample:
        updates = [bot.update() for _ in range(effort.taps)]
        message = bot.pattern["callback_query"]["message"]
        asked = {
            "updates": updates,
            "edited": {"ok": True, "result": message},
            "buttons": BUTTONS,
        }
        before = processor_of(bot.process.pid)
        async with http.post(f"{url}/bench/{TOKENS[bot.name]}", json=asked) as answer:
            told = await answer.json()
        assert "stalled" not in told, f"{title}: {told['stalled']}\n{bot.said()}"
        used = processor_of(bot.process.pid)
        both = ("answerCallbackQuery", "editMessageText")
        assert told["calls"] == dict.fromkeys(both, effort.taps), told["calls"]
        cpu = None if before is None or used is None else used - before
        return Sample(told["seconds"], effort.taps, cpu=cpu)

    return Variant(title, one_round)


async def _bots(
    stack: AsyncExitStack, url: str, place: Path, effort: Effort
) -> list[tuple[str, Bot]]:
    found = {}
    logs = {name: place / f"{name}.log" for name in TOKENS}
    for name in ("lean", "plain"):
        asked = (url, name, str(effort.families), str(place))
        started = await stack.enter_async_context(_process("our_bot", *asked, log=logs[name]))
        pattern = json.loads((place / f"{name}.json").read_text())
        found[name] = _bot(name, started, pattern, effort, logs[name])
    message = found["lean"].pattern["callback_query"]["message"]
    drawn = place / "drawn.json"
    keyboard = message["reply_markup"]["inline_keyboard"]
    drawn.write_text(json.dumps({"text": message["text"], "keyboard": keyboard}))
    started = await stack.enter_async_context(
        _process("stock_bot", url, TOKENS["stock"], str(drawn), log=logs["stock"])
    )
    stock = _bot("stock", started, found["lean"].pattern, effort, logs["stock"])
    return [(STOCK, stock), (LEAN, found["lean"]), (PLAIN, found["plain"])]


@dataclass(frozen=True, slots=True)
class _Started:
    process: asyncio.subprocess.Process
    line: str


def _bot(name: str, started: _Started, pattern: Raw, effort: Effort, log: Path) -> Bot:
    numbers = iter(range(1, sys.maxsize))
    return Bot(name, started.process, pattern, taps(effort.families), numbers, log)


@asynccontextmanager
async def _process(module: str, *arguments: str, log: Path) -> AsyncIterator[_Started]:
    """One of this folder's programs, once it has said that it is ready."""
    with log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            f"benchmarks.taps.{module}",
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stdin=asyncio.subprocess.DEVNULL,
            stderr=written,
        )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode().strip()
        assert line, f"{module} did not start: {_end_of(log)}"
        yield _Started(process, line)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def _end_of(log: Path) -> str:
    return log.read_text()[-4000:]


def processor_of(process: int) -> float | None:
    """Seconds of processor that it has used; None where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return None
    user_ticks, system_ticks = told.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user_ticks) + int(system_ticks)) / os.sysconf("SC_CLK_TCK")
