"""Leaving for good: what the town need not keep is erased (A12, GDPR art. 17)."""

from dataclasses import dataclass
from datetime import datetime

from domain.accounts.model import Identity
from domain.accounts.ports import Passwords
from domain.accounts.tokens import new_token
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.families.model import GuardianId
from domain.notices.model import Channel, Kind, Notice
from domain.privacy.events import Event
from domain.privacy.model import Erased
from domain.privacy.ports import Erasures
from domain.sessions.service import DELETABLE
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class EraseMe:
    """Whoever asks has just typed the password. The family, its children, their bookings and what
    was signed stay: the town must keep them. Nothing of the family's other guardians is touched.
    """

    erasures: Transaction[Erasures]
    passwords: Passwords
    clock: Clock

    async def __call__(self, who: Identity) -> Erased:
        now, guardian = self.clock(), who.guardian.id
        # A login is then refused by the same work as any other (A8), until the town invites again.
        nobodys = await self.passwords.hash(new_token())

        def work(tx: Erasures) -> Erased:
            tx.lock_guardian(guardian)
            withdrawn = tx.withdraw_opt_in(guardian)
            if withdrawn is not None:
                what = Event.OPT_IN_WITHDRAWN
                tx.note(Entry(now, Actor.GUARDIAN, what, guardian, details=withdrawn))
            ended = tx.take_sessions(guardian, now - DELETABLE)
            tx.erase(guardian, now, nobodys)
            tx.note(Entry(now, Actor.GUARDIAN, Event.ERASED, guardian))
            tx.post([_told(guardian, who.structure_id, now)])
            return Erased(ended)

        return await self.erasures.write(work)


def _told(guardian: GuardianId, structure: int, now: datetime) -> Notice:
    """By mail: whoever did not ask for it must hear of it (N6)."""
    return Notice(
        key=f"{Kind.ACCESS_ERASED}:{guardian}:{now.isoformat()}",
        guardian_id=guardian,
        channel=Channel.MAIL,
        kind=Kind.ACCESS_ERASED,
        params={"structure": structure},
        at=now,
    )
