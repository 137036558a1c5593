"""O3: a copy is taken while the bot writes, opens with the keys, and is for its owner alone."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.backup import back_up
from bot.migrated import migrated
from bot.settings import BadSettings, Settings, only
from storage.schema import guardian
from storage.town import TownWriter
from tests.storage.small_town import fill

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return only(
        database_url=f"sqlite:///{tmp_path}/cartable.db", key_file=tmp_path / "cartable.key"
    )


async def test_a_copy_taken_while_the_database_is_open_opens_with_the_keys(
    settings: Settings, tmp_path: Path
) -> None:
    async with migrated(settings) as running:
        await running.write(lambda c: fill(TownWriter(c)))

        copy = back_up(settings, tmp_path / "copies", NOW)

        assert copy.name == "cartable-20261123T093000Z.db"
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    restored = settings.model_copy(
        update={"database_url": only(database_url=f"sqlite:///{copy}").database_url}
    )
    async with migrated(restored) as database:
        count = await database.read(lambda c: c.scalar(select(func.count()).select_from(guardian)))
        assert count == 2


async def test_a_copy_is_never_overwritten(settings: Settings, tmp_path: Path) -> None:
    async with migrated(settings):
        back_up(settings, tmp_path / "copies", NOW)

        with pytest.raises(BadSettings, match="already"):
            back_up(settings, tmp_path / "copies", NOW)


async def test_one_that_was_cut_off_is_begun_anew(settings: Settings, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "cartable-20261123T093000Z.part").write_bytes(b"half")

    async with migrated(settings):
        copy = back_up(settings, copies, NOW)

    assert list(copies.iterdir()) == [copy]


def test_a_server_has_tools_of_its_own(tmp_path: Path) -> None:
    settings = only(database_url="postgresql://u:p@host/cartable")

    with pytest.raises(BadSettings, match="pg_dump"):
        back_up(settings, tmp_path, NOW)


def test_where_there_is_no_database_nothing_is_made(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="no database"):
        back_up(settings, tmp_path / "copies", NOW)

    assert not (tmp_path / "copies").exists()


async def test_a_copy_that_cannot_be_finished_leaves_nothing_behind(
    settings: Settings, tmp_path: Path
) -> None:
    """Each day another half of one would fill the disk for good."""
    (tmp_path / "cartable.db").write_bytes(b"no database at all, " * 500)

    with pytest.raises(BadSettings, match="file is not a database"):
        back_up(settings, tmp_path / "copies", NOW)

    assert list((tmp_path / "copies").iterdir()) == []


async def test_what_earlier_ones_left_when_the_machine_stopped_is_taken_away(
    settings: Settings, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "cartable-20261122T093000Z.part").write_bytes(b"half")
    (copies / "holiday.part").write_bytes(b"somebody's")

    async with migrated(settings):
        copy = back_up(settings, copies, NOW)

    assert sorted(copies.iterdir()) == [copy, copies / "holiday.part"]
