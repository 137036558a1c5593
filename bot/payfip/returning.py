"""The address to which the page sends the parent back: signed, for a while, and proving nothing.

It names an order, so that we ask the provider at once about the right one; whoever made it up is
shown the same words. The token is in the path: a provider may add a query of its own.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.payments.model import Order

PATH: Final = "/payments/return"
KEPT: Final = 24  # characters of the signature: 144 bits


@dataclass(frozen=True, slots=True)
class Returns:
    """``mac``: 32 bytes for a text, by a key that only we have."""

    public_url: str
    mac: Callable[[str], bytes]

    def address(self, order: Order, until: datetime) -> str:
        claim = f"{order.reference}.{int(until.timestamp())}"
        return f"{self.public_url.rstrip('/')}{PATH}/{claim}.{self._sign(claim)}"

    def reference(self, token: str, now: datetime) -> str | None:
        """Of the order that it names, if it is ours and not out of date."""
        claim, _, signature = token.rpartition(".")
        reference, _, until = claim.partition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(claim).encode()):
            return None
        return reference if now.timestamp() < int(until) else None

    def _sign(self, claim: str) -> str:
        return urlsafe_b64encode(self.mac(claim)).decode()[:KEPT]
