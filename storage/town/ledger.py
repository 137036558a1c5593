"""What wallets hold when the town hands them over: their first entries (M1-M3)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from domain.activities.model import ActivityId, StructureId
from domain.families.model import ChildId, FamilyId, WalletId
from domain.money.model import EntryKind
from storage.schema import ledger_entry, payment, wallet
from storage.town.rows import Rows

OPENED = date(2026, 9, 1)  # when no other day is said


@dataclass(frozen=True, slots=True)
class Consumed:
    """What the town debited itself, before Cartable did."""

    child_id: ChildId
    activity_id: ActivityId
    day: date
    unit_price: Decimal
    quantity: int = 1

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity


class Ledger(Rows):
    def wallet(
        self,
        family: FamilyId,
        structure: StructureId,
        name: str,
        balance: Decimal,
        *,
        on: date = OPENED,
    ) -> WalletId:
        """What it holds is its first entry; the ledger keeps the sum."""
        owner = {"family_id": family, "structure_id": structure}
        key = WalletId(self._add(wallet, **owner, name=name, balance=Decimal(0)))
        self.opened(key, balance, on)
        return key

    def opened(self, of: WalletId, amount: Decimal, day: date) -> None:
        if amount:
            self._entry(of, EntryKind.OPENING, amount, day)

    def paid(
        self,
        of: WalletId,
        day: date,
        amount: Decimal,
        *,
        mode: str,
        number: str,
        payer: str,
        bank: str = "",
    ) -> None:
        """At the counter, or wherever the town's own cashier took it (M3)."""
        entry = self._entry(of, EntryKind.PAYMENT, amount, day)
        written = {"mode": mode, "number": number, "payer": payer, "bank": bank}
        self._add_all(payment, [{"entry_id": entry, **written}])

    def consumed(self, of: WalletId, what: Consumed) -> None:
        self._entry(
            of,
            EntryKind.CONSUMPTION,
            -what.total,
            what.day,
            child_id=what.child_id,
            activity_id=what.activity_id,
            unit_price=what.unit_price,
            quantity=what.quantity,
            booked_price=what.total,
        )

    def corrected(self, of: WalletId, amount: Decimal, day: date) -> None:
        self._entry(of, EntryKind.CORRECTION, amount, day)

    def _entry(
        self, of: WalletId, kind: EntryKind, amount: Decimal, day: date, **more: object
    ) -> int:
        at = datetime.combine(day, time(), UTC)
        said = {"wallet_id": of, "kind": kind, "amount": amount, "day": day, "at": at}
        return self._add(ledger_entry, **said, **more)
