"""The recap before validation: what is asked and what it costs; nothing is recorded yet (B12)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from conversations import words
from conversations.booking import marks
from conversations.booking.routes import (
    AskClear,
    Children,
    Clear,
    Confirm,
    Lines,
    LinkSiblings,
    Recap,
    Undo,
)
from conversations.home.routes import HOME
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Texts
from conversations.widgets.paging import Block, chosen, paged, sliced, turner
from domain.bookings.model import Wish
from domain.bookings.views import RecapLine, RecapView

LINES_PER_PAGE = 8


def screen(view: RecapView, t: Texts, page: int = 1) -> Screen:
    body, page, pages = _body(view, t, page)
    text = "\n\n".join([head(t), body, "\n".join(totals(view, t))])
    return Screen(text, (*turner(page, pages, Recap.data, t), *actions(view, t)))


def head(t: Texts) -> str:
    return t("<b>Récapitulatif de vos demandes</b>\nRien n'est encore enregistré.")


def actions(view: RecapView, t: Texts) -> tuple[Row, ...]:
    return (
        *_together(view, t),
        (Button(t("✓ Valider"), Confirm.data(view.round, view.digest), Style.SUCCESS),),
        (
            Button(t("Modifier"), Lines.data(1)),
            Button(t("Abandonner"), AskClear().pack(), Style.DANGER),
        ),
        (Button(t("Accueil"), HOME),),
    )


def _together(view: RecapView, t: Texts) -> tuple[Row, ...]:
    """Where several children ask for the same activity and day (B16)."""
    if view.together is None:
        return ()
    box = "☑" if view.together else "☐"
    label = t("{box} Frères et sœurs : ensemble ou aucun", box=box)
    return ((Button(label, LinkSiblings(wanted=not view.together).pack()),),)


def parts(view: RecapView, t: Texts) -> tuple[tuple[str, Sequence[RecapLine]], ...]:
    """Each with its title, in order."""
    return (
        (t("Vos demandes de réservations"), view.bookings),
        (t("Vos changements d'horaires"), view.changes),
        (t("Vos demandes d'annulations"), view.cancellations),
    )


def _body(view: RecapView, t: Texts, page: int) -> tuple[str, int, int]:
    told = parts(view, t)
    pages = paged([block for title, lines in told for block in _blocks(lines, title, t)])
    body, page = chosen(pages, page)
    return body, page, len(pages)


def _blocks(lines: Iterable[RecapLine], section: str, t: Texts) -> list[Block]:
    blocks: list[Block] = []
    for _, group in groupby(lines, key=_group):
        same = list(group)
        first = same[0]
        title = t.html(
            "<b>{child} · {activity}</b>, {hours}",
            child=first.child.first_name,
            activity=first.activity.name,
            hours=t.hours(first.line.arrival, first.line.departure),
        )
        heading = f"<b>{section}</b>\n{title}" if not blocks else title
        blocks.append(Block(heading, tuple(_line(line, t) for line in same)))
    return blocks


def _group(line: RecapLine) -> tuple[object, ...]:
    return line.child.id, line.activity.id, line.line.arrival, line.line.departure


def _line(line: RecapLine, t: Texts) -> str:
    """ "+ mer. 2 déc. · 24,87 €": the sign says booking or cancellation on every page."""
    star = "*" if line.quotient_missing else ""
    told = f"{sign(line)} {t.short_day(line.slot.day)} · {t.money(line.price)}{star}"
    return " · ".join([told, *remarks(line, t)])


def remarks(line: RecapLine, t: Texts) -> Iterator[str]:
    """What there is to know before validating; nothing for an ordinary line."""
    if line.changed is not None:
        before = t.hours(line.changed.arrival, line.changed.departure)
        yield t("au lieu de {hours}", hours=before)
    if line.doubt is not None:
        yield f"⚠ {words.reason(line.doubt, t)}"
    elif line.full and line.line.wish is Wish.BOOK:
        yield t("complet : liste d'attente")


def sign(line: RecapLine) -> str:
    if line.changed is not None:
        return marks.OTHER_HOURS
    return marks.WISHES.get(line.line.wish, marks.TO_BOOK)


def totals(view: RecapView, t: Texts) -> Iterable[str]:
    if view.bookings:
        yield t("Total des réservations : {total}", total=t.money(view.booked_total))
    if view.cancellations:
        yield t("Total des annulations : {total}", total=t.money(view.cancelled_total))
    for effect in view.effects:
        yield t.html(
            "{wallet} : solde {balance}, estimé {estimated} après validation ({change})",
            wallet=effect.wallet,
            balance=t.money(effect.balance),
            estimated=t.money(effect.balance + effect.change),
            change=t.signed_money(effect.change),
        )
    if any(line.quotient_missing for line in view.lines):
        yield t("* Quotient familial inconnu : tarif le plus élevé.")
    if view.together:
        yield t(
            "Frères et sœurs ensemble : une place pour chacun, ou une attente commune, qui peut "
            "être plus longue."
        )
    yield t("Les places sont vérifiées au moment où vous validez.")


def lines(view: RecapView, t: Texts, page: int = 1) -> Screen:
    """Every line with a button that takes it back (B7)."""
    pages = sliced(view.lines, LINES_PER_PAGE)
    shown, page = chosen(pages, page)
    rows = tuple((_undo(line, page, t),) for line in shown)
    text = t(
        "<b>Modifier vos demandes</b>\n"
        "Retirer : la journée ne sera pas demandée. "
        "Garder : la réservation ne sera pas annulée."
    )
    return Screen(
        text,
        (
            *rows,
            *turner(page, len(pages), Lines.data, t),
            (Button(t("Ajouter d'autres jours"), Children().pack()),),
            (Button(t("‹ Récapitulatif"), Recap.data(1)), Button(t("Accueil"), HOME)),
        ),
    )


def _undo(line: RecapLine, page: int, t: Texts) -> Button:
    what = f"{t.short_day(line.slot.day)} · {line.child.first_name} · {line.activity.name}"
    if line.changed is not None:
        label = t("Garder les horaires : {what}", what=what)
    elif line.line.wish is Wish.CANCEL:
        label = t("Garder : {what}", what=what)
    else:
        label = t("Retirer : {what}", what=what)
    return Button(label, Undo.data(line.slot, page))


def ask_clear(view: RecapView, t: Texts) -> Screen:
    n = len(view.lines)
    text = t.plural(
        "Abandonner votre demande ? Vos réservations déjà enregistrées ne changeront pas.",
        "Abandonner vos {n} demandes ? Vos réservations déjà enregistrées ne changeront pas.",
        n,
    )
    give_up = t.plural("Oui, abandonner la demande", "Oui, abandonner les {n} demandes", n)
    return Screen(
        text,
        (
            (Button(give_up, Clear().pack(), Style.DANGER),),
            (Button(t("Non, revenir au récapitulatif"), Recap.data(1)),),
        ),
    )
