from typing import ClassVar

from domain.errors import DomainError


class AlreadySettled(DomainError):
    """A colleague was first; nothing changed."""

    code: ClassVar[str] = "alerts.already_settled"
