"""Addresses of paying (M4). Amounts in them are cents: what is pressed is what is ordered."""

from decimal import Decimal
from typing import Annotated

from pydantic import StringConstraints

from conversations.routes import Count, Id, Route
from domain.families.model import WalletId
from domain.payments.model import Provider

Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{20}$")]


class Pay(Route, prefix="pp"):
    """What may be paid into a wallet."""

    wallet: Id


class PayAmount(Route, prefix="pt"):
    """By which of several ways."""

    wallet: Id
    cents: Count

    @classmethod
    def of(cls, wallet: WalletId, amount: Decimal) -> str:
        return cls(wallet=wallet, cents=int(amount * 100)).pack()


class PayOther(Route, prefix="po"):
    """An amount that is typed."""

    wallet: Id


class PayBy(Route, prefix="pb"):
    wallet: Id
    cents: Count
    provider: Provider

    @classmethod
    def of(cls, wallet: WalletId, amount: Decimal, provider: Provider) -> str:
        return cls(wallet=wallet, cents=int(amount * 100), provider=provider).pack()


class PayAgain(PayBy, prefix="pr"):
    """The same sum once more, though it was just paid."""


class AskPaid(Route, prefix="pq"):
    """ "J'ai payé": how does it stand?"""

    reference: Reference


def amount_of(said: PayAmount | PayBy) -> Decimal:
    return Decimal(said.cents).scaleb(-2)
