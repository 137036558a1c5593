"""The agents are told that the back office does not take what it is offered (X2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.activities.model import StructureId
from domain.alerts.model import Alert, AlertKind
from domain.alerts.ports import Alerts
from domain.clock import Clock
from domain.reports.model import Transmission
from domain.reports.ports import Transmissions
from domain.work import Transaction

TOO_LONG: Final = timedelta(hours=24)
"""A night's files are there early in the morning; by the next night they ought to be taken."""


@dataclass(frozen=True, slots=True)
class WatchHandover:
    """One alert a structure: of the oldest that waits, and not one more each night."""

    transmissions: Transaction[Transmissions]
    alerts: Transaction[Alerts]
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        oldest: dict[StructureId, Transmission] = {}
        for one in await self.transmissions.read(lambda tx: tx.untaken()):
            oldest.setdefault(one.structure_id, one)
        late = [_alert(one, now) for one in oldest.values() if _is_late(one, now)]
        if late:  # each is kept once, whatever is repeated
            await self.alerts.write(lambda tx: _tell(tx, late))


def _is_late(of: Transmission, now: datetime) -> bool:
    return of.written_at is not None and now - of.written_at >= TOO_LONG


def _alert(of: Transmission, now: datetime) -> Alert:
    return Alert(
        key=f"{AlertKind.TRANSMISSION_WAITING}:{of.id}",
        kind=AlertKind.TRANSMISSION_WAITING,
        at=now,
        structure_id=of.structure_id,
        details={"number": of.number, "night": of.night.isoformat()},
    )


def _tell(tx: Alerts, late: list[Alert]) -> None:
    for one in late:
        tx.alert(one)
