"""What may be paid, and what is to be made of what was (M4). Pure."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Final

from domain.families.model import WalletId
from domain.payments.errors import (
    AmountRefused,
    NotThePayer,
    OrderChanged,
    OrderOver,
    OrderPaid,
    WalletClosed,
)
from domain.payments.model import (
    Asked,
    Checkout,
    Held,
    Kept,
    Order,
    OrderState,
    Paid,
    Provider,
    Why,
)

EUR: Final = "EUR"
TOWN_AMOUNT: Final = "town_amount"
TOWN_WALLET: Final = "town_wallet"
TOWN_TWICE: Final = "town_twice"
LEAST: Final = Decimal("1.00")
"""PayFiP takes nothing below one euro, nor does Telegram below about one dollar."""
MOST: Final = Decimal("2000.00")
"""Ours: more at once, into a wallet of meals, is a slip of the finger."""

LASTING: Final = timedelta(hours=24)
"""Of an invoice in the chat; the sum it was made for is stale then."""
LASTING_ELSEWHERE: Final = timedelta(minutes=14)
"""Of an order on a provider's own page: PayFiP's opens for 15 minutes. Whoever presses again after
that gets another order, and so a page that opens.
"""
FIRST_ASKED: Final = timedelta(minutes=2)
"""After which a provider that has said nothing is asked; twice as long each time after."""
LONGEST_WAIT: Final = timedelta(hours=1)
STILL_ASKED: Final = timedelta(days=1)
"""After its end: a page may be paid long after it was opened."""
LATELY: Final = timedelta(days=1)
"""Within which the same sum, into the same wallet, is asked about before it is paid once more."""

_TYPED: Final = re.compile(
    r"""\s* (?:€\s*)?
    (?P<euros> [0-9]{1,3} (?:\s[0-9]{3})+ | [0-9]{1,6} )
    (?: [.,] (?P<cents>[0-9]{1,2}) \s* (?:€|eur(?:os?)?)?
      | \s* (?:€|eur(?:os?)?) \s* (?P<after>[0-9]{2})? )?
    \s*""",
    re.IGNORECASE | re.VERBOSE,
)
"""Spaces in thousands only, and "12 € 50": what could mean two amounts is read as none."""


def read_amount(typed: str) -> Decimal:
    """ "25", "25,50", "1 250", "12€50" or "25.5 €", in EUR. Raises AmountRefused, as
    ``check_amount`` does.
    """
    found = _TYPED.fullmatch(typed)
    if found is None:
        raise AmountRefused(least=LEAST, most=MOST)
    euros = "".join(found["euros"].split())
    cents = found["cents"] or found["after"] or ""
    return check_amount(Decimal(f"{euros}.{cents.ljust(2, '0')}"))


def check_amount(amount: Decimal) -> Decimal:
    if not LEAST <= amount <= MOST or amount != amount.quantize(Decimal("0.01")):
        raise AmountRefused(least=LEAST, most=MOST)
    return amount


def payable(owed: Decimal) -> Decimal:
    """An amount that may be paid, for a sum that is owed; nothing where nothing is."""
    if owed <= 0:
        return Decimal("0.00")
    return min(max(owed, LEAST), MOST).quantize(Decimal("0.01"), ROUND_CEILING)


def lasting(provider: Provider) -> timedelta:
    return LASTING if provider is Provider.TELEGRAM else LASTING_ELSEWHERE


def wait(asked: int) -> timedelta:
    """Until a provider that was asked so many times is asked again."""
    return min(FIRST_ASKED * (1 << min(asked, 10)), LONGEST_WAIT)


def check(asked: Asked, found: Checkout | None, now: datetime) -> None:
    """Raises the reason why somebody must not pay this now."""
    if found is None:
        raise OrderChanged
    order = found.kept.order
    if not found.is_payer:
        raise NotThePayer
    if order.state is OrderState.PAID:
        raise OrderPaid
    if order.state is not OrderState.OPEN or order.expires_at <= now:
        raise OrderOver
    if found.kept.closed:
        raise WalletClosed
    if (asked.amount, asked.currency) != (order.amount, EUR):
        raise OrderChanged


def astray(paid: Paid, kept: Kept | None) -> Why | None:
    """Why no wallet can be credited with it; None where one can. The money has moved: neither
    another amount than was ordered nor an order that is over is a reason.
    """
    if kept is None:
        return Why.UNKNOWN
    if paid.currency != EUR:
        return Why.CURRENCY
    if paid.amount <= 0:
        return Why.AMOUNT
    return Why.CLOSED if kept.closed else None


def contradiction(paid: Paid, wallet: WalletId, held: Held) -> str | None:
    """What the back office said otherwise of the same money; what it said stays (X2)."""
    if paid.amount != held.amount:
        return TOWN_AMOUNT
    return TOWN_WALLET if wallet != held.wallet_id else None


def oddity(paid: Paid, order: Order, held: Held) -> str | None:
    """What the town should look at, though it was credited."""
    if held.by_town and (told := contradiction(paid, order.wallet_id, held)) is not None:
        return told
    if order.state is OrderState.PAID:
        return "paid_twice"
    if paid.amount != order.amount:
        return "amount"
    return "provider" if paid.provider is not order.provider else None
