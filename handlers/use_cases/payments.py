"""Paying (M4)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.accounts.model import Identity
from domain.families.model import WalletId
from domain.payments.model import Asked, Credited, Order, Paid, Paying, Provider
from domain.payments.paying import OpenOrder


@dataclass(frozen=True, slots=True)
class Payments:
    """``providers``: the ways that the town has; none, and nothing leads to paying."""

    providers: tuple[Provider, ...]
    show_paying: Callable[[Identity, WalletId], Awaitable[Paying]]
    open_order: OpenOrder
    check_order: Callable[[Asked], Awaitable[None]]
    begin_paying: Callable[[Order], Awaitable[str]]
    keep_shown: Callable[[Order, int, int], Awaitable[Order]]
    ask_order: Callable[[Identity, str], Awaitable[Order]]
    credit_payment: Callable[[Paid], Awaitable[Credited]]
