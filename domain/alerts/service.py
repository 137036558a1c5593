"""What waits for the town's agents, looked at and settled; every act is noted (S)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from domain.activities.model import StructureId
from domain.alerts.errors import AlreadySettled
from domain.alerts.model import AlertId, AlertKind, Noted, Sight
from domain.alerts.ports import AlertDesk
from domain.alerts.recipients import sight_of
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.model import FamilyId, Wallet, WalletId
from domain.families.ports import FamiliesTx
from domain.families.sheets import FamilySheet
from domain.payments.model import Credit, Stray, StrayId
from domain.staff.acts import StaffAct, noted
from domain.staff.errors import NotAllowed
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

PER_PAGE: Final = 6
Settle = Callable[[StaffIdentity, StrayId, WalletId | None], Awaitable[Credit]]


@dataclass(frozen=True, slots=True)
class AlertsView:
    alerts: tuple[Noted, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class AlertView:
    """``stray``: the money that a stray payment is about."""

    noted: Noted
    stray: Stray | None = None


@dataclass(frozen=True, slots=True)
class CountAlerts:
    alerts: Transaction[AlertDesk]

    async def __call__(self, member: StaffIdentity) -> int:
        sight = allowed(member)
        return await self.alerts.read(lambda tx: tx.count(sight))


@dataclass(frozen=True, slots=True)
class ListAlerts:
    """The open ones, of every structure that the agent works for."""

    alerts: Transaction[AlertDesk]

    async def __call__(self, member: StaffIdentity, page: int) -> AlertsView:
        sight = allowed(member)

        def work(tx: AlertDesk) -> AlertsView:
            count = tx.count(sight)
            pages = max(1, -(-count // PER_PAGE))
            shown = min(page, pages)
            found = tx.open(sight, offset=(shown - 1) * PER_PAGE, limit=PER_PAGE)
            return AlertsView(found, shown, pages, count)

        return await self.alerts.read(work)


@dataclass(frozen=True, slots=True)
class ShowAlert:
    """Raises NotFound for another structure's, as for one that does not exist."""

    alerts: Transaction[AlertDesk]

    async def __call__(self, member: StaffIdentity, alert: AlertId) -> AlertView:
        sight = allowed(member)
        return await self.alerts.read(lambda tx: _view(tx, sight, alert))


@dataclass(frozen=True, slots=True)
class SettleAlert:
    """Seen, and nothing more is to be done. Raises NotFound, AlreadySettled; NotAllowed for money
    that was kept apart: a click must not make it forgotten.
    """

    alerts: Transaction[AlertDesk]
    clock: Clock

    async def __call__(self, member: StaffIdentity, alert: AlertId) -> None:
        sight, now = allowed(member), self.clock()

        def work(tx: AlertDesk) -> None:
            view = _view(tx, sight, alert)
            if view.stray is not None and not view.stray.settled:
                raise NotAllowed
            if not tx.settle(alert, member.staff_id, now):
                raise AlreadySettled
            kind, structure = view.noted.alert.kind, view.noted.alert.structure_id
            act = StaffAct.ALERT_SETTLED
            tx.note(noted(member, act, now, structure=structure, alert=alert, after=kind.value))

        await self.alerts.write(work)


@dataclass(frozen=True, slots=True)
class SettleStrayAlert:
    """The money goes into ``wallet``, or, where None, was given back by hand. Pressed twice, it
    is once. Raises NotFound, AlreadySettled and what ``SettleStray`` raises.
    """

    alerts: Transaction[AlertDesk]
    settle_stray: Settle

    async def __call__(
        self, member: StaffIdentity, alert: AlertId, wallet: WalletId | None
    ) -> None:
        sight = allowed(member)
        view = await self.alerts.read(lambda tx: _view(tx, sight, alert))
        if view.stray is None:
            raise NotFound
        if await self.settle_stray(member, view.stray.id, wallet) is Credit.ALREADY:
            raise AlreadySettled


@dataclass(frozen=True, slots=True)
class FindFamily:
    """By its number, or by the identifier of a guardian, exactly; in the structure of the alert,
    or the one shown where it has none. Each look is noted. Raises NotFound.
    """

    alerts: Transaction[AlertDesk]
    families: Transaction[FamiliesTx]
    clock: Clock

    async def __call__(self, member: StaffIdentity, alert: AlertId, asked: str) -> FamilySheet:
        here = await self._structure(member, alert)
        now, said = self.clock(), asked.strip()

        def work(tx: FamiliesTx) -> FamilySheet:
            sheet = _found(tx, here, said)
            if sheet is None:
                raise NotFound
            act = StaffAct.FAMILY_VIEWED
            tx.note(noted(member, act, now, structure=here, family=sheet.family_id))
            return sheet

        return await self.families.write(work)

    async def _structure(self, member: StaffIdentity, alert: AlertId) -> StructureId:
        sight = allowed(member)
        view = await self.alerts.read(lambda tx: _view(tx, sight, alert))
        here = view.noted.alert.structure_id or member.structure_id
        member.check(Right.SETTLE_ALERTS, here)
        return here


@dataclass(frozen=True, slots=True)
class NameWallet:
    """What is about to be credited, as it is now. Raises NotFound."""

    find_family: FindFamily

    async def __call__(
        self, member: StaffIdentity, alert: AlertId, family: FamilyId, wallet: WalletId
    ) -> tuple[FamilySheet, Wallet]:
        sheet = await self.find_family(member, alert, str(family))
        for one in sheet.wallets:
            if one.id == wallet:
                return sheet, one
        raise NotFound


def allowed(member: StaffIdentity) -> Sight:
    """Raises NotAllowed."""
    member.check(Right.SETTLE_ALERTS)
    sight = sight_of(member.role, member.structures)
    if sight is None:
        raise NotAllowed
    return sight


def _view(tx: AlertDesk, sight: Sight, alert: AlertId) -> AlertView:
    found = tx.one(alert)
    if found is None or not sight.takes_in(found.alert):
        raise NotFound
    if found.alert.kind is not AlertKind.PAYMENT_STRAY:
        return AlertView(found)
    told = found.alert.details
    return AlertView(found, tx.stray(str(told["provider"]), str(told["reference"])))


def _found(tx: FamiliesTx, here: StructureId, said: str) -> FamilySheet | None:
    """An identifier may be a number as well: it goes first."""
    named = tx.by_identifier(here, said)
    if named is not None:
        return tx.sheet(here, named.family_id)
    is_number = said.isascii() and said.isdigit() and len(said) < 19
    return tx.sheet(here, FamilyId(int(said))) if is_number else None
