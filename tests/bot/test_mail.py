"""Mails against a real SMTP server on loopback."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.courier.answers import SENT, Answer, Verdict
from bot.mail import MailServer, SmtpMailer
from conversations.notices.views import Mail
from tests.bot.timing import FakeTime

MAIL = Mail("Votre demande", "Bonjour,\n\nZoé <b>& cie</b> : acceptée.\nÀ bientôt.")


class Sink:
    """``answers`` holds what to say to RCPT or DATA, by address; the rest is accepted."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.recipients: dict[str, str] = {}
        self.data = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if refusal := self.recipients.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.envelopes.append(envelope)
        return self.data

    @property
    def messages(self) -> list[EmailMessage]:
        contents = (envelope.content for envelope in self.envelopes)
        return [message_from_bytes(raw, policy=policy.default) for raw in contents]


@pytest.fixture
async def sink() -> Sink:
    return Sink()


@pytest.fixture
async def port(sink: Sink) -> AsyncIterator[int]:
    loop = asyncio.get_running_loop()
    open_ = []

    def conversation() -> SMTP:
        made = SMTP(sink, hostname="sink", loop=loop)
        open_.append(made)
        return made

    server = await loop.create_server(conversation, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    tasks = [each._handler_coroutine for each in open_ if each._handler_coroutine]
    await asyncio.gather(*tasks, return_exceptions=True)
    await server.wait_closed()


@pytest.fixture
def mailer(port: int, time: FakeTime) -> SmtpMailer:
    server = MailServer("127.0.0.1", port, security="none", seconds=5)
    return SmtpMailer(server, "Mairie d'Ambon <ne-pas-repondre@example.org>", time.now)


async def test_a_mail_has_a_text_and_the_same_in_html(mailer: SmtpMailer, sink: Sink) -> None:
    answer = await mailer.send("anne@example.org", MAIL, "key")

    message = sink.messages[0]
    plain = message.get_body(preferencelist=("plain",))
    page = message.get_body(preferencelist=("html",))
    assert answer == SENT
    assert sink.envelopes[0].rcpt_tos == ["anne@example.org"]
    assert (message["Subject"], message["To"]) == ("Votre demande", "anne@example.org")
    assert "Zoé <b>& cie</b> : acceptée." in plain.get_content()
    assert "Zoé &lt;b&gt;&amp; cie&lt;/b&gt; : acceptée." in page.get_content()


async def test_no_robot_answers_and_a_repeat_is_known_by_its_id(
    mailer: SmtpMailer, sink: Sink
) -> None:
    await mailer.send("anne@example.org", MAIL, "key")
    await mailer.send("anne@example.org", MAIL, "key")
    await mailer.send("anne@example.org", MAIL, "another")

    first, again, another = (message["Message-ID"] for message in sink.messages)
    assert first == again != another
    assert first.endswith("@example.org>")
    assert sink.messages[0]["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "address",
    [
        "anne@example.org\r\nBcc: all@example.org",
        "anne@example.org, all@example.org",
        "anne@example.org;all@example.org",
        "pas une adresse",
        "",
    ],
)
async def test_what_is_no_single_address_is_refused_before_it_leaves(
    mailer: SmtpMailer, sink: Sink, address: str
) -> None:
    answer = await mailer.send(address, MAIL, "key")

    assert answer == Answer(Verdict.GONE, "not a mail address")
    assert sink.envelopes == []


async def test_a_line_break_in_a_subject_makes_no_header(mailer: SmtpMailer, sink: Sink) -> None:
    await mailer.send("anne@example.org", Mail("Objet\r\nBcc: all@example.org", "x"), "key")

    assert sink.messages[0]["Subject"] == "Objet Bcc: all@example.org"
    assert sink.messages[0]["Bcc"] is None


async def test_an_unknown_mailbox_is_gone(mailer: SmtpMailer, sink: Sink) -> None:
    sink.recipients["anne@example.org"] = "550 5.1.1 No such user"

    assert await mailer.send("anne@example.org", MAIL, "key") == Answer(Verdict.GONE, "SMTP 550")


async def test_a_greylisted_mail_is_tried_again(mailer: SmtpMailer, sink: Sink) -> None:
    sink.recipients["anne@example.org"] = "451 4.7.1 Try again later"

    answer = await mailer.send("anne@example.org", MAIL, "key")

    assert answer == Answer(Verdict.NOT_SENT, "SMTP 451")


async def test_a_refused_content_is_not_tried_again(mailer: SmtpMailer, sink: Sink) -> None:
    sink.data = "554 5.7.1 Spam"

    answer = await mailer.send("anne@example.org", MAIL, "key")

    assert answer == Answer(Verdict.REFUSED, "SMTP 554")


async def test_a_server_that_is_down_is_tried_again(time: FakeTime) -> None:
    mailer = SmtpMailer(MailServer("127.0.0.1", 1, security="none"), "a@example.org", time.now)

    assert (await mailer.send("anne@example.org", MAIL, "key")).verdict is Verdict.NOT_SENT
