"""Connected devices: listed, ended, and their screens taken out of the chat (A9)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.accounts.model import Identity, SessionId
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.errors import NotFound
from domain.sessions.model import Device, Ended, Event
from domain.sessions.ports import Sessions
from domain.work import Transaction

DELETABLE = timedelta(hours=47, minutes=55)
"""Telegram deletes what is younger than 48 hours; the rest is for the way there."""


@dataclass(frozen=True, slots=True)
class ListDevices:
    """Last seen first."""

    sessions: Transaction[Sessions]

    async def __call__(self, who: Identity) -> tuple[Device, ...]:
        devices = await self.sessions.read(lambda tx: tx.live(who.guardian.id))
        return tuple(replace(d, is_this=d.session_id == who.session_id) for d in devices)


@dataclass(frozen=True, slots=True)
class EndDevice:
    """One of their own, by its number; asked again, it answers the same. Raises NotFound.

    What is answered can be deleted by whoever holds the way to Telegram: the session is over
    whether or not that works.
    """

    sessions: Transaction[Sessions]
    clock: Clock

    async def __call__(self, who: Identity, session: SessionId) -> Ended:
        now = self.clock()

        def work(tx: Sessions) -> Ended:
            chat = tx.end(who.guardian.id, session, now)
            if chat is None:
                raise NotFound
            tx.note(_ended(who, session, now))
            return Ended(chat, tx.take_messages(session, now - DELETABLE))

        return await self.sessions.write(work)


def _ended(who: Identity, session: SessionId, at: datetime) -> Entry:
    details = {"session": session, "by": who.session_id}
    return Entry(at, Actor.GUARDIAN, Event.ENDED, who.guardian.id, details=details)


@dataclass(frozen=True, slots=True)
class LogOut:
    """Ends the session that asks."""

    end_device: EndDevice

    async def __call__(self, who: Identity) -> Ended:
        return await self.end_device(who, who.session_id)


@dataclass(frozen=True, slots=True)
class RememberMessage:
    """A message that was sent to somebody connected, so that leaving can take it away.

    Who is a parent and an agent in one chat has it noted for both: either way out takes it.
    """

    sessions: Transaction[Sessions]
    clock: Clock

    async def __call__(self, chat: int, message: int) -> None:
        now = self.clock()

        def work(tx: Sessions) -> None:
            tx.remember_message(chat, message, now)
            tx.remember_staff_message(chat, message, now)

        await self.sessions.write(work)
