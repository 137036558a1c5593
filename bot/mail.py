"""Mails by SMTP: text and HTML, one recipient a message, nothing from a parent in a header raw."""

import asyncio
import hashlib
from dataclasses import dataclass
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Literal

import aiosmtplib
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.courier.answers import SENT, Answer, Verdict
from conversations.notices.views import Mail
from domain.clock import Clock

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = None
    seconds: float = 30.0


class SmtpMailer:
    """``sender`` as in "Mairie <no-reply@example.org>"."""

    def __init__(self, server: MailServer, sender: str, clock: Clock, *, at_once: int = 4) -> None:
        self._server, self._clock = server, clock
        name, spec = parseaddr(sender)
        self._from = Address(display_name=name, addr_spec=spec)
        self._gate = asyncio.Semaphore(at_once)
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
        )
        self._page = environment.get_template("mail.html.j2")

    async def send(self, to: str, mail: Mail, key: str) -> Answer:
        """``key`` names the message: the same key and address give the same Message-ID."""
        try:
            message = self._message(to, mail, key)
        except (ValueError, IndexError, HeaderParseError, MessageError):
            # The standard library's parser runs off the end of some (IndexError).
            return Answer(Verdict.GONE, "not a mail address")
        async with self._gate:
            return await self._hand_over(message)

    def _message(self, to: str, mail: Mail, key: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._from
        # An Address is one mailbox: a comma or a line break in it is an error, not a recipient.
        message["To"] = Address(addr_spec=to.strip())
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(self._clock())
        digest = hashlib.sha256(f"{key}|{to}".encode()).hexdigest()[:40]
        message["Message-ID"] = f"<{digest}@{self._from.domain or 'localhost'}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(mail.text)
        message.add_alternative(self._html(mail), subtype="html")
        return message

    def _html(self, mail: Mail) -> str:
        paragraphs = [part.strip("\n") for part in mail.text.split("\n\n") if part.strip()]
        return self._page.render(subject=mail.subject, paragraphs=paragraphs)

    async def _hand_over(self, message: EmailMessage) -> Answer:
        server = self._server
        try:
            async with aiosmtplib.SMTP(
                hostname=server.host,
                port=server.port,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
                username=server.user,
                password=server.password,
                timeout=server.seconds,
                local_hostname=self._from.domain or "localhost",
            ) as smtp:
                await smtp.send_message(message)
        except aiosmtplib.SMTPException as error:
            return read_error(error)
        return SENT


def read_error(error: aiosmtplib.SMTPException) -> Answer:
    """Codes only: the server's words may hold the address."""
    code = _code(error)
    match error:
        case aiosmtplib.SMTPRecipientsRefused() if code >= 500:
            return Answer(Verdict.GONE, f"SMTP {code}")
        case aiosmtplib.SMTPDataError() if code >= 500:
            return Answer(Verdict.REFUSED, f"SMTP {code}")
        case aiosmtplib.SMTPReadTimeoutError() | aiosmtplib.SMTPServerDisconnected():
            return Answer(Verdict.NO_ANSWER, type(error).__name__)
        case _:
            return Answer(Verdict.NOT_SENT, f"SMTP {code}" if code else type(error).__name__)


def _code(error: aiosmtplib.SMTPException) -> int:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return max((refused.code for refused in error.recipients), default=0)
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0
