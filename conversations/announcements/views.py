"""What the town says: short on the home screen, whole on a screen of its own (H1)."""

from collections.abc import Sequence
from typing import Final

from conversations.announcements.routes import Announcements, OpenAttachment, ReadAnnouncement
from conversations.home.routes import HOME
from conversations.screen import Button, Document, Row, Screen
from conversations.texts import Texts, clipped, escaped
from domain.announcements.model import PICTURES, Announcement, Attachment

ON_HOME: Final = 3  # announcements
SHORT, TITLE, WHOLE = 280, 120, 3970  # characters; a message holds 4096
LABEL, LIST_LABEL = 16, 32  # characters of a title in a button, after words or alone
LISTED: Final = 20


def short(told: Announcement) -> str:
    return f"{_title(told.title)}\n{escaped(clipped(told.text, SHORT))}"


def under_home(told: Sequence[Announcement], t: Texts) -> tuple[Row, ...]:
    """To read on what was clipped, and to have what is beside it."""
    rows: list[Row] = []
    for one in told[:ON_HOME]:
        if len(one.text) > SHORT or len(one.title) > TITLE:
            rows.append((_read_on(one, t),))
        rows.extend(_attachment(one, t))
    if len(told) > ON_HOME:
        label = t("Toutes les informations ({n})", n=len(told))
        rows.append((Button(label, Announcements().pack()),))
    return tuple(rows)


def listed(told: Sequence[Announcement], t: Texts) -> Screen:
    text = t("<b>Informations de la mairie</b>")
    if not told:
        text += "\n\n" + t("Aucune information en ce moment.")
    rows = tuple(
        (Button(clipped(one.title, LIST_LABEL), ReadAnnouncement(announcement=one.id).pack()),)
        for one in told[:LISTED]
    )
    return Screen(text, (*rows, (Button(t("Accueil"), HOME),)))


def whole(told: Announcement, t: Texts) -> Screen:
    text = f"{_title(told.title)}\n\n{escaped(clipped(told.text, WHOLE))}"
    return Screen(text, (*_attachment(told, t), (Button(t("Accueil"), HOME),)))


def told(title: str, text: str) -> str:
    """The message that goes into chats, and the preview of it: Telegram HTML, whole."""
    head = f"<b>{escaped(title)}</b>"
    return f"{head}\n\n{escaped(text)}" if text else head


def withdrawn(t: Texts) -> str:
    """Over what is too old to be deleted."""
    return t("<i>Cette annonce a été retirée par la mairie.</i>")


def document(found: Attachment) -> Document:
    return Document(
        name=found.name,
        content=found.content,
        caption=_title(found.title),
        is_picture=found.name.lower().endswith(PICTURES),
    )


def _title(title: str) -> str:
    return f"<b>{escaped(clipped(title, TITLE))}</b>"


def _read_on(told: Announcement, t: Texts) -> Button:
    label = t("Lire la suite : {title}", title=clipped(told.title, LABEL))
    return Button(label, ReadAnnouncement(announcement=told.id).pack())


def _attachment(told: Announcement, t: Texts) -> tuple[Row, ...]:
    if told.file_name is None:
        return ()
    label = t("Voir le document : {title}", title=clipped(told.title, LABEL))
    return ((Button(label, OpenAttachment(announcement=told.id).pack()),),)
