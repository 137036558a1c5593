"""Screens are deleted while Telegram still deletes them, for those who want it (A12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.accounts.model import SessionId
from domain.clock import Clock
from domain.privacy.ports import Chats, OldScreens
from domain.work import Transaction

TIDY_AFTER: Final = timedelta(hours=47)
TOO_OLD: Final = timedelta(hours=48)  # Telegram deletes no more
AT_ONCE: Final = 100  # messages that Telegram deletes in one call
A_TICK: Final = 2000  # messages; what is left waits for the next tick


@dataclass(frozen=True, slots=True)
class TidyScreens:
    """What could not be deleted is tried again at each tick, until Telegram deletes it no more.

    Several processes may do it at once: a message that is gone is passed over.
    """

    screens: Transaction[OldScreens]
    chats: Chats
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        await self.screens.write(lambda tx: tx.forget_sent_until(now - TOO_OLD))
        due = await self.screens.read(lambda tx: tx.due(now - TIDY_AFTER, A_TICK))
        for session, (chat, messages) in due.items():
            await self._tidy(session, chat, messages)

    async def _tidy(self, session: SessionId, chat: int, messages: Sequence[int]) -> None:
        for at in range(0, len(messages), AT_ONCE):
            some = messages[at : at + AT_ONCE]
            if not await self.chats.delete_many(chat, some):
                return  # the rest of this chat would fare no better now
            await self.screens.write(lambda tx, gone=some: tx.forget(session, gone))  # type: ignore[misc]
