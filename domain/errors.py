"""Expected refusals. Anything else that escapes is a bug."""

from typing import ClassVar


class DomainError(Exception):
    """A rule said no; ``code`` names the text that the user will read, ``params`` fill it."""

    code: ClassVar[str] = "error.generic"

    def __init__(self, **params: object) -> None:
        super().__init__(self.code, params)
        self.params = params


class NotFound(DomainError):
    """Asked for something that does not exist or is not theirs: the two are never told apart."""

    code = "error.not_found"
