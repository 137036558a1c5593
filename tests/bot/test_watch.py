"""O3: what monitoring is told, and that it names nobody."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Never

import pytest
from aiogram.dispatcher.event.bases import UNHANDLED
from aiohttp import ClientSession
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from bot.background import Background
from bot.listening import Listener
from bot.playground.clock import ShiftableClock
from bot.playground.server import TOKEN, Playground
from bot.settings import only
from bot.watch.counting import CountedConfirm, CountedUpdates
from bot.watch.instruments import Instruments
from bot.watch.looking import Look, Seen
from bot.watch.pages import Pages
from bot.watch.pulse import PATIENCE, Part, Pulse
from bot.watch.readiness import Readiness
from bot.wiring import Application
from domain.bookings.errors import StaleRecap
from domain.bookings.model import LineOutcome, Receipt, Result, Slot, Wish
from domain.notices.model import Channel, Kind, Notice
from handlers.errors import Outcome
from storage.engine import transactions
from storage.outbox import SqlOutbox
from storage.town import TownWriter
from storage.watching import Night, Waiting, Watched
from tests.bot.timing import FakeTime
from tests.driver import Parent
from tests.storage.small_town import JEAN_PAUL, fill

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUIET = Watched(revision="0008", night=None, waiting={})
UPDATE: dict[str, Any] = {"update_id": 1}


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def instruments(registry: CollectorRegistry) -> Instruments:
    return Instruments(registry)


@pytest.fixture
def pulse(time: FakeTime) -> Pulse:
    return Pulse(time.monotonic)


def counted(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    return registry.get_sample_value(name, labels)


# -- what is counted -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (None, "handled"),
        (UNHANDLED, "ignored"),
        (Outcome.REFUSED, "refused"),
        (Outcome.BROKEN, "broken"),
    ],
)
async def test_an_update_is_counted_with_its_outcome_and_its_time(
    answer: object,
    outcome: str,
    registry: CollectorRegistry,
    instruments: Instruments,
    time: FakeTime,
) -> None:
    async def handle(update: dict[str, Any]) -> object:
        time.seconds += 0.2
        return answer

    await CountedUpdates(handle, instruments, time.monotonic)(UPDATE)

    seconds = "cartable_update_seconds"
    assert counted(registry, f"{seconds}_sum", outcome=outcome) == pytest.approx(0.2)
    assert counted(registry, f"{seconds}_bucket", outcome=outcome, le="0.1") == 0
    assert counted(registry, f"{seconds}_bucket", outcome=outcome, le="0.25") == 1


async def test_an_update_that_crashes_is_counted_and_still_raises(
    registry: CollectorRegistry, instruments: Instruments
) -> None:
    async def handle(update: dict[str, Any]) -> Never:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        await CountedUpdates(handle, instruments)(UPDATE)

    assert counted(registry, "cartable_update_seconds_count", outcome="crashed") == 1


def a_receipt(*results: Result) -> Receipt:
    def line(result: Result) -> LineOutcome:
        slot = Slot(1, 1, date(2026, 11, 25))
        return LineOutcome(slot, Wish.BOOK, result, time(12), time(13), Decimal(3))

    return Receipt(1, 1, "digest", NOW, tuple(map(line, results)))


async def test_a_confirmation_is_counted_line_by_line_or_by_why_not(
    registry: CollectorRegistry, instruments: Instruments
) -> None:
    async def settle(*_: object) -> Receipt:
        return a_receipt(Result.ACCEPTED, Result.ACCEPTED, Result.WAITLISTED)

    async def refuse(*_: object) -> Never:
        raise StaleRecap

    await CountedConfirm(settle, instruments)(None, 1, "digest")  # type: ignore[arg-type]
    with pytest.raises(StaleRecap):
        await CountedConfirm(refuse, instruments)(None, 1, "digest")  # type: ignore[arg-type]

    assert counted(registry, "cartable_confirmations_total", outcome="settled") == 1
    assert counted(registry, "cartable_confirmations_total", outcome=StaleRecap.code) == 1
    assert counted(registry, "cartable_confirmed_lines_total", result="accepted") == 2
    assert counted(registry, "cartable_confirmed_lines_total", result="waitlisted") == 1


# -- what is looked at -----------------------------------------------------------------------
async def test_a_database_that_hangs_is_asked_once_and_said_to_be_away(
    background: Background,
) -> None:
    asked = []
    answers = asyncio.Event()

    async def read() -> Watched:
        asked.append(1)
        await answers.wait()
        return QUIET

    look = Look(read, background, seconds=0.01)

    with capture_logs():
        assert [await look(), await look()] == [None, None]
    answers.set()

    assert await look() == QUIET
    assert len(asked) == 1


async def test_a_database_that_fails_is_said_to_be_away_and_asked_again(
    background: Background,
) -> None:
    failures = [ConnectionRefusedError()]

    async def read() -> Watched:
        if failures:
            raise failures.pop()
        return QUIET

    look = Look(read, background)

    with capture_logs():
        assert await look() is None
    assert await look() == QUIET


def test_the_outbox_and_the_night_are_gauges(
    registry: CollectorRegistry, pulse: Pulse, time: FakeTime
) -> None:
    seen = Seen(pulse, time.now)
    registry.register(seen)
    asked, done = NOW - timedelta(minutes=10), NOW - timedelta(hours=6)
    due = NOW - timedelta(minutes=2)
    night = Night(NOW.date(), done - timedelta(seconds=90), done)
    seen.seen = Watched("0008", night, {Channel.MAIL: Waiting(3, asked, due)})

    value = registry.get_sample_value

    assert value("cartable_database_up") == 1
    assert value("cartable_outbox_pending", {"channel": "mail"}) == 3
    assert value("cartable_outbox_pending", {"channel": "telegram"}) == 0
    assert value("cartable_outbox_oldest_seconds", {"channel": "mail"}) == 600
    assert value("cartable_outbox_late_seconds", {"channel": "mail"}) == 120
    assert value("cartable_night_done_timestamp_seconds") == done.timestamp()
    assert value("cartable_night_duration_seconds") == 90
    assert value("cartable_schema_info", {"revision": "0008"}) == 1


def test_what_the_database_no_longer_says_is_not_told_as_if_it_did(
    registry: CollectorRegistry, pulse: Pulse, time: FakeTime
) -> None:
    seen = Seen(pulse, time.now)
    registry.register(seen)
    seen.seen = QUIET
    seen.seen = None

    assert registry.get_sample_value("cartable_database_up") == 0
    assert registry.get_sample_value("cartable_outbox_pending", {"channel": "mail"}) is None


# -- whether it works ------------------------------------------------------------------------
async def the_quiet_database() -> Watched | None:
    return QUIET


async def test_a_process_whose_parts_move_is_ready(pulse: Pulse) -> None:
    assert set((await Readiness(the_quiet_database, pulse)()).values()) == {"ok"}


@pytest.mark.parametrize(
    ("part", "name"),
    [(Part.DOOR, "door"), (Part.TICK, "scheduler"), (Part.COURIER, "courier")],
)
async def test_a_part_that_no_longer_moves_is_named(
    part: Part, name: str, pulse: Pulse, time: FakeTime
) -> None:
    time.seconds += PATIENCE[part] + 1
    for other in Part:
        if other is not part:
            pulse.beat(other)

    parts = await Readiness(the_quiet_database, pulse)()

    assert {other for other, state in parts.items() if state != "ok"} == {name}
    assert parts[name] == f"silent for {PATIENCE[part] + 1:.0f} s"


async def test_a_webhook_is_ready_once_telegram_knows_it(pulse: Pulse, time: FakeTime) -> None:
    time.seconds += PATIENCE[Part.DOOR] + 1
    opened: list[bool] = []
    readiness = Readiness(the_quiet_database, pulse, lambda: bool(opened))

    before = (await readiness())["door"]
    opened.append(True)

    assert (before, (await readiness())["door"]) == ("the webhook is not set", "ok")


# -- over HTTP -------------------------------------------------------------------------------
async def asked_for(port: int, path: str) -> tuple[int, str]:
    async with (
        ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_crashed_part_or_a_database_that_is_away_is_a_503(
    registry: CollectorRegistry, background: Background, pulse: Pulse, time: FakeTime
) -> None:
    alive = [True]

    async def away() -> Never:
        raise ConnectionRefusedError

    look = Look(away, background)
    pages = Pages(
        registry=registry,
        look=look,
        seen=Seen(pulse, time.now),
        ready=Readiness(look, pulse),
        alive=lambda: alive[0],
    )
    listener = Listener(pages.routes(), host="127.0.0.1", port=0)
    await listener.start()

    with capture_logs():
        living = await asked_for(listener.port, "/healthz")
        ready = await asked_for(listener.port, "/readyz")
        metrics = await asked_for(listener.port, "/metrics")
    alive.clear()
    alive.append(False)
    dead = await asked_for(listener.port, "/healthz")
    await listener.stop()

    assert living == (200, "ok\n")
    assert ready == (503, "database: does not answer\ndoor: ok\nscheduler: ok\ncourier: ok\n")
    assert metrics[0] == 200
    assert dead == (503, "a part has crashed\n")


@pytest.fixture
async def watched_bot(tmp_path: Path) -> AsyncIterator[tuple[Application, Playground]]:
    playground = Playground(clock=ShiftableClock.frozen(NOW))
    await playground.start()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = only(
        bot_token=TOKEN,
        api_url=playground.url,
        database_url=f"sqlite:///{tmp_path}/cartable.db",
        key_file=tmp_path / "cartable.key",
        exchange_dir=tmp_path / "exchange",
        metrics_port=port,
    )
    playground.add_person(JEAN_PAUL, "Jean-Paul", last_name="Dupont")
    async with Application(settings, clock=playground.clock) as application:
        yield application, playground
    await playground.stop()


async def test_a_running_bot_is_ready_and_its_metrics_name_nobody(
    watched_bot: tuple[Application, Playground],
) -> None:
    application, playground = watched_bot
    await application.catch_up()  # of a town that has not been imported yet
    town = await application.database.write(lambda c: fill(TownWriter(c)))
    parent = Parent(playground.url, JEAN_PAUL)
    await parent.start()
    await parent.press("connect")
    await parent.say("Dupont.JP")
    await application.database.write(
        lambda c: c.exec_driver_sql("ALTER TABLE login_failure RENAME TO gone")
    )
    await parent.say("not the password")
    posted = Notice("key", town.father, Channel.MAIL, Kind.PLACE_GIVEN, {"structure": 1}, NOW)
    await transactions(application.database, SqlOutbox).write(lambda tx: tx.post([posted]))
    await application.catch_up()

    (watching,) = application.listeners
    port = watching.port
    assert await asked_for(port, "/healthz") == (200, "ok\n")
    assert await asked_for(port, "/readyz") == (
        200,
        "database: ok\ndoor: ok\nscheduler: ok\ncourier: ok\n",
    )
    status, text = await asked_for(port, "/metrics")

    assert status == 200
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for found in text_string_to_metric_families(text)
        for sample in found.samples
    }
    assert samples["cartable_update_seconds_count", "handled"] >= 2
    assert samples["cartable_update_seconds_count", "broken"] == 1
    assert samples["cartable_database_errors_total", "OperationalError"] >= 1
    assert samples["cartable_notices_total", "mail", "failed"] == 1
    assert [name for name, *_ in samples if name == "cartable_job_failures_total"] == []
    assert samples["cartable_outbox_pending", "mail"] == 0
    assert samples["cartable_database_up",] == 1
    assert samples["cartable_night_done_timestamp_seconds",] == NOW.timestamp()
    personal = ("Dupont", "Jean-Paul", str(JEAN_PAUL), "@", TOKEN.partition(":")[2])
    assert not [word for word in personal if word in text]


async def test_without_a_port_nothing_listens(tmp_path: Path) -> None:
    settings = only(
        bot_token=TOKEN,
        api_url="http://127.0.0.1:1",
        database_url=f"sqlite:///{tmp_path}/cartable.db",
        key_file=tmp_path / "cartable.key",
    )
    application = Application(settings)
    await application.prepare()
    await application.stop()

    assert application.listeners == []
