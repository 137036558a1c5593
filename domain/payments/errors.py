from typing import ClassVar

from domain.errors import DomainError


class ProviderAway(DomainError):
    """The provider does not answer now; nothing was paid by this attempt."""

    code: ClassVar[str] = "payments.provider_away"


class ProviderNotOffered(DomainError):
    """The town does not take payments that way, or not any more."""

    code: ClassVar[str] = "payments.provider_not_offered"


class AmountRefused(DomainError):
    """Not an amount, or not one between ``least`` and ``most`` (EUR)."""

    code: ClassVar[str] = "payments.amount"


class JustPaid(DomainError):
    """As much was paid into this wallet ``at``, less than ``rules.LATELY`` ago: an old screen, or
    the other parent's, may ask for it once more.
    """

    code: ClassVar[str] = "payments.just_paid"


class WalletClosed(DomainError):
    """The town takes nothing into this wallet any more."""

    code: ClassVar[str] = "payments.wallet_closed"


class NotThePayer(DomainError):
    """An invoice was forwarded to somebody else, or the family is not connected here any more."""

    code: ClassVar[str] = "payments.not_the_payer"


class OrderOver(DomainError):
    """Nobody paid in time; a new order is a tap away."""

    code: ClassVar[str] = "payments.order_over"


class OrderPaid(DomainError):
    code: ClassVar[str] = "payments.order_paid"


class OrderChanged(DomainError):
    """What is about to be paid is not what was ordered: amount, currency or reference."""

    code: ClassVar[str] = "payments.order_changed"
