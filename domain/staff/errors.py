from typing import ClassVar

from domain.errors import DomainError


class NotAllowed(DomainError):
    """Their role does not have this right, or the structure is not theirs (S1)."""

    code: ClassVar[str] = "staff.not_allowed"
