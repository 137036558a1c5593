"""Balance and histories (M1-M3)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from domain.accounts.model import Identity
from domain.money.model import (
    Asked,
    BalanceView,
    ConsumptionsView,
    EstimateView,
    PaymentsView,
    Wanted,
)


class ShowConsumptions(Protocol):
    async def __call__(
        self, who: Identity, wanted: Wanted | None, page: int = 1, per_page: int = ...
    ) -> ConsumptionsView: ...


@dataclass(frozen=True, slots=True)
class Money:
    show_balance: Callable[[Identity, Asked], Awaitable[BalanceView]]
    explain_estimate: Callable[[Identity, Asked, int], Awaitable[EstimateView]]
    show_consumptions: ShowConsumptions
    show_payments: Callable[[Identity], Awaitable[PaymentsView]]
