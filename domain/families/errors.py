from typing import ClassVar

from domain.errors import DomainError


class TooShort(DomainError):
    """``shortest``: characters that a search needs."""

    code: ClassVar[str] = "families.too_short"


class LetterMade(DomainError):
    """Since the button was shown a letter was made: the newest one counts."""

    code: ClassVar[str] = "families.letter_made"
