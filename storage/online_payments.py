"""What the night tells of money that was paid online (X2)."""

from sqlalchemy import Connection, select, update

from domain.imports.model import Table
from domain.reports.model import ReportedPayment, TransmissionId
from storage.schema import imported, ledger_entry, payment, wallet

_FAMILY_CODE = (
    select(imported.c.code)
    .where(imported.c.kind == Table.FAMILIES.value, imported.c.row_id == wallet.c.family_id)
    .limit(1)
    .scalar_subquery()
)
_TOLD = (
    select(
        wallet.c.family_id,
        wallet.c.structure_id,
        wallet.c.name,
        ledger_entry.c.day,
        ledger_entry.c.at,
        ledger_entry.c.amount,
        payment.c.mode,
        payment.c.provider,
        payment.c.number,
        payment.c.reference,
        _FAMILY_CODE,
    )
    .join_from(payment, ledger_entry, ledger_entry.c.id == payment.c.entry_id)
    .join(wallet, wallet.c.id == ledger_entry.c.wallet_id)
    .order_by(payment.c.entry_id)
)


def claim_payments(connection: Connection, structure_id: int, transmission: int) -> None:
    """As movements are: by state, so that what commits late is told the next night."""
    waiting = (
        select(payment.c.entry_id)
        .join_from(payment, ledger_entry, ledger_entry.c.id == payment.c.entry_id)
        .join(wallet, wallet.c.id == ledger_entry.c.wallet_id)
        .where(
            wallet.c.structure_id == structure_id,
            payment.c.transmission_id.is_(None),
            payment.c.provider.isnot(None),
        )
        .order_by(payment.c.entry_id)
        .with_for_update(of=payment)
        .cte("waiting_payments")
    )
    query = update(payment).where(payment.c.entry_id.in_(select(waiting.c.entry_id)))
    connection.execute(query.values(transmission_id=transmission))


def read_payments(connection: Connection, transmission: TransmissionId) -> list[ReportedPayment]:
    query = _TOLD.where(payment.c.transmission_id == transmission)
    return [ReportedPayment(*row) for row in connection.execute(query)]
