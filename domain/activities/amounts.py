"""Money and quotients are Decimal, finite and not negative; a float never gets in (B11)."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """Half-up: 2.675 is 2.68."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def check_amount(name: str, amount: object) -> None:
    """Raise TypeError for anything but a Decimal or None, ValueError below zero or not finite."""
    if amount is None:
        return
    if not isinstance(amount, Decimal):
        raise TypeError(f"{name}: a Decimal is needed, not {amount!r}")
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{name}: {amount} is not an amount")


def check_whole_cents(name: str, amount: Decimal | None) -> None:
    if amount is not None and amount != to_cents(amount):
        raise ValueError(f"{name}: {amount} holds a fraction of a cent")
