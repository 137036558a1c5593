"""The import over a real database: for the command line, and of a file that came in a chat."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import utc_now
from bot.import_template import write_template
from bot.migrated import migrated
from bot.passwords import Argon2Passwords
from bot.settings import Settings
from conversations.texts import Texts
from domain.imports.model import Outcome
from domain.imports.ports import Author, Progress
from domain.imports.service import ImportTown
from storage.engine import transactions
from storage.imports import FileStaging, SqlImport


@asynccontextmanager
async def importing(settings: Settings) -> AsyncIterator[ImportTown]:
    async with migrated(settings) as database:
        town = transactions(database, SqlImport)
        yield ImportTown(town, FileStaging(), Argon2Passwords(), utc_now)


@dataclass(frozen=True, slots=True)
class ImportDocument:
    """``name`` is the sender's, and tells the kind of the file; ``content`` is gone at the end."""

    import_town: ImportTown

    async def __call__(
        self, name: str, content: bytes, *, dry_run: bool, progress: Progress, by: Author | None
    ) -> Outcome:
        with TemporaryDirectory(prefix="cartable-import-") as folder:
            path = Path(folder) / safe(name)
            await asyncio.to_thread(path.write_bytes, content)
            return await self.import_town(path, dry_run=dry_run, progress=progress, by=by)


def safe(name: str) -> str:
    """Nothing of a name leads out of the folder, nor hides the file."""
    bare = re.sub(r"[^\w.-]+", "_", Path(name.replace("\\", "/")).name)[-100:]
    return bare.lstrip(".") or "document"


async def template(t: Texts) -> bytes:
    """The workbook that a town fills."""
    return await asyncio.to_thread(_template, t)


def _template(t: Texts) -> bytes:
    with TemporaryDirectory(prefix="cartable-template-") as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, t)
        return path.read_bytes()
