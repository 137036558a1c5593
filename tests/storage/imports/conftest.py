from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.imports.model import Outcome
from domain.imports.service import ImportTown
from storage.engine import Database, transactions
from storage.imports import FileStaging, SqlImport
from storage.keycheck import prove_keyring
from tests.fakes.accounts import FakePasswords
from tests.storage.imports import files

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
Import = Callable[..., Awaitable[Outcome]]


@pytest.fixture
async def import_town(database: Database) -> Import:
    await prove_keyring(database)
    town = transactions(database, SqlImport)
    importing = ImportTown(town, FileStaging(), FakePasswords(), lambda: NOW)

    async def run(path: Path, **options: object) -> Outcome:
        return await importing(path, **{"dry_run": False, **options})

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return files.write(tmp_path / "town")
