"""Day sheets (S4). Whoever reads one is noted: it says where children are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity, ActivityId
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.errors import NotFound
from domain.sheets import rules
from domain.sheets.model import Order, Sheet, SheetRow
from domain.sheets.ports import SheetsTx
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction


class Use(StrEnum):
    """What a sheet is read for, as the audit log tells it."""

    SCREEN = "screen"
    PDF = "pdf"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """``day`` None: today, in the structure's zone. Raises NotFound for an activity that is not of
    the structure shown now, NotAllowed.
    """

    sheets: Transaction[SheetsTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self,
        member: StaffIdentity,
        day: date | None,
        activity: ActivityId | None = None,
        order: Order = Order.CLASS,
        use: Use = Use.SCREEN,
    ) -> Sheet:
        member.check(Right.READ_SHEETS, member.structure_id)
        catalogue, now = await self.catalogues(member.catalogue_version), self.clock()
        chosen = _chosen(catalogue, member, activity)
        today = catalogue.structures[member.structure_id].today(now)
        on = day or today
        act = StaffAct.SHEET_READ if use is Use.SCREEN else StaffAct.SHEET_TAKEN
        # 0: all of them
        entry = noted(member, act, now, day=on.isoformat(), use=use.value, activity=activity or 0)

        def work(tx: SheetsTx) -> tuple[SheetRow, ...]:
            tx.note(entry)
            return tx.sheet(member.structure_id, on, activity)

        rows = await self.sheets.write(work)
        found = rules.sheets(rows, catalogue, order)
        return Sheet(on, today, found, order, now, chosen, rules.by_class(found))


def _chosen(
    catalogue: Catalogue, member: StaffIdentity, activity: ActivityId | None
) -> Activity | None:
    if activity is None:
        return None
    found = catalogue.activities.get(activity)
    if found is None or found.structure_id != member.structure_id:
        raise NotFound
    return found
