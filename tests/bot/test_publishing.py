from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.migrated import migrated
from bot.publishing import publish
from bot.settings import Settings, only
from domain.documents.model import DocumentKind
from storage.documents import SqlDocuments
from storage.engine import transactions
from storage.town import TownWriter


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """Of a database with one structure."""
    made = only(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/cartable.db", key_file=tmp_path / "key"
    )
    opened_at = datetime(2026, 11, 23, tzinfo=UTC)
    async with migrated(made) as database:
        await database.write(
            lambda c: TownWriter(c).structure(
                name="Mairie", welcome="Bienvenue", updated_at=opened_at
            )
        )
    return made


async def test_a_file_becomes_the_version_in_force(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "rules.txt"
    file.write_text("Règlement\n\nArticle 1.\n\nArticle 2.\n", encoding="utf-8")
    await publish(settings, 1, DocumentKind.HOUSE_RULES, file)

    published = await publish(settings, 1, DocumentKind.HOUSE_RULES, file)

    assert (published.version, published.title) == (2, "Règlement")
    assert published.body == "Article 1.\n\nArticle 2."
    assert published.published_at <= utc_now()
    async with migrated(settings) as database:
        current = await transactions(database, SqlDocuments).read(lambda tx: tx.current(1))
    assert current[DocumentKind.HOUSE_RULES].id == published.id
