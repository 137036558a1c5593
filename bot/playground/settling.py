"""Has the bot done everything that the people asked? Tests wait for it instead of sleeping."""

from dataclasses import dataclass

from bot.playground.journal import Journal
from bot.playground.updates import Updates


@dataclass(frozen=True, slots=True)
class Settling:
    """Settled: every update acknowledged, and no call still being answered.

    A bot that acknowledges before its handlers have finished looks settled too early.
    """

    updates: Updates
    journal: Journal

    def settled(self, chat: int | None = None) -> bool:
        if any(chat is None or update.chat in (None, chat) for update in self.updates.pending):
            return False
        calls = self.journal.in_flight
        return not any(chat is None or call.chat in (None, chat) for call in calls)
