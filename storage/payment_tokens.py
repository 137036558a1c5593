"""What a provider calls an order: ``domain.payments.tokens.TokensTx``."""

from sqlalchemy import Connection, exists, select, update

from domain.payments.model import OrderId, Provider
from storage.schema import payment_order

_order = payment_order.c


class SqlPaymentTokens:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def token(self, order: OrderId) -> str | None:
        return self._connection.scalar(select(_order.provider_token).where(_order.id == order))

    def keep_token(self, order: OrderId, token: str) -> str:
        first = update(payment_order).where(_order.id == order, _order.provider_token.is_(None))
        self._connection.execute(first.values(provider_token=token))
        kept = self.token(order)
        if kept is None:
            raise LookupError("no such order")
        return kept

    def token_of(self, reference: str) -> str | None:
        query = select(_order.provider_token).where(_order.reference == reference)
        return self._connection.scalar(query)

    def is_known(self, provider: Provider, token: str) -> bool:
        mine = exists().where(_order.provider == provider, _order.provider_token == token)
        return bool(self._connection.scalar(select(mine)))
