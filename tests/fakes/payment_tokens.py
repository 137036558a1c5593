"""What ``domain.payments.tokens`` asks for, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from domain.payments.model import Order, OrderId, Provider

Result = TypeVar("Result")


@dataclass
class FakeTokens:
    orders: list[Order] = field(default_factory=list)
    kept: dict[OrderId, str] = field(default_factory=dict)

    async def read(self, work: Callable[["FakeTokens"], Result]) -> Result:
        return work(self)

    async def write(self, work: Callable[["FakeTokens"], Result]) -> Result:
        return work(self)

    def token(self, order: OrderId) -> str | None:
        return self.kept.get(order)

    def keep_token(self, order: OrderId, token: str) -> str:
        return self.kept.setdefault(order, token)

    def token_of(self, reference: str) -> str | None:
        found = [one.id for one in self.orders if one.reference == reference]
        return self.kept.get(found[0]) if found else None

    def is_known(self, provider: Provider, token: str) -> bool:
        return token in self.kept.values()
