"""A family with a wallet, the use cases of paying over a real database, and what it holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from domain.families.model import Display, WalletId
from domain.payments.crediting import CreditPayment
from domain.payments.following import FollowOrders, RemindOwing
from domain.payments.model import Order, Paid, Provider
from domain.payments.paying import AskOrder, CheckOrder, KeepShown, OpenOrder, ShowPaying
from domain.payments.settling import SettleStray
from domain.staff.model import Role
from storage import schema
from storage.engine import Database, transactions
from storage.money import SqlMoney
from storage.payments import SqlPayments
from tests.builders import TOWN, activity, identity
from tests.storage.towns import town
from tests.storage.worlds import in_database

NOW = datetime(2026, 12, 5, 9, tzinfo=UTC)
WALLET, CLOSED = WalletId(1), WalletId(2)
AGENTS = (7, 8)
OWED = Decimal("-36.10")


@dataclass
class Till:
    """``repository`` may be one that was broken on purpose."""

    database: Database
    now: datetime = NOW
    gateways: Mapping[Provider, Any] = ()  # type: ignore[assignment]
    repository: Callable[..., Any] = SqlPayments

    def __post_init__(self) -> None:
        numbers = count(1)
        self.gateways = dict(self.gateways)
        self.payments = transactions(self.database, self.repository)
        money = transactions(self.database, SqlMoney)
        self.credit = CreditPayment(self.payments, catalogues, self.clock)
        everything = tuple(Provider)
        self.show = ShowPaying(self.payments, money, catalogues, everything)
        self.open = OpenOrder(
            self.payments, everything, self.clock, lambda: f"ORDER{next(numbers):015}"
        )
        self.check = CheckOrder(self.payments, self.clock)
        self.shown = KeepShown(self.payments, self.clock)
        self.ask = AskOrder(self.payments, self.gateways, self.credit)
        self.follow = FollowOrders(self.payments, self.gateways, self.credit, self.clock)
        self.remind = RemindOwing(self.payments, catalogues, self.clock)
        self.settle = SettleStray(self.payments, catalogues, self.clock)

    def clock(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    async def order(
        self,
        amount: str = "36.10",
        provider: Provider = Provider.TELEGRAM,
        family: int = 1,
        *,
        again: bool = True,
    ) -> Order:
        who = identity(family)
        return await self.open(who, WALLET, Decimal(amount), provider, again=again)

    async def close(self, wallet: WalletId = WALLET) -> None:
        await self._closed(wallet, self.now)

    async def reopen(self, wallet: WalletId = WALLET) -> None:
        await self._closed(wallet, None)

    async def _closed(self, wallet: WalletId, at: datetime | None) -> None:
        query = update(schema.wallet).where(schema.wallet.c.id == wallet)
        await self.database.write(lambda c: c.execute(query.values(closed_at=at)))

    async def balance(self, wallet: WalletId = WALLET) -> Decimal:
        query = select(schema.wallet.c.balance).where(schema.wallet.c.id == wallet)
        return await self.database.read(lambda c: c.scalar(query))

    async def count(self, table: Any) -> int:
        return await self.database.read(
            lambda c: c.scalar(select(func.count()).select_from(table))
        )

    async def rows(self, *columns: Any) -> list[tuple[Any, ...]]:
        return await self.rows_of(select(*columns).order_by(columns[0]))

    async def rows_of(self, query: Select[Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.database.read(lambda c: c.execute(query).all())]

    async def states(self) -> list[str]:
        return [
            row[1]
            for row in await self.rows(schema.payment_order.c.id, schema.payment_order.c.state)
        ]


def paying_town():
    """Family 1 owes in its wallet, and has another that is closed; family 2 has none."""
    data = town(activity(1, wallet="Cantine"), children=2)
    data.wallet(WALLET, 1, TOWN, "Cantine", str(OWED))
    data.wallet(CLOSED, 1, TOWN, "Ancien", "0.00")
    return data


async def catalogues(version: int | None = None) -> Any:
    return paying_town().catalogue


async def hire(database: Database) -> None:
    """The agents who settle: the log names them."""
    member = insert(schema.staff_member).values(
        name="Claire", role=Role.AGENT, locale="fr", display=Display.CLASSIC, created_at=NOW
    )
    for agent in AGENTS:
        await database.write(lambda c, agent=agent: c.execute(member.values(id=agent)))


async def opened_till(database: Database, **options: Any) -> Till:
    await in_database(database, paying_town())
    await hire(database)
    till = Till(database, **options)
    await till.close(CLOSED)
    return till


def paid(order: Order, key: str = "charge-1", **changed: Any) -> Paid:
    made = Paid(
        provider=order.provider,
        provider_reference=key,
        order_reference=order.reference,
        amount=order.amount,
        currency="EUR",
        paid_at=NOW,
        payer="Mme Anne FAMILLE",
        mode="CBLEUE",
        bank="Telegram",
    )
    return replace(made, **changed)
