"""What a family does before it pays, and what a provider asks then (M4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.accounts.model import Identity
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import Wallet, WalletId
from domain.money.model import NOTHING
from domain.money.model import Asked as Counted
from domain.money.ports import MoneyTx
from domain.payments import rules
from domain.payments.crediting import CreditPayment
from domain.payments.errors import JustPaid, OrderChanged, ProviderNotOffered
from domain.payments.model import (
    Asked,
    Order,
    OrderId,
    OrderState,
    Paying,
    Provider,
    Word,
)
from domain.payments.ports import PaymentsTx, RedirectGateway
from domain.work import Transaction

Gateways = Mapping[Provider, RedirectGateway]


@dataclass(frozen=True, slots=True)
class ShowPaying:
    """Raises NotFound for a wallet that is not theirs, WalletClosed, ProviderNotOffered where the
    town takes no payment here at all.
    """

    payments: Transaction[PaymentsTx]
    money: Transaction[MoneyTx]
    catalogues: Catalogues
    providers: Sequence[Provider]

    async def __call__(self, who: Identity, wallet_id: WalletId) -> Paying:
        if not self.providers:
            raise ProviderNotOffered
        catalogue = await self.catalogues(who.catalogue_version)
        family, structure = who.guardian.family_id, who.structure_id
        wallet = await self.payments.read(lambda tx: _wallet(tx, who, wallet_id))
        booked = await self.money.read(lambda tx: tx.undebited(family, structure, Counted()))
        cost = sum(
            (
                one.price
                for one in booked
                if catalogue.activities[one.activity_id].wallet == wallet.name
            ),
            NOTHING,
        )
        return Paying(
            wallet=wallet,
            due=rules.payable(-wallet.balance),
            estimate=rules.payable(cost - wallet.balance),
            least=rules.LEAST,
            most=rules.MOST,
            providers=tuple(self.providers),
        )


def _wallet(tx: PaymentsTx, who: Identity, wallet_id: WalletId) -> Wallet:
    wallet = tx.wallet(who.guardian.family_id, who.structure_id, wallet_id)
    if wallet is None:
        raise NotFound
    return wallet


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """Pressed again, the same order answers. Raises what ``ShowPaying`` does, AmountRefused, and
    JustPaid unless it is wanted ``again``.

    ``make_reference``: see ``Order.reference``.
    """

    payments: Transaction[PaymentsTx]
    providers: Sequence[Provider]
    clock: Clock
    make_reference: Callable[[], str]

    async def __call__(
        self,
        who: Identity,
        wallet_id: WalletId,
        amount: Decimal,
        provider: Provider,
        *,
        again: bool = False,
    ) -> Order:
        if provider not in self.providers:
            raise ProviderNotOffered
        rules.check_amount(amount)
        now, reference = self.clock(), self.make_reference()

        def work(tx: PaymentsTx) -> Order:
            wallet = _wallet(tx, who, wallet_id)
            opened = tx.open_order(
                Order(
                    id=OrderId(0),
                    reference=reference,
                    family_id=who.guardian.family_id,
                    guardian_id=who.guardian.id,
                    structure_id=who.structure_id,
                    wallet_id=wallet.id,
                    amount=amount,
                    provider=provider,
                    state=OrderState.OPEN,
                    created_at=now,
                    expires_at=now + rules.lasting(provider),
                )
            )
            if opened.state is OrderState.OPEN and not again:
                # Whoever credits holds the wallet until what they credit can be read.
                tx.lock_wallet(wallet.id)
                paid_at = tx.paid_since(wallet.id, amount, now - rules.LATELY)
                if paid_at is not None:
                    raise JustPaid(amount=amount, at=paid_at)
            return opened

        return await self.payments.write(work)


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """Before Telegram takes the money. Reads, and waits for nobody: ten seconds are all there is.

    Raises NotThePayer, OrderPaid, OrderOver, OrderChanged, WalletClosed.
    """

    payments: Transaction[PaymentsTx]
    clock: Clock

    async def __call__(self, asked: Asked) -> None:
        reference, user = asked.order_reference, asked.telegram_user
        found = await self.payments.read(lambda tx: tx.checkout(reference, user))
        rules.check(asked, found, self.clock())


@dataclass(frozen=True, slots=True)
class BeginPaying:
    """The address of the provider's page. Raises ProviderNotOffered, ProviderAway."""

    gateways: Gateways

    async def __call__(self, order: Order) -> str:
        gateway = self.gateways.get(order.provider)
        if gateway is None:
            raise ProviderNotOffered
        return await gateway.begin(order)


@dataclass(frozen=True, slots=True)
class KeepShown:
    """After an order was drawn: what became of it by then, for which it may have to be redrawn."""

    payments: Transaction[PaymentsTx]
    clock: Clock

    async def __call__(self, order: Order, telegram_user: int, message: int) -> Order:
        now = self.clock()
        state = await self.payments.write(
            lambda tx: tx.keep_shown(order.id, telegram_user, message, now)
        )
        return replace(order, state=state)


@dataclass(frozen=True, slots=True)
class AskOrder:
    """What stands of an order that a family asks about: its provider is asked where it can be.

    Raises NotFound for another family's, ProviderAway.
    """

    payments: Transaction[PaymentsTx]
    gateways: Gateways
    credit: CreditPayment

    async def __call__(self, who: Identity, reference: str) -> Order:
        order = await self.payments.read(lambda tx: tx.order(reference))
        if order is None or order.family_id != who.guardian.family_id:
            raise NotFound
        gateway = self.gateways.get(order.provider)
        if gateway is None or order.state is OrderState.PAID:
            return order
        return await settle(order, gateway, self.payments, self.credit)


async def settle(
    order: Order,
    gateway: RedirectGateway,
    payments: Transaction[PaymentsTx],
    credit: CreditPayment,
) -> Order:
    """What the provider says of an order is done; answers how it stands. Raises ProviderAway."""
    answer = await gateway.ask(order)
    if answer.word is Word.PAID and answer.paid is not None:
        await credit(answer.paid)
    elif answer.word is Word.REFUSED:
        await payments.write(lambda tx: _cancel(tx, order))
    found = await payments.read(lambda tx: tx.order(order.reference))
    if found is None:
        raise OrderChanged
    return found


def _cancel(tx: PaymentsTx, order: Order) -> None:
    """Unless it was paid meanwhile."""
    kept = tx.lock(order.reference)
    if kept is not None and kept.order.state is OrderState.OPEN:
        tx.end(order.id, OrderState.CANCELLED)
