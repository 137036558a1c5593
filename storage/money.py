"""The ledger: ``domain.money.ports.MoneyTx``."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, exists, func, or_, select

from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.families.model import Child, FamilyId, Wallet, WalletId
from domain.money.model import (
    NOTHING,
    Asked,
    Consumption,
    Debit,
    EntryKind,
    Imbalance,
    Payment,
    ToDebit,
    Undebited,
)
from storage.columns import Money
from storage.schema import (
    absence,
    activity,
    booking,
    child,
    family_quotient,
    ledger_entry,
    payment,
    wallet,
)
from storage.upserts import insert_into

_booking, _entry = booking.c, ledger_entry.c

_DEBITED: Final = exists().where(
    _entry.activity_id == _booking.activity_id,
    _entry.day == _booking.day,
    _entry.ticket == _booking.ticket,
)
_QUOTIENT: Final = (
    select(family_quotient.c.value)
    .where(
        family_quotient.c.family_id == _booking.family_id,
        family_quotient.c.valid_from <= _booking.day,
        or_(family_quotient.c.valid_to.is_(None), family_quotient.c.valid_to >= _booking.day),
    )
    .order_by(family_quotient.c.valid_from.desc())
    .limit(1)
    .scalar_subquery()
)
_EXCUSED: Final = exists().where(absence.c.booking_id == _booking.id, absence.c.billed.is_(False))


class SqlMoney:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # -- what a family reads -----------------------------------------------------------------
    def wallets(self, family: FamilyId, structure: StructureId) -> tuple[Wallet, ...]:
        query = (
            select(
                wallet.c.id,
                wallet.c.family_id,
                wallet.c.structure_id,
                wallet.c.name,
                wallet.c.balance,
                wallet.c.closed_at.isnot(None).label("closed"),
            )
            .where(wallet.c.family_id == family, wallet.c.structure_id == structure)
            .order_by(wallet.c.name)
        )
        rows = self._connection.execute(query)
        return tuple(Wallet(*row) for row in rows)

    def undebited(
        self, family: FamilyId, structure: StructureId, asked: Asked
    ) -> tuple[Undebited, ...]:
        states = [State.ACCEPTED, State.PENDING] if asked.pending else [State.ACCEPTED]
        query = (
            select(
                _booking.day,
                _booking.child_id,
                _booking.activity_id,
                _booking.state,
                _booking.price,
            )
            .join_from(booking, activity, activity.c.id == _booking.activity_id)
            .where(
                _booking.family_id == family,
                activity.c.structure_id == structure,
                _booking.state.in_(states),
                ~_DEBITED,
                ~_EXCUSED,
            )
            .order_by(_booking.day, _booking.activity_id, _booking.child_id)
        )
        if asked.until is not None:
            query = query.where(_booking.day <= asked.until)
        return tuple(Undebited(*row) for row in self._connection.execute(query))

    def consumptions(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[Consumption, ...]:
        query = (
            select(
                _entry.day,
                child.c.id,
                child.c.first_name,
                child.c.last_name,
                activity.c.id,
                activity.c.name,
                _entry.unit_price,
                _entry.quantity,
                _entry.amount,
                _entry.booked_price,
            )
            .join_from(ledger_entry, child, child.c.id == _entry.child_id)
            .join(activity, activity.c.id == _entry.activity_id)
        )
        found = self._of(query, family, structure, first, last, EntryKind.CONSUMPTION)
        return tuple(
            Consumption(
                day=row[0],
                child=Child(*row[1:4]),
                activity_id=row[4],
                activity=row[5],
                unit_price=row[6],
                quantity=row[7],
                total=-row[8],
                booked_price=row[9],
            )
            for row in found
        )

    def payments(
        self, family: FamilyId, structure: StructureId, first: date, last: date
    ) -> tuple[Payment, ...]:
        query = select(
            _entry.day,
            payment.c.mode,
            payment.c.number,
            payment.c.payer,
            payment.c.bank,
            _entry.amount,
        ).join_from(ledger_entry, payment, payment.c.entry_id == _entry.id)
        kinds = EntryKind.PAYMENT, EntryKind.REFUND
        found = self._of(query, family, structure, first, last, *kinds)
        return tuple(Payment(*row) for row in found)

    def _of(
        self,
        query: Select[Any],
        family: FamilyId,
        structure: StructureId,
        first: date,
        last: date,
        *kinds: EntryKind,
    ) -> Sequence[Any]:
        query = (
            query.join(wallet, wallet.c.id == _entry.wallet_id)
            .where(
                wallet.c.family_id == family,
                wallet.c.structure_id == structure,
                _entry.day.between(first, last),
                _entry.kind.in_(kinds),
            )
            .order_by(_entry.day.desc(), _entry.id)
        )
        return self._connection.execute(query).all()

    # -- the night ---------------------------------------------------------------------------
    def to_debit(self, structure: StructureId, before: date) -> tuple[ToDebit, ...]:
        query = (
            select(
                _booking.family_id,
                _booking.child_id,
                _booking.activity_id,
                _booking.day,
                _booking.ticket,
                _booking.arrival,
                _booking.departure,
                _booking.price,
                _QUOTIENT,
                _EXCUSED,
            )
            .join_from(booking, activity, activity.c.id == _booking.activity_id)
            .where(
                activity.c.structure_id == structure,
                _booking.day < before,
                _booking.state == State.ACCEPTED,
                ~_DEBITED,
            )
            .order_by(_booking.day, _booking.activity_id, _booking.ticket)
        )
        return tuple(ToDebit(*(*row[:9], bool(row[9]))) for row in self._connection.execute(query))

    def debit(self, lines: Sequence[Debit], at: datetime) -> int:
        if not lines:
            return 0
        wallets = self._wallets_for(lines)
        rows = [
            {
                "wallet_id": wallets[one.of.family_id, one.structure_id, one.wallet],
                "kind": EntryKind.CONSUMPTION,
                "day": one.of.day,
                "at": at,
                "amount": -one.total,
                "child_id": one.of.child_id,
                "activity_id": one.of.activity_id,
                "ticket": one.of.ticket,
                "unit_price": one.unit_price,
                "quantity": one.quantity,
                "booked_price": one.of.booked_price,
            }
            for one in lines
        ]
        # The trigger locks each wallet: in one order, whoever else writes entries.
        rows.sort(key=lambda row: (row["wallet_id"], row["day"], row["ticket"]))
        query = insert_into(self._connection, ledger_entry).on_conflict_do_nothing()
        return len(self._connection.execute(query.returning(_entry.id), rows).all())

    def _wallets_for(self, lines: Sequence[Debit]) -> dict[tuple[int, int, str], WalletId]:
        """Those that are not there yet are opened, empty."""
        wanted = {(one.of.family_id, one.structure_id, one.wallet) for one in lines}
        names = ("family_id", "structure_id", "name")
        opened = [
            {**dict(zip(names, key, strict=True)), "balance": NOTHING} for key in sorted(wanted)
        ]
        query = insert_into(self._connection, wallet).on_conflict_do_nothing()
        self._connection.execute(query, opened)
        families = {family for family, _, _ in wanted}
        found = self._connection.execute(
            select(wallet.c.id, *(wallet.c[name] for name in names)).where(
                wallet.c.family_id.in_(sorted(families))
            )
        )
        return {(row[1], row[2], row[3]): row[0] for row in found}

    # -- the doctor --------------------------------------------------------------------------
    def imbalances(self) -> tuple[Imbalance, ...]:
        query = (
            select(wallet.c.id, wallet.c.balance, func.sum(_entry.amount, type_=Money()))
            .outerjoin_from(wallet, ledger_entry, _entry.wallet_id == wallet.c.id)
            .group_by(wallet.c.id, wallet.c.balance)
            .order_by(wallet.c.id)
        )
        rows = ((row[0], row[1], row[2] or NOTHING) for row in self._connection.execute(query))
        return tuple(Imbalance(*row) for row in rows if row[1] != row[2])
