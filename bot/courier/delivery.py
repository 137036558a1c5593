"""One notice: drawn, sent to each of its addresses, and what became of it written down."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.courier.answers import Answer, Verdict
from bot.courier.pacing import Pace
from bot.courier.trail import End, Trail, wait_after
from conversations.notices.views import Mail
from conversations.screen import Document, Row, Screen
from domain.clock import Clock
from domain.notices.model import BY_MAIL_TOO, TO_FIRST_ADDRESS, Channel, Due, NoticeId, is_too_late
from domain.notices.ports import Outbox
from domain.work import Transaction

Part = Screen | Document
log = structlog.get_logger(__name__)


class Push(Protocol):
    async def send(self, chat: int, text: str, rows: tuple[Row, ...] = ()) -> Answer: ...

    async def send_document(self, chat: int, document: Document) -> Answer: ...

    async def edit(self, chat: int, message: int, screen: Screen) -> Answer: ...


class Mailer(Protocol):
    async def send(self, to: str, mail: Mail, key: str) -> Answer: ...


class Render(Protocol):
    """From facts to words, in the addressee's language; refreshed from the town's data."""

    async def screens(self, due: Due) -> tuple[Part, ...]: ...

    async def mail(self, due: Due) -> Mail: ...

    def paid(self, due: Due) -> Screen:
        """In the place of what offers to pay an order, once it is paid."""


def _nobody(*_: object) -> None:
    """Is told."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """``mailer`` is None where the operator set no mail server. ``ended`` is told of each notice
    for which nothing more is tried.
    """

    outbox: Transaction[Outbox]
    push: Push
    mailer: Mailer | None
    render: Render
    pace: Pace
    clock: Clock
    ended: Callable[[Channel, End], object] = _nobody
    _trails: dict[NoticeId, Trail] = field(default_factory=dict)

    async def __call__(self, due: Due) -> None:
        trail = self._trails.setdefault(due.id, Trail())
        trail.open.clear()
        try:
            if is_too_late(due.notice, self.clock()):
                trail.note("", Answer(Verdict.REFUSED, "too late"))
            elif due.notice.channel is Channel.TELEGRAM:
                await self._to_chats(due, trail)
            else:
                await self._to_mailboxes(due, trail)
        except Exception:
            # One notice that cannot be drawn must not hold back the others.
            log.exception("notice_failed", notice=due.id, kind=due.notice.kind)
            trail.note("", Answer(Verdict.NOT_SENT, "could not be written"))
        await self._write_down(due, trail)

    async def _to_chats(self, due: Due, trail: Trail) -> None:
        await self._redraw(due)
        screens = await self.render.screens(due)
        for chat in due.chats:
            for number, screen in enumerate(screens):
                if not await self._part(f"{chat}:{number}", chat, screen, trail):
                    break

    async def _redraw(self, due: Due) -> None:
        """First, so that no receipt stands under what still offers to pay. What does not succeed
        is let go: the button of a paid order says so itself.
        """
        for chat, message in due.offers:
            if await self.pace.turn(chat) > 0:
                continue
            answer = await self.push.edit(chat, message, self.render.paid(due))
            if answer.verdict is Verdict.HELD:
                self.pace.hold(chat, answer.seconds)
            log.info("order_redrawn", notice=due.id, result=answer.verdict, why=answer.why)

    async def _part(self, address: str, chat: int, screen: Part, trail: Trail) -> bool:
        """False when the parts that follow must wait for this one, or have nowhere to go."""
        if address not in trail.settled:
            answer = await self._to_chat(chat, screen)
            trail.note(address, answer)
            if answer.message is not None:
                trail.shown.append((chat, answer.message))
            if answer.verdict is Verdict.GONE:
                await self._chat_gone(chat, answer.why)
        found = trail.settled.get(address)
        return found is not None and found.verdict is not Verdict.GONE

    async def _to_chat(self, chat: int, screen: Part) -> Answer:
        if (wait := await self.pace.turn(chat)) > 0:
            return Answer(Verdict.HELD, "429", wait)
        if isinstance(screen, Document):
            answer = await self.push.send_document(chat, screen)
        else:
            answer = await self.push.send(chat, screen.text, screen.rows)
        if answer.verdict is Verdict.HELD:
            self.pace.hold(chat, answer.seconds)
        return answer

    async def _to_mailboxes(self, due: Due, trail: Trail) -> None:
        if self.mailer is None:
            trail.note("", Answer(Verdict.REFUSED, "no mail server is set"))
            return
        mail = await self.render.mail(due)
        for address in _mailboxes(due):
            if address not in trail.settled:
                trail.note(address, await self.mailer.send(address, mail, due.notice.key))

    async def _chat_gone(self, chat: int, why: str) -> None:
        at = self.clock()
        await self.outbox.write(lambda tx: tx.chat_gone(chat, at, why))

    # -- what became of it -----------------------------------------------------------------
    async def _write_down(self, due: Due, trail: Trail) -> None:
        end, now = trail.end(due.attempts), self.clock()
        await self.outbox.write(lambda tx: _note(tx, due, end, trail, now))
        trail.shown.clear()
        if end is not None:
            self.ended(due.notice.channel, end)
            del self._trails[due.id]
        log.info(
            "notice",
            notice=due.id,
            kind=due.notice.kind,
            channel=due.notice.channel,
            result=end or "retry",
            why=trail.why,
        )


def _note(tx: Outbox, due: Due, end: End | None, trail: Trail, now: datetime) -> None:
    for chat, message in trail.shown:
        tx.remember_message(chat, message, now)
    match end:
        case None:
            tx.retry(due.id, now + wait_after(due.attempts, trail.held), trail.why)
        case End.SENT:
            tx.sent(due.id, now)
        case End.UNCERTAIN:
            tx.uncertain(due.id, now)
        case End.FAILED:
            tx.failed(due.id, now, trail.why)
            _by_mail_instead(tx, due, now)


def _mailboxes(due: Due) -> tuple[str, ...]:
    """Theirs, or the first of them; but for what goes to one that may not be theirs yet."""
    to = (due.notice.secret or {}).get("to")
    if to is not None:
        return (to,)
    return due.emails[:1] if due.notice.kind in TO_FIRST_ADDRESS else due.emails


def _by_mail_instead(tx: Outbox, due: Due, now: datetime) -> None:
    """Kinds that go by mail anyway are queued already."""
    notice = due.notice
    is_worth_it = notice.kind not in BY_MAIL_TOO and not is_too_late(notice, now)
    if notice.channel is Channel.TELEGRAM and is_worth_it:
        key = f"{notice.key}:instead"
        tx.post([replace(notice, key=key, channel=Channel.MAIL, at=now)])
