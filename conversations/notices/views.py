"""A due notice as Telegram screens or as a mail; the courier adds nothing to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from conversations.followup.views import leave_buttons, offer_buttons, pushed
from conversations.notices import report, sentences
from conversations.payments.views import to_pay
from conversations.reminders import views as reminders
from conversations.screen import Row, Screen
from conversations.texts import Texts, escaped
from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.bookings.model import BookingId
from domain.families.model import WalletId
from domain.notices.model import Due, Kind

LONGEST: Final = 3900  # a message holds 4096 characters


@dataclass(frozen=True, slots=True)
class Mail:
    """``text`` is plain, its paragraphs parted by blank lines."""

    subject: str
    text: str


def render(due: Due, catalogue: Catalogue, texts: Texts) -> tuple[Screen, ...]:
    """In order; the buttons are under the last one. A report too long is split between lines."""
    if due.notice.kind is Kind.NIGHTLY_REPORT:
        closing = texts(
            "Vous pouvez consulter l'état de vos réservations ici, avec le bouton "
            "« Suivi des réservations »."
        )
        parts = _split([*report.lines(due, catalogue, texts), "", closing])
    else:
        said = sentences.paragraphs(due, catalogue, texts)
        parts = [f"<b>{escaped(said[0])}</b>\n\n" + escaped("\n\n".join(said[1:]))]
    rows = _rows(due, texts)
    *before, last = parts
    return (*(Screen(part) for part in before), Screen(last, rows))


def mail(due: Due, catalogue: Catalogue, texts: Texts, link: str = "") -> Mail:
    """The same words, and where to answer. ``link``: where the notice holds a token."""
    kind = due.notice.kind
    subject = texts(sentences.SUBJECTS[kind])
    if kind is Kind.NIGHTLY_REPORT:
        closing = texts(
            "Vous pouvez consulter l'état de vos réservations dans votre conversation Telegram "
            "avec la mairie, avec le bouton « Suivi des réservations »."
        )
        return Mail(subject, "\n".join([*report.lines(due, catalogue, texts), "", closing]))
    closing = (
        _how_to_book(texts)
        if kind is Kind.DEADLINE_REMINDER
        else texts(
            "Pour répondre ou consulter vos réservations, ouvrez votre conversation Telegram avec "
            "la mairie, ou adressez-vous à elle."
        )
    )
    said = sentences.paragraphs(due, catalogue, texts, link)
    # Whose address it is has not been proved: it must not learn a name.
    is_theirs = kind is not Kind.EMAIL_CODE
    greeting = [due.addressee] if due.addressee and is_theirs else []
    signature = _structure(due, catalogue)
    signed = [signature] if signature else []
    return Mail(subject, "\n\n".join([*greeting, *said, closing, *signed]))


def _how_to_book(t: Texts) -> str:
    return t(
        "Pour réserver, ouvrez votre conversation Telegram avec la mairie et touchez "
        "« Réserver », ou adressez-vous à elle avant cette date limite."
    )


def _rows(due: Due, t: Texts) -> tuple[Row, ...]:
    if due.notice.kind is Kind.DEADLINE_REMINDER:
        return reminders.buttons(due.notice.params["reminder"], t)
    if due.notice.kind is Kind.PLACE_OFFERED:
        return offer_buttons(due.notice.params.get("booking"), t)
    if due.notice.kind is Kind.PAYMENT_REMINDER:
        wallet = WalletId(due.notice.params["wallet_id"])
        return (to_pay(wallet, t("Payer")), *pushed(t))
    if due.notice.kind is Kind.WAITING_REMINDER:
        return leave_buttons(BookingId(due.notice.params["booking"]), t)
    return pushed(t)


def _structure(due: Due, catalogue: Catalogue) -> str:
    params = due.notice.params
    if "structure" in params:
        return report.structure_name(due, catalogue)
    activity = catalogue.activities.get(ActivityId(params["activity"]))
    return "" if activity is None else catalogue.structures[activity.structure_id].name


def _split(lines: Sequence[str]) -> list[str]:
    """Messages of whole lines; a line too long for one (hundreds of days) is cut at a comma."""
    parts: list[str] = []
    part: list[str] = []
    length = 0
    for line in chain.from_iterable(map(_pieces, lines)):
        if length + len(line) + 1 > LONGEST:
            parts.append("\n".join(part))
            part, length = [], 0
        part.append(line)
        length += len(line) + 1
    return [escaped(text.strip("\n")) for text in (*parts, "\n".join(part))]


def _pieces(line: str) -> list[str]:
    pieces = []
    while len(line) > LONGEST:
        cut = line.rfind(", ", 0, LONGEST) + 1 or LONGEST
        pieces.append(line[:cut])
        line = line[cut:].lstrip()
    return [*pieces, line]
