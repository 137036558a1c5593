"""Money that came is credited once, whatever is repeated, and never lost (M4)."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.activities.ports import Catalogues
from domain.alerts.model import Alert, AlertKind
from domain.clock import Clock
from domain.payments import receipts, rules
from domain.payments.model import Credit, Credited, Held, Kept, OrderState, Paid
from domain.payments.ports import PaymentsTx
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class CreditPayment:
    """Entry, payment, order, receipt and alert in one transaction, keyed by the provider's own
    reference. Whoever tells may tell again: the same payment changes nothing twice.
    """

    payments: Transaction[PaymentsTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, paid: Paid) -> Credited:
        catalogue, now = await self.catalogues(), self.clock()

        def work(tx: PaymentsTx) -> Credited:
            kept = tx.lock(paid.order_reference)
            order = None if kept is None else kept.order
            if tx.is_told(paid):
                return Credited(Credit.ALREADY, order)
            if kept is None or rules.astray(paid, kept) is not None:
                return _keep_apart(tx, paid, kept, now)
            day = catalogue.structures[kept.order.structure_id].today(paid.paid_at)
            named = replace(paid, payer=paid.payer or kept.payer)
            held = tx.credit(kept.order.wallet_id, named, day, now)
            if held is None:
                return Credited(Credit.ALREADY, order)
            _note(tx, named, kept, held, now)
            return Credited(Credit.CREDITED, replace(kept.order, state=OrderState.PAID))

        return await self.payments.write(work)


def _keep_apart(tx: PaymentsTx, paid: Paid, kept: Kept | None, now: datetime) -> Credited:
    order, why = None if kept is None else kept.order, rules.astray(paid, kept)
    if why is None or not tx.keep_apart(paid, why, now):
        return Credited(Credit.ALREADY, order)
    tx.alert(
        Alert(
            key=f"{AlertKind.PAYMENT_STRAY}:{receipts.key_of(paid)}",
            kind=AlertKind.PAYMENT_STRAY,
            at=now,
            structure_id=None if order is None else order.structure_id,
            details={**_told(paid), "why": why},
        )
    )
    return Credited(Credit.STRAY, order)


def _note(tx: PaymentsTx, paid: Paid, kept: Kept, held: Held, now: datetime) -> None:
    order = kept.order
    if (odd := rules.oddity(paid, order, held)) is not None:
        details = {**_told(paid), "odd": odd, "ordered": str(order.amount), "order": order.id}
        tx.alert(
            Alert(
                key=f"{AlertKind.PAYMENT_ODD}:{receipts.key_of(paid)}",
                kind=AlertKind.PAYMENT_ODD,
                at=now,
                structure_id=order.structure_id,
                details=details,
            )
        )
    tx.end(order.id, OrderState.PAID)
    receipts.to_who_ordered(tx, paid, order, kept.wallet, now)


def _told(paid: Paid) -> dict[str, str | int]:
    return {
        "provider": paid.provider,
        "reference": paid.provider_reference,
        "order_reference": paid.order_reference,
        "amount": str(paid.amount),
        "currency": paid.currency,
        "paid_at": paid.paid_at.isoformat(),
    }
