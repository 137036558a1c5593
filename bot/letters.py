"""The town's letters as files: written first, then what they hold is made to let in (A3)."""

import os
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import segno

from bot.links import BotLinks
from conversations.letters.letter import letter
from conversations.printed import Printed
from conversations.texts import TextsByLocale
from domain.accounts.inviting import Invite, Letter
from domain.families.model import GuardianId


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter as a PDF; nothing changes by it."""

    links: BotLinks
    texts: TextsByLocale
    typeset: Callable[[Printed], Awaitable[bytes]]

    async def __call__(self, of: Letter, name: str = "") -> bytes:
        """``name``: of the file, where it is not the usual one."""
        link = await self.links.start(of.token)
        texts = self.texts(of.account.guardian.locale)
        name = name or file_name(of.account.identifier)
        return await self.typeset(letter(of, link, _qr(link), name, texts))


@dataclass(frozen=True, slots=True)
class Letters:
    invite: Invite
    links: BotLinks
    texts: TextsByLocale
    typeset: Callable[[Printed], Awaitable[bytes]]

    async def write(self, guardian: GuardianId, path: Path) -> None:
        """One letter, in a file that only its owner may read."""

        async def deliver(of: Letter) -> None:
            _put(path, await self._printed(of, path.name))

        await self.invite(guardian, deliver)

    async def write_all(self, guardians: Iterable[GuardianId], folder: Path) -> int:
        """A file a guardian in a folder that is there, named by identifier; answers how many."""
        written = 0
        for guardian in guardians:

            async def deliver(of: Letter) -> None:
                path = folder / file_name(of.account.identifier)
                _put(path, await self._printed(of, path.name))

            await self.invite(guardian, deliver)
            written += 1
        return written

    async def _printed(self, of: Letter, name: str) -> bytes:
        return await Paper(self.links, self.texts, self.typeset)(of, name)


def file_name(identifier: str) -> str:
    """ "lettre-DUPONT1.pdf"; nothing of an identifier leads out of the folder."""
    return f"lettre-{re.sub(r'[^A-Za-z0-9_-]+', '_', identifier)}.pdf"


def _qr(link: str) -> str:
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=4)
    return drawn.getvalue().decode()


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all; it holds a password."""
    half = path.with_name(f"{path.name}.part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
