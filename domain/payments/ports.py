"""Where payments are made, and what keeps them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from domain.activities.model import StructureId
from domain.alerts.ports import Alerts
from domain.audit.ports import AuditLog
from domain.families.model import FamilyId, GuardianId, Wallet, WalletId
from domain.notices.model import FamilyNotice, Notice
from domain.payments.model import (
    Answer,
    Checkout,
    Held,
    Kept,
    Order,
    OrderId,
    OrderState,
    Paid,
    Provider,
    Stray,
    StrayId,
    Why,
)
from domain.staff.model import StaffId


class RedirectGateway(Protocol):
    """A provider with a page of its own, to which the parent is sent (PayFiP, the simulated one).

    Coming back from that page proves nothing; only the signed notification does, or ``ask``.
    """

    async def begin(self, order: Order) -> str:
        """The address of the page where this order is paid; https, or http on loopback. The same
        order asked twice is the same payment for the provider. Raises ProviderAway.
        """

    async def ask(self, order: Order) -> Answer:
        """For when the notification never came. Raises ProviderAway."""


class PaymentsTx(Alerts, AuditLog, Protocol):
    """Orders, and the money that came. Locks: the order or the stray first, then the wallet."""

    # -- before paying -----------------------------------------------------------------------
    def wallet(self, family: FamilyId, structure: StructureId, wallet: WalletId) -> Wallet | None:
        """None for another family's, as for one that does not exist. Raises WalletClosed."""

    def open_order(self, order: Order) -> Order:
        """Kept with a number of its own; or the one of the same guardian, wallet, amount and
        provider that is open already, and not over at ``order.created_at``. That one may be paid
        or cancelled in the same instant, and is answered as it stands.
        """

    def paid_since(self, wallet: WalletId, amount: Decimal, since: datetime) -> datetime | None:
        """When just as much was last paid into it, by anybody, if it was ``since`` then."""

    def order(self, reference: str) -> Order | None: ...

    def keep_shown(
        self, order: OrderId, telegram_user: int, message: int, at: datetime
    ) -> OrderState:
        """Where it is offered, to be redrawn by what tells that it is paid; and how it stands.
        Whoever credits it comes before this, and is answered, or after, and finds the message.
        """

    def checkout(self, reference: str, telegram_user: int) -> Checkout | None:
        """Takes no lock."""

    # -- what was paid -----------------------------------------------------------------------
    def lock(self, reference: str) -> Kept | None:
        """The order and its wallet are held until the transaction ends."""

    def is_told(self, paid: Paid) -> bool:
        """Whether this payment was credited, or kept apart, before."""

    def credit(self, wallet: WalletId, paid: Paid, day: date, at: datetime) -> Held | None:
        """An entry and its payment; or what the back office has told of it, which is now known by
        its provider too. None, and nothing is written, when this payment is there.
        """

    def end(self, order: OrderId, state: OrderState) -> None: ...

    def keep_apart(self, paid: Paid, why: Why, at: datetime) -> bool:
        """False when it is there already."""

    def has_chat(self, guardian: GuardianId) -> bool: ...

    def post(self, notices: Sequence[Notice]) -> None: ...

    # -- money that no wallet could take -------------------------------------------------------
    def lock_stray(self, stray: StrayId) -> Stray | None: ...

    def lock_wallet(self, wallet: WalletId) -> tuple[Wallet, bool] | None:
        """With whether it is closed."""

    def settle_stray(self, stray: StrayId, by: StaffId, at: datetime, note: str) -> None: ...

    def settle_alert(self, key: str, by: StaffId, at: datetime) -> None: ...

    # -- what is due every hour ----------------------------------------------------------------
    def to_ask(
        self, providers: Sequence[Provider], now: datetime, limit: int
    ) -> tuple[Order, ...]:
        """Open orders whose provider is to be asked now, and for ``STILL_ASKED`` those that have
        ended unpaid: another may have replaced one while somebody was on its page, and whoever
        gave up may go on there. Each is put off, longer each time, by the same statement, so that
        no other process asks too.
        """

    def expire(self, now: datetime, asked_until: datetime) -> int:
        """Open orders that are over: those nobody asks about at once, the others once their end
        lies before ``asked_until``. Answers how many.
        """

    def owing(
        self, structure: StructureId, below: Decimal, told_before: datetime, at: datetime
    ) -> tuple[Wallet, ...]:
        """Open wallets that hold less than ``below`` and of which the family was not told since
        ``told_before``; each is noted as told ``at``. One statement, which waits for nobody: into
        whichever wallet something is written just then is left for the next time.
        """

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None: ...
