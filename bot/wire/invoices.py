"""An invoice as the Bot API wants it."""

from typing import Any, Final

from conversations.screen import Invoice

CURRENCY: Final = "EUR"
START: Final = "payer"
"""Given, so that an invoice that is forwarded shows a link to the bot, and not a second way to pay
it; who pays is checked all the same.
"""


def bill(invoice: Invoice, payment_token: str) -> dict[str, Any]:
    return {
        "title": invoice.title,
        "description": invoice.description,
        "payload": invoice.payload,
        "provider_token": payment_token,
        "currency": CURRENCY,
        "prices": [{"label": invoice.label, "amount": invoice.cents}],
        "start_parameter": START,
    }
