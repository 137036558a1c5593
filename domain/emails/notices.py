"""What is mailed about addresses. They are told as secrets: kept sealed, and wiped once sent."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from domain.accounts.model import Identity
from domain.emails.model import Pending
from domain.notices.model import Channel, Kind, Notice


def code(who: Identity, pending: Pending, written: str) -> Notice:
    """To the address that is to be proved, and to no other."""
    return Notice(
        key=f"{Kind.EMAIL_CODE}:{who.guardian.id}:{_once()}",
        guardian_id=who.guardian.id,
        channel=Channel.MAIL,
        kind=Kind.EMAIL_CODE,
        params={"structure": who.structure_id},
        at=pending.sent_at,
        secret={"code": written, "to": pending.address},
    )


def changed(who: Identity, addresses: Sequence[str], at: datetime) -> list[Notice]:
    """To each address of before and of now."""
    once = _once()
    return [
        Notice(
            key=f"{Kind.EMAIL_CHANGED}:{who.guardian.id}:{once}:{number}",
            guardian_id=who.guardian.id,
            channel=Channel.MAIL,
            kind=Kind.EMAIL_CHANGED,
            params={"structure": who.structure_id},
            at=at,
            secret={"to": address},
        )
        for number, address in enumerate(addresses)
    ]


def _once() -> str:
    """Two codes may be asked for in one instant, and both must be sent."""
    return token_hex(8)
