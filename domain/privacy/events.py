from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Event(StrEnum):
    """What the audit log tells of this area."""

    EXPORT_BEGUN = "export_begun"
    EXPORT_SENT = "export_sent"
    EXPORT_FAILED = "export_failed"
    OPT_IN_WITHDRAWN = "opt_in_withdrawn"
    ERASED = "erased"


EXPORTS = frozenset({Event.EXPORT_BEGUN, Event.EXPORT_SENT, Event.EXPORT_FAILED})


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime
    what: Event
