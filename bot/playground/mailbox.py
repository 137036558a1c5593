"""A local SMTP sink: mails that the bot sends, kept for the mailbox tab and for tests."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.playground.mails import Mail, read_mail

HOST = "127.0.0.1"
ACCEPTED = "250 OK"
UNKNOWN = "550 5.1.1 No such recipient"


@dataclass(slots=True)
class Mailbox:
    """``refused`` recipients get a 550; ``on_mail`` hears of each new mail."""

    now: Callable[[], datetime]
    on_mail: Callable[[Mail], None]
    mails: list[Mail] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    _server: asyncio.Server | None = None
    _open: "set[_Conversation]" = field(default_factory=set)

    @property
    def port(self) -> int:
        if self._server is None:
            raise RuntimeError("The mailbox is not started.")
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Conversation(_Handler(self), self._open, loop), HOST, port
        )

    async def stop(self) -> None:
        if self._server is None:
            return
        self._server.close()
        conversations = tuple(self._open)
        for conversation in conversations:
            conversation.abort()
        await asyncio.gather(
            *(each.task for each in conversations if each.task), return_exceptions=True
        )
        await self._server.wait_closed()
        self._server = None

    def receive(self, envelope: Envelope) -> None:
        mail = read_mail(len(self.mails) + 1, envelope, self.now())
        self.mails.append(mail)
        self.on_mail(mail)


class _Conversation(SMTP):
    """One connection, known while it lasts, so that the end can end it."""

    def __init__(
        self,
        handler: "_Handler",
        known: "set[_Conversation]",
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        super().__init__(handler, hostname="playground", enable_SMTPUTF8=True, loop=loop)
        self._known = known

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._known.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._known.discard(self)
        super().connection_lost(error)

    @property
    def task(self) -> "asyncio.Task[None] | None":
        return self._handler_coroutine

    def abort(self) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()


@dataclass(frozen=True, slots=True)
class _Handler:
    mailbox: Mailbox

    async def handle_RCPT(  # noqa: N802 - the library looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.mailbox.refused:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        return ACCEPTED

    async def handle_DATA(  # noqa: N802 - the library looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.mailbox.receive(envelope)
        return ACCEPTED
