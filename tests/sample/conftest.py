"""The sample town, in either database."""

from pathlib import Path

import pytest

from bot.sample.loading import SampleTown, load
from storage.engine import Database
from storage.exchange import ExchangeFolder
from tests.fakes.accounts import FakePasswords
from tests.sample.moments import MOMENTS

NOW = MOMENTS["a Monday of November"]


@pytest.fixture
def folder(tmp_path: Path) -> ExchangeFolder:
    return ExchangeFolder(tmp_path / "exchange")


@pytest.fixture
async def town(database: Database, folder: ExchangeFolder) -> SampleTown:
    return await load(database, now=NOW, passwords=FakePasswords(), files=folder)
