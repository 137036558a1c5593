"""O3: what the doctor sees of an installation that has run for a while."""

import base64
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot import checkups_running
from bot.backup import back_up
from bot.checkups import Trouble
from bot.checkups_running import Facts
from bot.doctor import Finding, examine
from bot.migrated import migrated
from bot.playground.server import Playground
from bot.settings import Settings, only
from domain.notices.model import Channel
from storage.reports import SqlJobs
from storage.watching import NIGHT, Night, Waiting, Watched
from tests.bot.scripted import TOKEN, ScriptedApi

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DONE = Night(date(2026, 11, 23), NOW, NOW)
Made = Callable[..., Settings]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(**changed: object) -> Settings:
        given = {
            "bot_token": TOKEN,
            "api_url": "http://127.0.0.1:1",
            "database_url": f"sqlite:///{tmp_path}/cartable.db",
            "key_file": tmp_path / "cartable.key",
            "exchange_dir": tmp_path / "exchange",
            "backup_dir": tmp_path / "copies",
        }
        return only(**{**given, **changed})

    return make


def seen(night: Night | None = DONE, apart: timedelta | None = None, **waiting: Waiting) -> Facts:
    by = {Channel(name): each for name, each in waiting.items()}
    return Facts(Watched("0008", night, by), apart)


async def found(settings: Settings, subject: str) -> Finding:
    findings = await examine(settings, lambda: NOW)
    return next(finding for finding in findings if finding.subject == subject)


async def a_night_done(settings: Settings, night: date) -> None:
    def note(connection: Connection) -> None:
        SqlJobs(connection).claim(NIGHT, night, NOW, NOW)
        SqlJobs(connection).done(NIGHT, night, NOW)

    async with migrated(settings) as database:
        await database.write(note)


# -- nights ----------------------------------------------------------------------------------
async def test_nights_that_were_missed_are_counted(made: Made) -> None:
    await a_night_done(made(), date(2026, 11, 20))

    finding = await found(made(), "Nights")

    assert finding.seen == "3 not done, the last that was is 2026-11-20"
    assert "caught up in order" in finding.advice


async def test_a_night_whose_hour_has_just_struck_is_not_missed_yet(made: Made) -> None:
    just_struck = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # 03:30 in Paris
    before = seen(Night(date(2026, 11, 22), NOW, NOW))

    said = await checkups_running.nights(before, made(), just_struck)

    assert said == "done up to 2026-11-22"


async def test_a_server_whose_clock_is_wrong_is_told(made: Made) -> None:
    with pytest.raises(Trouble, match="90 s away"):
        await checkups_running.nights(seen(apart=timedelta(seconds=90)), made(), NOW)


async def test_a_server_s_clock_is_compared(postgresql_url: str, made: Made) -> None:
    settings = made(database_url=postgresql_url)
    async with migrated(settings):
        pass

    facts = await checkups_running.facts(settings, NOW - timedelta(days=3650))

    assert facts is not None
    assert facts.apart is not None
    assert facts.apart > timedelta(days=3000)


async def test_a_server_that_refuses_is_a_finding_and_no_crash(
    postgresql_url: str, made: Made
) -> None:
    nowhere = postgresql_url.replace("test_", "no_such_town_")

    findings = await examine(made(database_url=nowhere), lambda: NOW)

    by = {finding.subject: finding for finding in findings}
    assert "cannot be used" in by["Database"].seen
    assert by["Nights"].seen == checkups_running.NOT_LOOKED_AT


# -- outbox ----------------------------------------------------------------------------------
async def test_notices_that_should_have_left_are_told_by_channel() -> None:
    late = Waiting(2, NOW - timedelta(hours=2), NOW - timedelta(minutes=40))

    with pytest.raises(Trouble, match="mail 40 min"):
        await checkups_running.outbox(seen(mail=late), NOW)


async def test_notices_that_wait_for_the_morning_are_not_late() -> None:
    tomorrow = Waiting(2, NOW - timedelta(hours=9), NOW + timedelta(hours=1))

    said = await checkups_running.outbox(seen(telegram=tomorrow), NOW)

    assert said == "2 notices wait, none is late"


# -- copies and disks ------------------------------------------------------------------------
async def test_a_town_that_has_run_a_night_needs_a_copy(made: Made) -> None:
    fresh = await checkups_running.backups(seen(None), made(), NOW)

    with pytest.raises(Trouble, match="no copy in") as told:
        await checkups_running.backups(seen(), made(), NOW)

    assert "none yet" in fresh
    assert "cartable backup" in told.value.advice


async def test_a_copy_counts_for_a_day_and_a_half(made: Made) -> None:
    settings = made()
    async with migrated(settings):
        back_up(settings, settings.backup_dir, NOW)

    well = await checkups_running.backups(seen(), settings, NOW + timedelta(hours=35))
    with pytest.raises(Trouble, match="the newest copy is 37 h old"):
        await checkups_running.backups(seen(), settings, NOW + timedelta(hours=37))

    assert "cartable-20261123T093000Z.db" in well


async def test_a_key_among_the_copies_is_told(made: Made, tmp_path: Path) -> None:
    settings = made(key_file=tmp_path / "copies/cartable.key")
    async with migrated(settings):
        back_up(settings, settings.backup_dir, NOW)

    with pytest.raises(Trouble, match="the key file lies among the copies"):
        await checkups_running.backups(seen(), settings, NOW)


async def test_a_disk_without_room_is_told(made: Made, tmp_path: Path) -> None:
    well = await checkups_running.disk(made())

    with pytest.raises(Trouble, match="little room left"):
        await checkups_running.disk(made(), room=shutil.disk_usage(tmp_path).total + 1)

    assert well == "there is room"


# -- webhook ---------------------------------------------------------------------------------
SECRET = "a-long-secret-of-this-test"


def info(**told: object) -> tuple[int, object]:
    return 200, {"ok": True, "result": {"url": "", "pending_update_count": 0, **told}}


async def test_a_webhook_without_https_is_told(made: Made) -> None:
    settings = made(public_url="http://town.example.org", webhook_secret=SECRET)

    with pytest.raises(Trouble, match="https"):
        await checkups_running.webhook(settings, NOW)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"url": "https://other.example.org/telegram"}, "calls another address"),
        (
            {
                "url": "https://town.example.org/telegram",
                "last_error_date": int(NOW.timestamp()) - 60,
                "last_error_message": "Connection refused",
            },
            "Connection refused",
        ),
    ],
)
async def test_what_telegram_says_of_the_webhook_is_told(
    told: dict[str, object], why: str, made: Made, api: ScriptedApi
) -> None:
    api.script = [info(**told)]
    settings = made(public_url="https://town.example.org/", webhook_secret=SECRET, api_url=api.url)

    with pytest.raises(Trouble, match=why):
        await checkups_running.webhook(settings, NOW)


async def test_an_old_error_of_the_webhook_is_forgiven(made: Made, api: ScriptedApi) -> None:
    old = int(NOW.timestamp()) - 86_400
    api.script = [
        info(url="https://town.example.org/telegram", last_error_date=old, pending_update_count=3)
    ]
    settings = made(public_url="https://town.example.org", webhook_secret=SECRET, api_url=api.url)

    assert await checkups_running.webhook(settings, NOW) == "set, 3 updates wait"


# -- secrets ---------------------------------------------------------------------------------
KEY = base64.b64encode(bytes(range(7, 39))).decode()


@pytest.mark.parametrize(
    "written", [f"k1 {KEY}", f"{KEY}:k1", f"{KEY}\nindex:{KEY}", f"k1:{KEY}é\nindex:{KEY}"]
)
@pytest.mark.parametrize("where", ["file", "environment"])
async def test_a_badly_written_key_is_never_quoted(
    written: str, where: str, made: Made, playground: Playground
) -> None:
    settings = made()
    async with migrated(settings):
        pass
    if where == "file":
        settings.key_file.write_text(written)
    else:
        settings = made(key=written)

    findings = await examine(settings, lambda: NOW)

    said = " ".join(f"{finding.seen} {finding.advice}" for finding in findings)
    assert not next(finding for finding in findings if finding.subject == "Keys").well
    assert KEY[:8] not in said
