"""What the town must look at: strange payments, files that could not be read, a night missed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.activities.model import StructureId


class AlertKind(StrEnum):
    PAYMENT_STRAY = "payment_stray"  # money that no wallet could take (M4)
    PAYMENT_ODD = "payment_odd"  # credited, but not as it was ordered: amount, or paid twice
    ANSWERS_REFUSED = "answers_refused"  # a file of the back office with problems (X2)
    TRANSMISSION_WAITING = "transmission_waiting"  # not taken for too long (X2)


@dataclass(frozen=True, slots=True)
class Alert:
    """``key`` is unique, so it is told once. ``details``: JSON-safe; ids and amounts, no names.

    ``structure_id`` None: for the agents of every structure.
    """

    key: str
    kind: AlertKind
    at: datetime
    structure_id: StructureId | None = None
    details: Mapping[str, str | int] = field(default_factory=dict)
