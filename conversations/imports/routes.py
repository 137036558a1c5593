"""Addresses of the import in a chat (X1)."""

from typing import Annotated

from pydantic import Field

from conversations.routes import Route

SHORT = 32
"""Characters of the SHA-256 of 64: the button says which file, the whole is compared beside it."""
Digest = Annotated[str, Field(pattern=rf"^[0-9a-f]{{8,{SHORT}}}$")]


class AskImport(Route, prefix="gm"):
    """The file that is sent next is checked."""


class TakeTemplate(Route, prefix="gmt"):
    """The empty workbook, explained."""


class WriteImport(Route, prefix="gmw"):
    """Exactly the file that was checked."""

    digest: Digest
