"""A few claimed chats: told, changed or cleared, and what became of them written down (N7)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.courier.answers import Answer, Verdict
from bot.courier.broadcast_bot import Arrived, Chats, Copy, is_unknown_file
from bot.courier.trail import wait_after
from bot.courier.yielding import Behind
from conversations.announcements import views
from conversations.texts import TextsByLocale
from domain.announcements.composed import Composed, Fate
from domain.announcements.model import AnnouncementId
from domain.announcements.sending import MOST_ATTEMPTS, Outcome, Outgoing, SendingTx, Task
from domain.clock import Clock
from domain.work import Transaction

LEASE: Final = timedelta(minutes=5)
"""Longer than any answer takes, an upload's included."""
OFTEN_ENOUGH: Final = timedelta(seconds=1)
FATES: Final = {
    Verdict.SENT: Fate.SENT,
    Verdict.NO_ANSWER: Fate.UNCERTAIN,  # it may have arrived: never sent again
    Verdict.GONE: Fate.BLOCKED,
    Verdict.REFUSED: Fate.FAILED,
}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Leaving:
    sending: Transaction[SendingTx]
    chats: Chats
    pace: Behind
    texts: TextsByLocale
    clock: Clock
    _uploading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def paused(self) -> float:
        """Seconds until anything may go to Telegram."""
        return self.pace.paused

    async def __call__(self, taken: Sequence[Outgoing]) -> None:
        about = {one.announcement_id for one in taken}
        composed = await self.sending.read(lambda tx: tx.composed(about))
        works = [self._one(one, composed) for one in taken]
        outcomes = [one for one in await asyncio.gather(*works) if one is not None]
        at = self.clock()
        await self.sending.write(lambda tx: tx.note(outcomes, at))
        for one in outcomes:
            log.info(
                "announcement",
                announcement=one.of.announcement_id,
                task=one.of.task,
                result=one.fate,
                why=one.why,
            )

    async def _one(
        self, one: Outgoing, composed: Mapping[AnnouncementId, Composed]
    ) -> Outcome | None:
        """None for one that must not leave any more."""
        words = composed[one.announcement_id]
        if (wait := await self.pace.turn(one.chat)) > 0:
            held = Answer(Verdict.HELD, "429", wait)
            return outcome(one, words.version, held, self.clock())
        if one.task is Task.SEND and not await self._leaves(one):
            return None
        try:
            if one.task is Task.SEND:
                answer = await self._send(one, words)
            else:
                answer = await self._change(one, words)
        except Exception:
            # What was under way when it failed may have arrived.
            log.exception("announcement_failed", announcement=words.id)
            answer = Answer(Verdict.NO_ANSWER, "a defect")
        if answer.verdict is Verdict.HELD:
            self.pace.hold(one.chat, answer.seconds)
        return outcome(one, words.version, answer, self.clock())

    async def _leaves(self, one: Outgoing) -> bool:
        until = self.clock() + LEASE
        return await self.sending.write(lambda tx: tx.leaves(one.id, lease_until=until))

    async def _send(self, one: Outgoing, words: Composed) -> Answer:
        file = words.file
        if file is None:
            return (await self.chats.tell(one.chat, _copy(words))).answer
        if file.telegram_id is not None:
            answer = (await self.chats.tell(one.chat, _copy(words, file.telegram_id))).answer
            if not is_unknown_file(answer):
                return answer
        return await self._upload(one, words)

    async def _upload(self, one: Outgoing, words: Composed) -> Answer:
        """Once: whoever waits meanwhile sends what Telegram keeps by then."""
        async with self._uploading:
            again = await self.sending.read(lambda tx: tx.composed({words.id}))
            file = again[words.id].file
            if file and words.file and file.telegram_id not in (None, words.file.telegram_id):
                return (await self.chats.tell(one.chat, _copy(words, file.telegram_id))).answer
            content = await self.sending.read(lambda tx: tx.content(words.id))
            arrived: Arrived = await self.chats.tell(one.chat, _copy(words, content))
            kept = arrived.file
            if kept is not None:
                await self.sending.write(lambda tx: tx.keep_file(words.id, kept))
            return arrived.answer

    async def _change(self, one: Outgoing, words: Composed) -> Answer:
        message = one.message_id or 0
        if one.task is Task.EDIT:
            return await self.chats.change(one.chat, message, _copy(words, ""))
        answer = await self.chats.take_away(one.chat, message)
        if answer.verdict is Verdict.REFUSED:  # too old to be deleted
            said = views.withdrawn(self.texts(one.locale))
            if words.file is not None:
                return await self.chats.put_over(one.chat, message, said)
            return await self.chats.change(one.chat, message, Copy(said))
        return answer


def outcome(one: Outgoing, version: int, answer: Answer, at: datetime) -> Outcome:
    """What follows from an answer, for a message that is to be there once (N7)."""
    if answer.verdict in (Verdict.HELD, Verdict.NOT_SENT):
        return _again(one, answer, at)
    if one.task is not Task.SEND:
        return _changed(one, version, answer, at)
    fate = FATES[answer.verdict]
    is_there = fate is Fate.SENT
    return Outcome(
        one,
        fate,
        due_at=at if is_there else None,
        version=version if is_there else 0,
        message_id=answer.message,
        why=answer.why or None,
    )


def _changed(one: Outgoing, version: int, answer: Answer, at: datetime) -> Outcome:
    """A change that is not known to have arrived is harmless twice."""
    if answer.verdict is Verdict.NO_ANSWER:
        return _again(one, answer, at)
    is_done = answer.verdict is Verdict.SENT
    is_away = is_done and one.task is Task.TAKE_AWAY
    return Outcome(
        one,
        Fate.WITHDRAWN if is_away else Fate.SENT,
        due_at=at if is_done and not is_away else None,
        version=version if is_done else 0,
        message_id=one.message_id,
        why=answer.why or None,
    )


def _again(one: Outgoing, answer: Answer, at: datetime) -> Outcome:
    """It did not leave. Waiting for a 429 is no attempt."""
    attempts = one.attempts + (answer.verdict is not Verdict.HELD)
    is_over = attempts >= MOST_ATTEMPTS
    wait = wait_after(max(attempts, 1), answer.seconds)
    if answer.verdict is Verdict.HELD:
        wait = max(timedelta(seconds=answer.seconds), OFTEN_ENOUGH)
    unsent = Fate.FAILED if is_over else Fate.PENDING
    return Outcome(
        one,
        unsent if one.task is Task.SEND else Fate.SENT,
        due_at=None if is_over else at + wait,
        version=0,
        message_id=one.message_id,
        attempts=attempts,
        why=answer.why or None,
    )


def _copy(words: Composed, file: bytes | str | None = None) -> Copy:
    text = views.told(words.title, words.text)
    if words.file is None:
        return Copy(text)
    return Copy(text, file, words.file.name, words.file.is_picture)
