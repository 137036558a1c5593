"""Recap and receipt, as whole texts (B12, B13)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from conversations.booking import recap, receipt
from conversations.booking.routes import Confirm
from domain.bookings.model import Reason, Result, Slot, Wish
from domain.bookings.views import Effect
from domain.families.model import ChildId
from tests import builders
from tests.conversations import facts

LEYAH = replace(facts.CHILD, first_name="Leyah")
ALSH = builders.activity(1, name="ALSH 6-12 - Mercredi Journée")
EURO = "\u00a0€"


def december(*days: int, **changed: object):
    return [facts.line(LEYAH, ALSH, day=date(2026, 12, day), **changed) for day in days]


def test_the_recap_as_a_whole(t):
    effect = Effect("Services Scolaires et ALSH", Decimal("171.80"), Decimal("-19.90"))
    view = facts.recap(
        *december(2),
        *december(9, full=True),
        *december(16, quotient_missing=True),
        *december(23, doubt=Reason.CLASH),
        *december(1, wish=Wish.CANCEL, price=Decimal("4.97")),
        effects=(effect,),
    )

    screen = recap.screen(view, t)

    assert screen.text == (
        "<b>Récapitulatif de vos demandes</b>\n"
        "Rien n'est encore enregistré.\n\n"
        "<b>Vos demandes de réservations</b>\n"
        "<b>Leyah · ALSH 6-12 - Mercredi Journée</b>, 07:30–18:00\n"
        f"+ mer. 2 déc. · 24,87{EURO}\n"
        f"+ mer. 9 déc. · 24,87{EURO} · complet : liste d'attente\n"
        f"+ mer. 16 déc. · 24,87{EURO}*\n"
        f"+ mer. 23 déc. · 24,87{EURO} · ⚠ l'enfant a déjà une réservation à ces heures\n\n"
        "<b>Vos demandes d'annulations</b>\n"
        "<b>Leyah · ALSH 6-12 - Mercredi Journée</b>, 07:30–18:00\n"
        f"− mar. 1 déc. · 4,97{EURO}\n\n"
        f"Total des réservations : 99,48{EURO}\n"
        f"Total des annulations : 4,97{EURO}\n"
        f"Services Scolaires et ALSH : solde 171,80{EURO}, estimé 151,90{EURO} après validation "
        f"(−19,90{EURO})\n"
        "* Quotient familial inconnu : tarif le plus élevé.\n"
        "Les places sont vérifiées au moment où vous validez."
    )
    assert [b.text for row in screen.rows for b in row] == [
        "✓ Valider",
        "Modifier",
        "Abandonner",
        "Accueil",
    ]


def test_a_long_recap_is_paged_and_every_line_is_on_one_page(t):
    view = facts.longest_recap()
    first = recap.screen(view, t)
    pages = int(next(b.text for b in first.rows[0] if b.text.startswith("Page")).split("/")[-1])

    texts = [recap.screen(view, t, page).text for page in range(1, pages + 1)]

    lines = sum(text.count("\n+ ") + text.count("\n− ") for text in texts)
    assert lines == len(view.bookings) + len(view.cancellations)
    assert all("Total des réservations" in text for text in texts)


def test_a_page_that_is_gone_is_the_last_one(t):
    view = facts.recap(*december(2))

    assert recap.screen(view, t, 99) == recap.screen(view, t)
    assert recap.lines(view, t, 99) == recap.lines(view, t)


def test_a_line_of_the_draft_says_what_taking_it_back_means(t):
    view = facts.recap(*december(2), *december(1, wish=Wish.CANCEL))

    labels = [row[0].text for row in recap.lines(view, t).rows[:2]]

    assert labels == [
        "Retirer : mer. 2 déc. · Leyah · ALSH 6-12 - Mercredi Journée",
        "Garder : mar. 1 déc. · Leyah · ALSH 6-12 - Mercredi Journée",
    ]


def outcome(result: Result, day: int, **changed: object):
    return facts.outcome(result, slot=Slot(LEYAH.id, ALSH.id, date(2026, 12, day)), **changed)


def test_the_receipt_as_a_whole_with_its_remarks_first(t):
    told = facts.receipt(
        outcome(Result.CANCELLED, 1, price=Decimal("4.97")),
        outcome(Result.ACCEPTED, 2),
        outcome(Result.WAITLISTED, 9, rank=2),
        outcome(Result.PENDING, 16),
        outcome(Result.NOT_PROCESSED, 23, reason=Reason.FULL),
        outcome(Result.NOT_PROCESSED, 30, reason=Reason.LATE, limit=builders.NOW),
    )

    screen = receipt.screen(told, receipt.Names([LEYAH], facts.town(ALSH)), t)

    title = "<b>Leyah · ALSH 6-12 - Mercredi Journée</b>, 07:30–18:00\n"
    assert screen.text == (
        "<b>Vos demandes sont enregistrées</b> (lun. 23 nov. à 10:00).\n"
        "Des remarques concernent vos réservations : merci de les lire.\n\n"
        f"<b>✘ Non traitées (2)</b>\n{title}"
        "✘ mer. 23 déc. · activité complète\n"
        "✘ mer. 30 déc. · délai de réservation dépassé (limite : lun. 23 nov. à 10:00)\n\n"
        f"<b>… Mises en liste d'attente (1)</b>\n{title}"
        "… mer. 9 déc. · rang 2\n\n"
        f"<b>? En attente de réponse de la mairie (1)</b>\n{title}"
        f"? mer. 16 déc. · 24,87{EURO}\n\n"
        f"<b>✓ Acceptées (1)</b>\n{title}"
        f"✓ mer. 2 déc. · 24,87{EURO}\n\n"
        f"<b>− Annulées (1)</b>\n{title}"
        f"− mar. 1 déc. · 4,97{EURO}\n\n"
        "Vos demandes seront transmises à la mairie cette nuit. "
        "Un compte rendu vous sera envoyé demain."
    )


def test_a_receipt_without_remarks_asks_for_no_attention(t):
    told = facts.receipt(outcome(Result.ACCEPTED, 2))

    text = receipt.screen(told, receipt.Names([LEYAH], facts.town(ALSH)), t).text

    assert "remarques" not in text


def test_a_receipt_of_nothing_done_does_not_say_recorded(t):
    told = facts.receipt(outcome(Result.NOT_PROCESSED, 2, reason=Reason.FULL))

    text = receipt.screen(told, receipt.Names([LEYAH], facts.town(ALSH)), t).text

    assert text.startswith("<b>Aucune de vos demandes n'a pu être enregistrée.</b>")
    assert "transmises" not in text


def test_the_pages_of_a_receipt_are_the_same_confirmation(t):
    children, activities = facts.household()
    names = receipt.Names(children, facts.town(*activities))

    screen = receipt.screen(facts.longest_receipt(), names, t)

    turned = Confirm.unpack(screen.rows[0][-1].data)
    assert (turned.round, turned.digest, turned.page) == (1, "abcdef12", 2)


def test_a_receipt_about_a_child_that_left_still_reads(t):
    told = facts.receipt(facts.outcome(slot=Slot(ChildId(99), ALSH.id, builders.DAY)))

    text = receipt.screen(told, receipt.Names([LEYAH], facts.town(ALSH)), t).text

    assert "ALSH 6-12 - Mercredi Journée" in text
