from typing import ClassVar

from domain.errors import DomainError


class Changed(DomainError):
    """Since the preview: what would happen is no longer what was shown. Nothing was done."""

    code: ClassVar[str] = "places.changed"


class DayOver(DomainError):
    """What was, stays: a day that has passed is not closed, opened or given more places."""

    code: ClassVar[str] = "places.day_over"


class NotInLine(DomainError):
    """They wait no more: served, offered a place, or gone."""

    code: ClassVar[str] = "places.not_in_line"


class ReasonNeeded(DomainError):
    """``shortest`` and ``longest`` in characters."""

    code: ClassVar[str] = "places.reason_needed"


class NoRoom(DomainError):
    """Moved to the same spot some twenty times: no number is left between two others."""

    code: ClassVar[str] = "places.no_room"


class NotANumber(DomainError):
    """``most``: the largest capacity that can be set."""

    code: ClassVar[str] = "places.not_a_number"
