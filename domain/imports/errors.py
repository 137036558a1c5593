from typing import ClassVar

from domain.errors import DomainError


class TooBig(DomainError):
    """``most``: mebibytes that a file sent in a chat may have."""

    code: ClassVar[str] = "imports.too_big"


class ImportInHand(DomainError):
    """One file after the other."""

    code: ClassVar[str] = "imports.in_hand"


class NotReceived(DomainError):
    """Telegram did not give the file."""

    code: ClassVar[str] = "imports.not_received"


class FileChanged(DomainError):
    """Not the file that was checked, or it is kept no more."""

    code: ClassVar[str] = "imports.file_changed"


class NotEveryStructure(DomainError):
    """An import reaches what all structures share; the agent does not work for all of them."""

    code: ClassVar[str] = "imports.not_every_structure"
