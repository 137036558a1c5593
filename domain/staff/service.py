"""Sessions of the town's agents (S1, A9). Rights are those of ``domain.staff.model``."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.accounts.login import may_try
from domain.accounts.service import TOUCH_EVERY
from domain.activities.model import StructureId
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.errors import NotFound
from domain.sessions.model import Ended
from domain.sessions.service import DELETABLE
from domain.staff.acts import StaffAct, noted
from domain.staff.devices import StaffDevice
from domain.staff.errors import InvitationRefused, StaffSessionIdle
from domain.staff.model import Right, StaffIdentity, StaffSessionId
from domain.staff.ports import StaffTx
from domain.work import Transaction

IDLE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class IdentifyStaff:
    """The live session of this Telegram user; None without one.

    Raises StaffSessionIdle, once, when it sat idle too long: it is ended then.
    """

    staff: Transaction[StaffTx]
    clock: Clock
    idle: timedelta = IDLE

    async def __call__(self, telegram_user: int) -> StaffIdentity | None:
        member = await self.staff.read(lambda tx: tx.identity(telegram_user))
        if member is None:
            return None
        now = self.clock()
        if now - member.seen_at > self.idle:
            await self.staff.write(
                lambda tx: tx.end_session(member.staff_id, member.session_id, now)
            )
            raise StaffSessionIdle
        if now - member.seen_at > TOUCH_EVERY:
            await self.staff.write(lambda tx: tx.touch(member.session_id, now))
        return member


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """Logs the agent in, once. Raises InvitationRefused, TooManyAttempts(until=): a wrong link is
    counted as a wrong password of that Telegram user, whom nobody else's tries slow down.
    """

    staff: Transaction[StaffTx]
    clock: Clock

    async def __call__(self, token: str, telegram_user: int) -> StaffIdentity:
        now = self.clock()

        def work(tx: StaffTx) -> StaffIdentity | None:
            may_try(tx.attempts(telegram_user, None, lock=True)[0], now)
            member = tx.use(token, now)
            if member is not None:
                tx.forget_failures(telegram_user, None)
                tx.open_session(member, telegram_user, now)
                identity = tx.identity(telegram_user)
                if identity is not None:
                    tx.note(noted(identity, StaffAct.LOGGED_IN, now))
                    return identity
            tx.count_failure(telegram_user, None, now)
            refused = StaffAct.INVITATION_REFUSED
            tx.note(Entry(now, Actor.STRANGER, refused, telegram_user=telegram_user))
            return None

        member = await self.staff.write(work)
        if member is None:
            raise InvitationRefused  # outside of the work: what it counted stays
        return member


@dataclass(frozen=True, slots=True)
class ListStaffDevices:
    """One's own, last seen first."""

    staff: Transaction[StaffTx]

    async def __call__(self, member: StaffIdentity) -> tuple[StaffDevice, ...]:
        member.check(Right.LOOK)
        found = await self.staff.read(lambda tx: tx.sessions(member.staff_id))
        return tuple(replace(d, is_this=d.session_id == member.session_id) for d in found)


@dataclass(frozen=True, slots=True)
class EndStaffDevice:
    """One of one's own, by its number; asked again, it changes nothing. Raises NotFound.

    What is answered can be deleted: screens name families, and the session is over in any case.
    """

    staff: Transaction[StaffTx]
    clock: Clock

    async def __call__(self, member: StaffIdentity, session: StaffSessionId) -> Ended:
        member.check(Right.LOOK)
        now = self.clock()

        def work(tx: StaffTx) -> Ended:
            chat = tx.end_session(member.staff_id, session, now)
            if chat is None:
                raise NotFound
            tx.note(noted(member, StaffAct.SESSION_ENDED, now, session=session))
            return Ended(chat, tx.take_messages(session, now - DELETABLE))

        return await self.staff.write(work)


@dataclass(frozen=True, slots=True)
class ShowStructure:
    """Another of one's own structures from now on. Raises NotAllowed."""

    staff: Transaction[StaffTx]

    async def __call__(self, member: StaffIdentity, structure: StructureId) -> None:
        member.check(Right.LOOK, structure)
        await self.staff.write(lambda tx: tx.show_structure(member.session_id, structure))


@dataclass(frozen=True, slots=True)
class SetStaffLocale:
    staff: Transaction[StaffTx]

    async def __call__(self, member: StaffIdentity, locale: str) -> None:
        member.check(Right.LOOK)
        await self.staff.write(lambda tx: tx.set_locale(member.staff_id, locale))


@dataclass(frozen=True, slots=True)
class SetStaffTables:
    """Which of the two displays (decision 9)."""

    staff: Transaction[StaffTx]

    async def __call__(self, member: StaffIdentity, *, wanted: bool) -> None:
        member.check(Right.LOOK)
        await self.staff.write(lambda tx: tx.set_tables(member.staff_id, wanted=wanted))
