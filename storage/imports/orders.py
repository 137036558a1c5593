"""What was paid online, as the town's lines name it: by the reference of its order."""

from collections.abc import Mapping, Sequence, Set

from sqlalchemy import Connection, exists, select

from domain.imports.model import Table
from domain.imports.ports import PaidOnline
from storage.imports.codes import parts
from storage.schema import imported, ledger_entry, payment, payment_order, stray_payment, wallet

_is_told = exists().where(
    imported.c.kind == Table.PAYMENTS.value, imported.c.row_id == payment.c.entry_id
)
_PAID = (
    select(
        payment.c.number,
        payment.c.entry_id,
        wallet.c.family_id,
        wallet.c.structure_id,
        wallet.c.name,
        ledger_entry.c.amount,
        _is_told,
    )
    .join_from(payment, ledger_entry, ledger_entry.c.id == payment.c.entry_id)
    .join(wallet, wallet.c.id == ledger_entry.c.wallet_id)
    .order_by(payment.c.entry_id)
)


def orders_there(connection: Connection, references: Set[str]) -> Set[str]:
    """Those of an order, or of money that was kept apart under that reference."""
    there: set[str] = set()
    for some in parts(sorted(references)):
        for column in (payment_order.c.reference, stray_payment.c.order_reference):
            there.update(connection.scalars(select(column).where(column.in_(some))))
    return there


def paid_online(
    connection: Connection, references: Set[str]
) -> Mapping[str, Sequence[PaidOnline]]:
    found: dict[str, list[PaidOnline]] = {one: [] for one in orders_there(connection, references)}
    for some in parts(sorted(found)):
        its = _PAID.where(payment.c.number.in_(some), payment.c.nth.isnot(None))
        for row in connection.execute(its):
            found[row[0]].append(PaidOnline(*row[1:]))
    return found
