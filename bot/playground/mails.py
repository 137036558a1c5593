"""One mail, as the mailbox tab and the tests read it."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import Envelope

from bot.playground.model import Json, Upload


@dataclass(frozen=True, slots=True)
class Mail:
    id: int
    to: list[str]
    sender: str
    subject: str
    text: str
    html: str | None
    received_at: datetime
    attachments: list[Upload]

    def as_json(self) -> Json:
        form: Json = {
            "id": self.id,
            "to": self.to,
            "from": self.sender,
            "subject": self.subject,
            "text": self.text,
            "date": self.received_at.isoformat(),
            "attachments": [
                {
                    "file_name": each.name,
                    "mime_type": each.mime_type,
                    "size": len(each.data),
                    "url": f"/sim/mails/{self.id}/attachments/{number}",
                }
                for number, each in enumerate(self.attachments)
            ],
        }
        return form if self.html is None else {**form, "html": self.html}


def read_mail(number: int, envelope: Envelope, now: datetime) -> Mail:
    content = envelope.content
    raw = content if isinstance(content, bytes) else str(content or "").encode()
    message = message_from_bytes(raw, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("the default policy makes EmailMessage objects")
    plain = _body(message, "plain")
    return Mail(
        id=number,
        to=list(envelope.rcpt_tos),
        sender=str(message["From"] or envelope.mail_from or ""),
        subject=str(message["Subject"] or ""),
        text=plain or "",
        html=_body(message, "html"),
        received_at=now,
        attachments=[_attachment(part) for part in message.iter_attachments()],
    )


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body(preferencelist=(kind,))
    return None if part is None else str(part.get_content())


def _attachment(part: Any) -> Upload:
    data = part.get_payload(decode=True) or b""
    return Upload(part.get_filename() or "sans-nom", part.get_content_type(), data)
