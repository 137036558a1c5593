"""The whole application against the local Telegram: started, stopped, cut, started again."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot import locales
from bot.menu import publish_menu
from bot.migrated import migrated
from bot.passwords import Argon2Passwords
from bot.playground.clock import ShiftableClock
from bot.playground.mails import Mail
from bot.playground.server import TOKEN, Playground
from bot.sample.loading import SampleTown, load
from bot.scheduler import NIGHT
from bot.settings import Settings, only
from bot.wire.http import BotApi
from bot.wiring import Application
from domain.audit.model import Actor
from domain.notices.model import Channel, Kind, Notice
from storage.engine import transactions
from storage.exchange import ExchangeFolder, file_name
from storage.outbox import SqlOutbox
from storage.schema import audit, notice, telegram_session
from tests.driver import Parent

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
async def local() -> AsyncIterator[Playground]:
    playground = Playground(clock=ShiftableClock.frozen(NOW))
    await playground.start()
    yield playground
    await playground.stop()


def settings_in(folder: Path, **changed: object) -> Settings:
    given = {
        "bot_token": TOKEN,
        "database_url": f"sqlite+aiosqlite:///{folder}/cartable.db",
        "key_file": folder / "cartable.key",
        "exchange_dir": folder / "exchange",
        **changed,
    }
    return only(**given)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleTown]:
    """A folder with the sample town, made once: each test copies it."""
    folder = tmp_path_factory.mktemp("town")
    settings = settings_in(folder)

    async def fill() -> SampleTown:
        async with migrated(settings) as database:
            return await load(
                database,
                now=NOW,
                passwords=Argon2Passwords(memory_kib=64, passes=1),
                files=ExchangeFolder(settings.exchange_dir),
            )

    return folder, asyncio.run(fill())


@pytest.fixture
def town(filled: tuple[Path, SampleTown], local: Playground, tmp_path: Path) -> SampleTown:
    folder, sample = filled
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    for person in sample.people:
        local.add_person(person.id, person.first_name, last_name=person.last_name)
    return sample


Started = Callable[..., Application]


@pytest.fixture
def application(local: Playground, town: SampleTown, tmp_path: Path) -> Started:
    def make(*, lean: bool = True, by_itself: bool = True) -> Application:
        settings = settings_in(
            tmp_path,
            api_url=local.url,
            smtp_host="127.0.0.1",
            smtp_port=local.smtp_port,
            smtp_security="none",
            lean_wire=lean,
        )
        return Application(settings, clock=local.clock, by_itself=by_itself)

    return make


async def logged_in(local: Playground, town: SampleTown) -> Parent:
    parent = Parent(local.url, town.hero.id)
    await parent.start()
    await parent.press("connect")
    await parent.say(town.hero.identifier)
    await parent.say(town.hero.password)
    return parent


async def notify(application: Application, kind: Kind) -> None:
    """One notice to whoever is connected."""
    outbox = transactions(application.database, SqlOutbox)
    guardian = await application.database.read(
        lambda connection: connection.scalar(
            telegram_session.select().with_only_columns(telegram_session.c.guardian_id)
        )
    )
    params = {"structure": 1, "lines": 2}
    posted = Notice("test", guardian, Channel.TELEGRAM, kind, params, NOW)
    await outbox.write(lambda tx: tx.post([posted]))
    await application.catch_up()


async def test_what_is_older_than_the_town_said_goes_by_itself(
    application: Started, local: Playground
) -> None:
    """From the second day on: the first one only looks."""
    entry = {"actor": Actor.SYSTEM, "what": "x", "details": {}}
    times = [NOW - timedelta(days=3660), NOW]

    async with application() as running:
        await running.database.write(
            lambda c: c.execute(audit.insert(), [{"at": at, **entry} for at in times])
        )
        left = []
        for day in range(2):
            await local.clock.jump(NOW + timedelta(days=day))
            await running.catch_up()
            left.append(await running.database.read(_noted))

    assert left == [times, [NOW]]


def _noted(connection: Connection) -> list[datetime]:
    return list(connection.scalars(select(audit.c.at).where(audit.c.what == "x")))


async def test_a_parent_logs_in_and_the_session_outlives_a_restart(
    application: Started, local: Playground, town: SampleTown
) -> None:
    async with application():
        parent = await logged_in(local, town)

    async with application():
        await parent.say("/accueil")
        screen = await parent.screen()

    assert town.hero.last_name in screen.text


async def test_what_was_pressed_while_the_bot_was_away_is_answered_when_it_is_back(
    application: Started, local: Playground, town: SampleTown
) -> None:
    async with application():
        parent = await logged_in(local, town)
    await parent.press("Suivi", wait=False)

    async with application():
        await parent.settled()
        screen = await parent.screen()

    assert "Suivi" in screen.text


async def test_a_clock_jump_brings_the_night_and_its_mails(
    application: Started, local: Playground, town: SampleTown
) -> None:
    async with application() as running:

        async def jumped(now: datetime) -> None:
            await running.catch_up()

        local.clock.listeners.append(jumped)
        await local.clock.jump(local.clock.tonight())

    # The family that owes is reminded at the hour of the town that comes first.
    subjects = {mail.subject for mail in local.mailbox.mails}
    assert "Compte rendu de vos demandes de réservation" in subjects
    assert len(subjects) == 2


async def test_a_family_that_blocks_the_bot_gets_mail_instead(
    application: Started, local: Playground, town: SampleTown
) -> None:
    """N7"""
    async with application() as running:
        parent = await logged_in(local, town)
        await parent.block()
        await notify(running, Kind.DRAFT_LAPSED)

        states = await running.database.read(
            lambda connection: dict(
                connection.execute(
                    notice.select().with_only_columns(notice.c.channel, notice.c.state)
                ).all()
            )
        )

    assert states[Channel.MAIL] == "sent"
    assert len(about_the_draft(local)) == 1


async def test_a_family_that_comes_back_is_reached_in_the_chat_again(
    application: Started, local: Playground, town: SampleTown
) -> None:
    async with application() as running:
        parent = await logged_in(local, town)
        await parent.block()
        await parent.unblock()
        await notify(running, Kind.DRAFT_LAPSED)
        screen = await parent.screen()

    assert "abandonnées" in screen.text
    assert about_the_draft(local) == []


def about_the_draft(local: Playground) -> list[Mail]:
    """A mail tells of the new device as well."""
    return [mail for mail in local.mailbox.mails if "non validées" in mail.subject]


# A description is answered for French too where only the default, which is French, is known.
@pytest.mark.parametrize(
    ("what", "times"), [("Commands", 3), ("Description", 2), ("ShortDescription", 2)]
)
async def test_the_menu_and_descriptions_are_told_once_and_then_left_alone(
    local: Playground, what: str, times: int
) -> None:
    api = BotApi(local.token, local.url)
    texts = locales.load()

    await publish_menu(api, texts)
    told = len(calls_of(local, f"setMy{what}"))
    await publish_menu(api, texts)
    await api.close()

    assert told == times
    assert len(calls_of(local, f"setMy{what}")) == told


def calls_of(local: Playground, method: str) -> list[object]:
    return [call for call in local.world.journal.calls() if call.method == method]


@pytest.mark.parametrize("lean", [True, False], ids=["lean", "stock"])
async def test_both_wires_serve_the_whole_conversation(
    application: Started, local: Playground, town: SampleTown, *, lean: bool
) -> None:
    async with application(lean=lean):
        parent = await logged_in(local, town)
        answer = await parent.press("Réserver")

    assert answer.answered


async def test_two_processes_on_postgresql_do_one_night_and_send_each_notice_once(
    local: Playground, postgresql_url: str, tmp_path: Path
) -> None:
    """O2"""
    settings = settings_in(
        tmp_path,
        api_url=local.url,
        database_url=postgresql_url,
        smtp_host="127.0.0.1",
        smtp_port=local.smtp_port,
        smtp_security="none",
    )
    one, other = (Application(settings, clock=local.clock) for _ in range(2))
    await one.prepare()
    await load(
        one.database,
        now=NOW,
        passwords=Argon2Passwords(memory_kib=64, passes=1),
        files=ExchangeFolder(settings.exchange_dir),
    )
    await other.prepare()
    await local.clock.jump(local.clock.tonight())

    await asyncio.gather(one.catch_up(), other.catch_up())
    await asyncio.gather(one.stop(), other.stop())

    mails = [(mail.to[0], mail.text) for mail in local.mailbox.mails]
    assert mails
    assert len(mails) == len(set(mails))


async def test_the_back_office_is_heard_as_soon_as_it_answers(
    application: Started, tmp_path: Path
) -> None:
    """X2: a file of its own is taken, and its acknowledgement of a night is read."""
    box = tmp_path / "exchange" / "in"
    box.mkdir(parents=True)
    (box / "families.csv").write_text("code,resident\nF1,oui\n")
    async with application() as running:
        waiting = await running.town.transmissions.read(lambda tx: tx.untaken())
        sign = tmp_path / "exchange" / f"{file_name(waiting[0])}.taken"
        sign.write_text(f"{waiting[0].checksum}\n")

        await running.catch_up()

        left = await running.town.transmissions.read(lambda tx: tx.untaken())
    assert (box / "taken" / "families.csv").exists()
    assert left == waiting[1:]


@pytest.mark.parametrize("by_itself", [True, False])
async def test_what_is_due_waits_to_be_asked_for_where_nothing_happens_by_itself(
    application: Started, *, by_itself: bool
) -> None:
    async with application(by_itself=by_itself):
        pass
    async with application(by_itself=False) as later:
        last = await later.town.jobs.read(lambda tx: tx.last_done(NIGHT))

    assert (last is not None) is by_itself
