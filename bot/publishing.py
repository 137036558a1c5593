"""A new version of a document that families are asked to read, from a file of the operator's."""

from pathlib import Path

from bot.clock import utc_now
from bot.migrated import migrated
from bot.settings import Settings
from domain.activities.model import StructureId
from domain.documents.model import DocumentKind, LegalDocument
from domain.documents.service import PublishDocument
from storage.catalogue import SqlCatalogues
from storage.documents import SqlDocuments
from storage.engine import transactions


class Unusable(Exception):
    """Says what is wrong with the file or the structure."""


async def publish(
    settings: Settings, structure: int, kind: DocumentKind, file: Path
) -> LegalDocument:
    """The first line of ``file`` (UTF-8) is the title, the rest the text, its paragraphs parted by
    blank lines. Raises Unusable.
    """
    title, body = _read(file)
    async with migrated(settings) as database:
        known = (await SqlCatalogues(database)()).structures
        if structure not in known:
            listed = ", ".join(f"{key} ({one.name})" for key, one in known.items())
            raise Unusable(f"There is no structure {structure}. There are: {listed or 'none'}.")
        publishing = PublishDocument(transactions(database, SqlDocuments), utc_now)
        return await publishing(StructureId(structure), kind, title=title, body=body)


def _read(file: Path) -> tuple[str, str]:
    try:
        title, _, body = file.read_text(encoding="utf-8").strip().partition("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{file} cannot be read as UTF-8 text ({type(error).__name__}).") from None
    if not title.strip() or not body.strip():
        raise Unusable(f"{file} needs a title on its first line, and a text below.")
    return title, body
