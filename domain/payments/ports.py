"""Where payments are made. What keeps orders is ``PaymentsTx``, beside the use cases."""

from typing import Protocol

from domain.payments.model import Answer, Order


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
