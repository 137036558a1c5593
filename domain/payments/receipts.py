"""The receipt of a payment: queued once for each addressee and channel (M4, N6)."""

from collections.abc import Mapping
from datetime import datetime

from domain.activities.model import StructureId
from domain.families.model import Wallet
from domain.notices.model import Channel, FamilyNotice, Kind, Notice
from domain.payments.model import Order, Paid
from domain.payments.ports import PaymentsTx


def key_of(paid: Paid) -> str:
    return f"{paid.provider}:{paid.provider_reference}"


def to_who_ordered(tx: PaymentsTx, paid: Paid, order: Order, wallet: str, now: datetime) -> None:
    """``wallet``: the name of the one that was credited, whichever was ordered for."""
    channels = [Channel.MAIL]
    if tx.has_chat(order.guardian_id):
        channels.append(Channel.TELEGRAM)
    tx.post(
        [
            Notice(
                key=f"{_key(paid)}:{channel}",
                guardian_id=order.guardian_id,
                channel=channel,
                kind=Kind.PAYMENT_RECEIPT,
                params={**_facts(paid, order.structure_id, wallet), "order": order.id},
                at=now,
                secret={"payer": paid.payer},
            )
            for channel in channels
        ]
    )


def to_the_family(tx: PaymentsTx, paid: Paid, wallet: Wallet, now: datetime) -> None:
    """Of money that nobody of them is known to have ordered: who paid it is not told."""
    tx.post_to_families(
        [
            FamilyNotice(
                key=_key(paid),
                family_id=wallet.family_id,
                kind=Kind.PAYMENT_RECEIPT,
                params=_facts(paid, wallet.structure_id, wallet.name),
                at=now,
            )
        ]
    )


def _key(paid: Paid) -> str:
    return f"{Kind.PAYMENT_RECEIPT}:{key_of(paid)}"


def _facts(paid: Paid, structure: StructureId, wallet: str) -> Mapping[str, str | int]:
    return {
        "structure": structure,
        "wallet": wallet,
        "amount": str(paid.amount),
        "mode": paid.mode,
        "number": paid.order_reference or paid.provider_reference,
        "operation": paid.provider_reference,
        "bank": paid.bank,
        "paid_at": paid.paid_at.isoformat(),
    }
