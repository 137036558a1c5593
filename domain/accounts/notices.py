"""What a guardian is told of their account, by mail and on connected devices (A8, N6)."""

from collections.abc import Mapping
from datetime import datetime

from domain.accounts.access import Account
from domain.accounts.model import Credentials, SessionId
from domain.accounts.tokens import token_hash
from domain.activities.model import StructureId
from domain.families.model import GuardianId
from domain.notices.model import Channel, Kind, Notice

EVERYWHERE = (Channel.MAIL, Channel.TELEGRAM)
NOBODY = GuardianId(0)


def new_device(
    guardian: GuardianId, structure: StructureId, session: SessionId, at: datetime
) -> list[Notice]:
    """To the others than that one."""
    told = {"structure": structure, "session": session, "instant": at.isoformat()}
    return _notices(guardian, Kind.NEW_DEVICE, f"{session}", at, told)


def account_locked(found: Credentials | None, at: datetime) -> list[Notice]:
    """For nobody they are made all the same."""
    guardian, structure = (found.guardian_id, found.structure_ids[0]) if found else (NOBODY, 0)
    told = {"structure": structure, "instant": at.isoformat()}
    return _notices(guardian, Kind.ACCOUNT_LOCKED, at.isoformat(), at, told)


def password_changed(
    guardian: GuardianId, structure: StructureId, session: SessionId | None, at: datetime
) -> list[Notice]:
    """``session`` did it, and knows."""
    told = {"structure": structure, "session": session or 0, "instant": at.isoformat()}
    return _notices(guardian, Kind.PASSWORD_CHANGED, at.isoformat(), at, told)


def reset_link(account: Account | None, address: str, token: str, at: datetime) -> Notice:
    """To one of their addresses, as it is known. For nobody it is made all the same."""
    return Notice(
        key=f"{Kind.RESET_LINK}:{token_hash(token).hex()}",
        guardian_id=_id(account),
        channel=Channel.MAIL,
        kind=Kind.RESET_LINK,
        params={"structure": account.structure_id if account else 0},
        at=at,
        secret={"token": token, "to": address},
    )


def _id(account: Account | None) -> GuardianId:
    return account.guardian.id if account else NOBODY


def _notices(
    guardian: GuardianId, kind: Kind, about: str, at: datetime, params: Mapping[str, object]
) -> list[Notice]:
    return [
        Notice(
            key=f"{kind}:{guardian}:{about}:{channel}",
            guardian_id=guardian,
            channel=channel,
            kind=kind,
            params=params,
            at=at,
        )
        for channel in EVERYWHERE
    ]
