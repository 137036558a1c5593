"""Everything about a person and their family, for them (A12, H3)."""

from dataclasses import dataclass

from domain.accounts.model import Identity
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.privacy.events import Event
from domain.privacy.model import PersonalData
from domain.privacy.ports import Exports
from domain.privacy.rules import A_DAY, check_export
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class BeginExport:
    """Whoever asks has just typed the password. Raises ExportUnderWay, TooManyExports(until=).

    The log is in the database: one at a time holds for all devices and processes.
    """

    exports: Transaction[Exports]
    clock: Clock

    async def __call__(self, who: Identity) -> None:
        now, guardian = self.clock(), who.guardian.id

        def work(tx: Exports) -> None:
            tx.lock_guardian(guardian)
            check_export(tx.exports(guardian, now - A_DAY), now)
            tx.note(Entry(now, Actor.GUARDIAN, Event.EXPORT_BEGUN, guardian))

        await self.exports.write(work)


@dataclass(frozen=True, slots=True)
class GatherData:
    exports: Transaction[Exports]
    clock: Clock

    async def __call__(self, who: Identity) -> PersonalData:
        guardian = who.guardian
        sections = await self.exports.read(
            lambda tx: tx.personal_data(guardian.id, guardian.family_id)
        )
        return PersonalData(self.clock(), sections)


@dataclass(frozen=True, slots=True)
class EndExport:
    exports: Transaction[Exports]
    clock: Clock

    async def __call__(self, who: Identity, *, sent: bool) -> None:
        what = Event.EXPORT_SENT if sent else Event.EXPORT_FAILED
        entry = Entry(self.clock(), Actor.GUARDIAN, what, who.guardian.id)
        await self.exports.write(lambda tx: tx.note(entry))
