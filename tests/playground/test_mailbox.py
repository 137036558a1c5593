"""The mail sink speaks real SMTP."""

from email.message import EmailMessage

import aiosmtplib
import pytest

from tests.playground.scene import NOW


def mail(to="lea@example.org"):
    message = EmailMessage()
    message["From"] = "Portail famille <bot@example.org>"
    message["To"] = to
    message["Subject"] = "Votre reçu d’été"
    message.set_content("Bonjour, ci-joint votre reçu.")
    message.add_alternative("<p>Bonjour</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="reçu.pdf")
    return message


async def deliver(playground, message):
    return await aiosmtplib.send(
        message, hostname="127.0.0.1", port=playground.smtp_port, start_tls=False
    )


async def test_a_mail_is_kept_as_it_reads(playground, sim):
    await deliver(playground, mail())

    [kept] = (await sim("GET", "mails"))["mails"]
    assert (kept["to"], kept["subject"]) == (["lea@example.org"], "Votre reçu d’été")
    assert kept["from"] == "Portail famille <bot@example.org>"
    assert (kept["text"].strip(), kept["html"].strip()) == (
        "Bonjour, ci-joint votre reçu.",
        "<p>Bonjour</p>",
    )
    assert kept["date"] == NOW.isoformat()


async def test_an_attachment_is_downloaded(playground, sim, http):
    await deliver(playground, mail())
    [kept] = (await sim("GET", "mails"))["mails"]
    [attachment] = kept["attachments"]

    async with http.get(playground.url + attachment["url"]) as response:
        data = await response.read()

    assert (attachment["file_name"], attachment["size"], data) == ("reçu.pdf", 4, b"%PDF")


async def test_an_unknown_recipient_is_refused(playground, sim):
    await sim("POST", "mails/refuse", to=["lea@example.org"])

    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await deliver(playground, mail())

    assert (await sim("GET", "mails"))["mails"] == []


async def test_a_connection_left_open_does_not_hinder_the_end(playground):
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=playground.smtp_port, start_tls=False)
    await client.connect()

    await playground.mailbox.stop()

    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await client.noop()
    client.close()
