"""On which channels somebody is told, after what they chose (H3, N7). Pure."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from domain.notices.model import BY_MAIL_TOO, Channel, Kind

Wanted: TypeAlias = Mapping[tuple[Kind, Channel], bool]
"""Only where they chose; what the product does by itself is not in it."""

EITHER: Final = (Channel.TELEGRAM, Channel.MAIL)
CHOOSABLE: Final[Mapping[Kind, tuple[Channel, ...]]] = {
    Kind.PLACE_OFFERED: EITHER,
    Kind.PLACE_GIVEN: EITHER,
    Kind.OFFER_LAPSED: EITHER,
    Kind.REQUEST_ACCEPTED: EITHER,
    Kind.REQUEST_REFUSED: EITHER,
    Kind.DAY_CLOSED: EITHER,
    Kind.NIGHTLY_REPORT: EITHER,
    Kind.DRAFT_LAPSED: (Channel.TELEGRAM,),
    Kind.DEADLINE_REMINDER: EITHER,
    Kind.WAITING_REMINDER: EITHER,
    Kind.REQUEST_WAITLISTED: EITHER,
    Kind.PAYMENT_REMINDER: EITHER,
    Kind.ANNOUNCEMENT: EITHER,
}
"""In the order of the screen. What is not in it always goes, as all that guards an account."""


def is_wanted(kind: Kind, channel: Channel, wanted: Wanted) -> bool:
    usual = channel is Channel.TELEGRAM or kind in BY_MAIL_TOO
    if channel not in CHOOSABLE.get(kind, ()):
        return usual
    return wanted.get((kind, channel), usual)


def is_refused(kind: Kind, channel: Channel, wanted: Wanted) -> bool:
    """Said so by themselves; for what goes to one channel, whatever is usual."""
    return channel in CHOOSABLE.get(kind, ()) and not wanted.get((kind, channel), True)


def channels(kind: Kind, wanted: Wanted, *, has_chat: bool) -> tuple[Channel, ...]:
    """Without a chat all goes by mail, so that whoever has neither is seen to fail: unless they
    want nothing of this kind.
    """
    chosen = tuple(channel for channel in EITHER if is_wanted(kind, channel, wanted))
    return chosen if has_chat or not chosen else (Channel.MAIL,)
