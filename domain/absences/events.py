"""What the audit log tells of absences: by booking, never why."""

from enum import StrEnum


class Event(StrEnum):
    DECLARED = "absence_declared"
    CERTIFIED = "absence_certified"
    WITHDRAWN = "absence_withdrawn"
