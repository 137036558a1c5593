"""Names of orders that nobody can guess: see ``domain.payments.model.Order``."""

from base64 import b32encode
from secrets import token_bytes


def new_reference() -> str:
    """A hundred bits, as 20 characters of A-Z and 2-7."""
    return b32encode(token_bytes(13)).decode()[:20]
