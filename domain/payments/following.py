"""What is due every hour: orders nobody told of, and families that owe (M4, N6)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.families.model import Wallet
from domain.money.model import NOTHING
from domain.notices.model import FamilyNotice, Kind
from domain.payments.crediting import CreditPayment
from domain.payments.errors import ProviderAway
from domain.payments.model import Order, Provider
from domain.payments.paying import Gateways, settle
from domain.payments.ports import PaymentsTx
from domain.work import Transaction

BATCH: Final = 50
AWAY_ENOUGH: Final = 3
"""So many questions in vain, and a provider is left alone until the next turn: each may last."""
ASKED_AFTER_THE_END: Final = timedelta(hours=1)
"""A payment made in the last minute may be known to the provider alone."""


@dataclass(frozen=True, slots=True)
class FollowOrders:
    """Asks providers that have said nothing, and ends what is over. Answers how many were asked
    or ended. An order that comes to its end here is still credited if it is paid later.
    """

    payments: Transaction[PaymentsTx]
    gateways: Gateways
    credit: CreditPayment
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock()
        providers = sorted(self.gateways)
        orders = await self.payments.write(lambda tx: tx.to_ask(providers, now, BATCH))
        await self._ask(orders)
        before = now - ASKED_AFTER_THE_END
        return len(orders) + await self.payments.write(lambda tx: tx.expire(now, before))

    async def _ask(self, orders: tuple[Order, ...]) -> None:
        away = Counter[Provider]()
        for order in orders:
            provider = order.provider
            if away[provider] == AWAY_ENOUGH:
                continue  # asked again, later
            try:
                await settle(order, self.gateways[provider], self.payments, self.credit)
            except ProviderAway:
                away[provider] += 1


@dataclass(frozen=True, slots=True)
class RemindOwing:
    """A wallet below nothing is told of, gently: at most once in ``every`` of its structure, by
    the family's choices and outside its quiet hours. Answers how many wallets were told of.
    """

    payments: Transaction[PaymentsTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self) -> int:
        catalogue, now = await self.catalogues(), self.clock()

        def work(tx: PaymentsTx) -> int:
            told = 0
            for structure in catalogue.structures.values():
                before = now - timedelta(days=structure.debt_reminder_days)
                owing = tx.owing(structure.id, NOTHING, before, now)
                tx.post_to_families(list(_notices(owing, now)))
                told += len(owing)
            return told

        return await self.payments.write(work)


def _notices(owing: tuple[Wallet, ...], now: datetime) -> Iterator[FamilyNotice]:
    for wallet in owing:
        yield FamilyNotice(
            key=f"{Kind.PAYMENT_REMINDER}:{wallet.id}:{now.date().isoformat()}",
            family_id=wallet.family_id,
            kind=Kind.PAYMENT_REMINDER,
            params={
                "structure": wallet.structure_id,
                "wallet": wallet.name,
                "wallet_id": wallet.id,
                "due": str(-wallet.balance),
            },
            at=now,
        )
