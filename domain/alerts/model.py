"""What the town must look at: strange payments, files that could not be read, a night missed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.activities.model import StructureId

AlertId = NewType("AlertId", int)


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


@dataclass(frozen=True, slots=True)
class Noted:
    """One that is kept, by its number."""

    id: AlertId
    alert: Alert
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose alerts somebody sees: ``common`` are those of no structure."""

    structures: tuple[StructureId, ...]
    common: bool

    def takes_in(self, alert: Alert) -> bool:
        if alert.structure_id is None:
            return self.common
        return alert.structure_id in self.structures
