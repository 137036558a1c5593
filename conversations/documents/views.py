"""Documents to read and agree to, and the house rules to sign for each child (A5, A6, A12)."""

from collections.abc import Mapping, Sequence
from typing import Final

from conversations.booking.routes import Children
from conversations.documents.routes import (
    CONSENTS,
    SHEETS,
    Agree,
    DocumentPdf,
    ReadDocument,
    ReadRules,
    RefuseTelegram,
    SheetPdf,
    SignAsMyself,
    SignRules,
    TickRules,
)
from conversations.home.routes import HOME
from conversations.login.routes import LogOut
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import chosen, turner
from conversations.words import mark
from domain.documents.model import ConsentState, DocumentKind, LegalDocument, Sheet
from domain.families.model import Child

PAGE: Final = 2400  # characters of a document in one message
TITLE: Final = 120

NAMES: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.PRIVACY: mark("Protection des données (RGPD)"),
    DocumentKind.TERMS: mark("Conditions d'utilisation"),
    DocumentKind.TELEGRAM: mark("Utilisation de Telegram"),
    DocumentKind.HOUSE_RULES: mark("Règlement intérieur"),
}


# -- consents ------------------------------------------------------------------------------
def consents(states: Sequence[ConsentState], header: Html, t: Texts) -> Screen:
    """The gate: each document with how far this guardian is with it."""
    asked = t(
        "Avant d'aller plus loin, merci de lire ces documents et d'indiquer que vous en avez "
        "pris connaissance."
    )
    lines = [
        f"{_box(state)} {t(NAMES[state.document.kind])}{_so_far(state, t)}" for state in states
    ]
    rows: list[Row] = [
        (
            Button(
                f"{_box(state)} {t(NAMES[state.document.kind])}",
                ReadDocument(document=state.document.id, page=1).pack(),
                Style.PRIMARY if state == _next(states) else None,
            ),
        )
        for state in states
    ]
    return Screen(
        f"{header}\n\n{asked}\n\n" + "\n".join(lines),
        (*rows, (Button(t("Se déconnecter"), LogOut().pack()),)),
    )


def _next(states: Sequence[ConsentState]) -> ConsentState | None:
    return next((state for state in states if state.given_at is None), None)


def _box(state: ConsentState) -> str:
    return "☑" if state.given_at is not None else "☐"


def _so_far(state: ConsentState, t: Texts) -> str:
    if state.given_at is not None:
        return " · " + t("accepté le {at}", at=t.instant(state.given_at))
    return " · " + (t("ouvert, à cocher") if state.opened_at is not None else t("à lire"))


def document(state: ConsentState, page: int, t: Texts) -> Screen:
    told = state.document
    pages = parts(told.body)
    body, page = chosen(pages, page)
    rows: list[Row] = list(
        turner(page, len(pages), lambda n: ReadDocument(document=told.id, page=n).pack(), t)
    )
    rows.append((Button(t("Recevoir en PDF"), DocumentPdf(document=told.id).pack()),))
    if state.given_at is None and page == len(pages):
        agree = Agree(document=told.id).pack()
        rows.append((Button(t("☐ J'ai lu et j'accepte"), agree, Style.SUCCESS),))
        if told.kind is DocumentKind.TELEGRAM:
            refuse = t("Je préfère ne pas utiliser Telegram")
            rows.append((Button(refuse, RefuseTelegram().pack()),))
    rows.append((Button(t("‹ Documents"), CONSENTS),))
    return Screen(_text(told, body, t), tuple(rows))


def refused_telegram(t: Texts) -> Screen:
    return Screen(
        t(
            "C'est noté : vous êtes déconnecté(e) et votre accord n'est pas enregistré. "
            "Toutes les démarches restent possibles par mail et en mairie. Vous pouvez revenir "
            "quand vous voulez avec /start."
        )
    )


def _text(told: LegalDocument, body: str, t: Texts) -> str:
    head = t.html(
        "<b>{title}</b>\nVersion {version}, publiée le {at}",
        title=clipped(told.title, TITLE),
        version=told.version,
        at=t.instant(told.published_at),
    )
    return f"{head}\n\n<blockquote expandable>{escaped(body)}</blockquote>"


def parts(body: str) -> tuple[str, ...]:
    """Cut between paragraphs, then between words: every character is shown."""
    found: list[str] = []
    left = body
    while len(left) > PAGE:
        cuts = (left.rfind("\n\n", 1, PAGE), left.rfind(" ", 1, PAGE), PAGE)
        cut = next(at for at in cuts if at > 0)
        found.append(left[:cut].strip())
        left = left[cut:].lstrip()
    return (*found, left.strip())


# -- house rules ---------------------------------------------------------------------------
def sheets(of: Sequence[Sheet], header: Html, t: Texts) -> Screen:
    if not of:
        text = t("Aucun règlement intérieur n'est à signer.")
        return Screen(f"{header}\n\n{text}", (_home(t),))
    lines = [
        f"{'☑' if s.signature else '☐'} {escaped(s.child.first_name)}{_signed(s, t)}" for s in of
    ]
    rows = tuple((_to_sheet(sheet, t),) for sheet in of)
    title = t("<b>Règlement intérieur</b>\nÀ signer une fois pour chaque enfant.")
    return Screen(f"{header}\n\n{title}\n\n" + "\n".join(lines), (*rows, _home(t)))


def _signed(sheet: Sheet, t: Texts) -> str:
    if sheet.signature is None:
        return " · " + t("à signer")
    return " · " + t("signé le {at}", at=t.instant(sheet.signature.signed_at))


def _to_sheet(sheet: Sheet, t: Texts) -> Button:
    child = sheet.child
    if sheet.signature is not None:
        label = t("Fiche signée : {child} (PDF)", child=child.first_name)
        return Button(label, SheetPdf(child=child.id).pack())
    label = t("Accéder à la fiche : {child}", child=child.first_name)
    return Button(label, ReadRules(child=child.id, page=1).pack(), Style.PRIMARY)


def rules(sheet: Sheet, page: int, t: Texts) -> Screen:
    child = sheet.child
    pages = parts(sheet.document.body)
    body, page = chosen(pages, page)
    rows: list[Row] = list(
        turner(page, len(pages), lambda n: ReadRules(child=child.id, page=n).pack(), t)
    )
    rows.append((Button(t("Recevoir en PDF"), DocumentPdf(document=sheet.document.id).pack()),))
    if page == len(pages):
        tick = t("☐ J'ai pris connaissance du règlement")
        rows.append((Button(tick, TickRules(child=child.id).pack(), Style.SUCCESS),))
    rows.append((Button(t("‹ Fiches"), SHEETS), Button(t("Accueil"), HOME)))
    about = t.html("Fiche : <b>{child}</b>", child=child.first_name)
    return Screen(f"{about}\n{_text(sheet.document, body, t)}", tuple(rows))


def ask_name(child: Child, own: str, t: Texts) -> Screen:
    """``own``: the guardian as the town knows them."""
    text = t.html(
        "☑ Règlement lu, pour <b>{child}</b>.\n\nVous signez sous quel nom ? Touchez le vôtre, "
        "ou envoyez vos nom et prénom. La signature vient ensuite.",
        child=child.first_name,
    )
    own_name = Button(clipped(own, 50), SignAsMyself(child=child.id).pack(), Style.PRIMARY)
    return Screen(text, ((own_name,), (Button(t("‹ Fiches"), SHEETS),)))


def ask_place(child: Child, t: Texts) -> Screen:
    text = t.html(
        "Pour <b>{child}</b> : envoyez le lieu où vous signez (par exemple votre commune).",
        child=child.first_name,
    )
    return Screen(text, ((Button(t("‹ Fiches"), SHEETS),),))


def ask_signature(child: Child, title: str, name: str, place: str, t: Texts) -> Screen:
    text = t.html(
        "<b>Dernière étape</b>\nJe, <b>{name}</b>, déclare avoir pris connaissance du document "
        "« {title} » pour <b>{child}</b>.\nFait à <b>{place}</b>.\n\n"
        "La date, l'heure, votre identifiant Telegram et l'empreinte du document seront "
        "enregistrés avec votre signature.",
        name=name,
        title=clipped(title, TITLE),
        child=child.first_name,
        place=place,
    )
    sign = Button(t("✓ Je signe"), SignRules(child=child.id).pack(), Style.SUCCESS)
    return Screen(text, ((sign,), (Button(t("‹ Fiches"), SHEETS),)))


def after_signing(sheet: Sheet, waiting: Sequence[Sheet], t: Texts) -> Screen:
    """``waiting``: the sheets of the other children that are not signed yet."""
    text = t.html(
        "✓ Le règlement est signé pour <b>{child}</b>. La fiche signée vous est envoyée.",
        child=sheet.child.first_name,
    )
    book = Button(t("Réserver"), Children().pack(), None if waiting else Style.PRIMARY)
    rows = [(_to_sheet(other, t),) for other in waiting]
    return Screen(text, (*rows, (book, *_home(t))))


def sign_first(child: Child, t: Texts) -> Screen:
    """Instead of the calendar of a child whose rules are not signed (A6, B1)."""
    text = t.html(
        "Le règlement intérieur n'est pas encore signé pour <b>{child}</b> : les réservations "
        "s'ouvriront dès qu'il le sera.",
        child=child.first_name,
    )
    to_sheet = Button(
        t("Accéder à la fiche : {child}", child=child.first_name),
        ReadRules(child=child.id, page=1).pack(),
        Style.PRIMARY,
    )
    return Screen(text, ((to_sheet,), _home(t)))


def not_a_line(t: Texts) -> str:
    return t("Envoyez un texte simple, sur une seule ligne, de 2 à 80 caractères.")


def nothing_signed(t: Texts) -> str:
    """For what was typed by somebody else or too long ago, and for an old button; plain."""
    return t(
        "Rien n'est signé : le nom et le lieu ne valent que quelques minutes, pour la personne "
        "qui les envoie. Reprenez ici."
    )


def _home(t: Texts) -> Row:
    return (Button(t("Accueil"), HOME),)
