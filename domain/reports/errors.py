from typing import ClassVar

from domain.errors import DomainError


class NightDone(DomainError):
    """That night was done, by the clock or by hand: never twice (X2)."""

    code: ClassVar[str] = "reports.night_done"


class NightBusy(DomainError):
    """Somebody is at it."""

    code: ClassVar[str] = "reports.night_busy"
