"""What a provider calls an order, where it has a name of its own for it (PayFiP: idOp)."""

from typing import Protocol

from domain.payments.model import OrderId, Provider


class TokensTx(Protocol):
    """One token an order, given once: whoever is second learns the one that is kept."""

    def token(self, order: OrderId) -> str | None: ...

    def keep_token(self, order: OrderId, token: str) -> str:
        """The one that is kept: this one, or an earlier one."""

    def token_of(self, reference: str) -> str | None:
        """By our own reference, as a signed return address carries it."""

    def is_known(self, provider: Provider, token: str) -> bool: ...
