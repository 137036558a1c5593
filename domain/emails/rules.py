"""Which addresses can be used, how they are typed, and where a proved one goes. Pure."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from domain.emails.errors import BadAddresses, NoAddress, TooManyAddresses
from domain.emails.model import Addresses, Pending

MOST: Final = 5
LONGEST: Final = 254  # characters (RFC 5321)
LONGEST_NAME: Final = 64  # of the part before the @
SEPARATOR: Final = ";"
# No space, comma, bracket, CR or LF gets through: an address stands in a mail's header.
ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)

VALID_FOR: Final = timedelta(minutes=30)
TRIES: Final = 3
REST: Final = timedelta(minutes=1)  # between two codes to one address
MOST_A_DAY: Final = 10  # codes, to all addresses: whose they are is not proved yet
CODE_LENGTH: Final = 8
LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without what is taken for something else. Never digits alone: Telegram's own login codes are,
and nobody should get used to typing one to a bot.
"""


def read(typed: str) -> tuple[str, ...]:
    """The addresses of a list, each once, in order. Raises BadAddresses, TooMany…, NoAddress."""
    addresses: dict[str, str] = {}
    for part in filter(None, map(str.strip, typed.split(SEPARATOR))):
        addresses.setdefault(plain(part), part)
    wrong = [masked(one) for one in addresses.values() if not is_address(one)]
    if wrong:
        raise BadAddresses(which=", ".join(wrong[:MOST]))
    if not addresses:
        raise NoAddress
    if len(addresses) > MOST:
        raise TooManyAddresses(most=MOST)
    return tuple(addresses.values())


def is_address(text: str) -> bool:
    name = text.partition("@")[0]
    fits = len(text) <= LONGEST and len(name) <= LONGEST_NAME
    return fits and ADDRESS.fullmatch(text) is not None


def plain(address: str) -> str:
    """What counts as the same address."""
    return address.strip().casefold()


def masked(address: str) -> str:
    """ "je•••@example.org": enough for its owner, in a chat that Telegram keeps (A12)."""
    name, at, host = address.partition("@")
    return f"{name[:2]}•••{at}{host[:40]}" if at else f"{name[:2]}•••"


def new_code() -> str:
    """40 bits; three tries in half an hour."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return code if not code.isdecimal() else new_code()


def read_code(typed: str) -> str:
    """As it may come back: small letters, spaces, a hyphen."""
    return re.sub(r"[\s-]", "", typed).upper()


def with_proved(now: Addresses, proved: Pending) -> tuple[str, ...]:
    """The verified ones once ``proved`` is: it takes the place that it was typed at.

    Those typed before it that still wait take no place yet.
    """
    kept = [] if proved.replaces else list(now.verified)
    still = sum(other.position < proved.position for other in now.pending)
    kept.insert(proved.position - still, proved.address)
    return tuple(kept)


def in_order(wanted: Sequence[str], verified: Sequence[str]) -> tuple[str, ...]:
    """The verified ones among those wanted, in the order wanted, spelled as they were proved."""
    known = {plain(one): one for one in verified}
    return tuple(known[plain(one)] for one in wanted if plain(one) in known)


def is_open(pending: Pending, now: datetime) -> bool:
    """Its code still counts."""
    return now < pending.expires_at and pending.tries < TRIES


def to_prove(
    wanted: Sequence[str], before: Addresses, now: datetime, *, replaces: bool
) -> list[Pending]:
    """Those that are not proved yet; expired at once where a code must still be sent."""
    verified = {plain(one) for one in before.verified}
    waiting = {plain(one.address): one for one in before.pending if is_open(one, now)}
    return [
        replace(
            waiting.get(plain(one)) or Pending(one, position, replaces, now, now),
            position=position,
            replaces=replaces,
        )
        for position, one in enumerate(wanted)
        if plain(one) not in verified
    ]
