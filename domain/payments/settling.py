"""An agent says what becomes of money that no wallet could take (M4)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.activities.ports import Catalogues
from domain.alerts.model import AlertKind
from domain.audit.model import Entry
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Wallet, WalletId
from domain.payments import receipts, rules
from domain.payments.errors import OrderChanged, WalletClosed
from domain.payments.model import Credit, Stray, StrayId
from domain.payments.ports import PaymentsTx
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

REFUNDED = "refunded"
TOLD = "told by the town"


@dataclass(frozen=True, slots=True)
class SettleStray:
    """Into ``wallet``, of which its family has the receipt; or ``None``: given back by hand,
    elsewhere. Settled before, nothing changes. Raises NotAllowed, NotFound, WalletClosed, and
    OrderChanged for other than euros.
    """

    payments: Transaction[PaymentsTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: StaffIdentity, stray_id: StrayId, wallet_id: WalletId | None
    ) -> Credit:
        who.check(Right.SETTLE_ALERTS)
        catalogue, now = await self.catalogues(), self.clock()

        def work(tx: PaymentsTx) -> Credit:
            stray = tx.lock_stray(stray_id)
            if stray is None:
                raise NotFound
            if stray.settled:
                return Credit.ALREADY
            credit = Credit.CREDITED
            wallet = None if wallet_id is None else _wallet(tx, who, wallet_id)
            if wallet is not None:
                if stray.paid.currency != rules.EUR or stray.paid.amount <= 0:
                    raise OrderChanged
                day = catalogue.structures[wallet.structure_id].today(stray.paid.paid_at)
                held = tx.credit(wallet.id, stray.paid, day, now)
                # Where the back office had credited it, it stays there.
                if held is None or held.by_town:
                    wallet, credit = None, Credit.ALREADY
                else:
                    _receipt(tx, stray, wallet, now)
            note = _note(wallet, credit)
            tx.settle_stray(stray.id, who.staff_id, now, note)
            tx.settle_alert(
                f"{AlertKind.PAYMENT_STRAY}:{receipts.key_of(stray.paid)}", who.staff_id, now
            )
            tx.note(_entry(who, stray, wallet, note, now))
            return credit

        return await self.payments.write(work)


def _receipt(tx: PaymentsTx, stray: Stray, wallet: Wallet, now: datetime) -> None:
    """To who ordered it, where that is one of the family: their order may still offer to pay."""
    order = tx.order(stray.paid.order_reference)
    if order is not None and order.family_id == wallet.family_id:
        here = replace(order, structure_id=wallet.structure_id)
        receipts.to_who_ordered(tx, stray.paid, here, wallet.name, now)
    else:
        receipts.to_the_family(tx, stray.paid, wallet, now)


def _note(wallet: Wallet | None, credit: Credit) -> str:
    if credit is Credit.ALREADY:
        return TOLD
    return REFUNDED if wallet is None else f"wallet {wallet.id}"


def _wallet(tx: PaymentsTx, who: StaffIdentity, wallet_id: WalletId) -> Wallet:
    found = tx.lock_wallet(wallet_id)
    if found is None:
        raise NotFound
    wallet, closed = found
    who.check(Right.SETTLE_ALERTS, wallet.structure_id)
    if closed:
        raise WalletClosed
    return wallet


def _entry(
    who: StaffIdentity, stray: Stray, wallet: Wallet | None, note: str, at: datetime
) -> Entry:
    here = who.structure_id if wallet is None else wallet.structure_id
    about: dict[str, Any] = {"stray": stray.id, "amount": str(stray.paid.amount)}
    if wallet is not None:
        about["family"] = wallet.family_id
    return noted(who, StaffAct.STRAY_SETTLED, at, after=note, structure=here, **about)
