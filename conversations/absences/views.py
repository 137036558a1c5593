"""Declaring a child absent: which day, what of it, why; and what it costs (B19)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from conversations.absences import billing
from conversations.absences.routes import (
    WHOLE_DAY,
    AbsenceDay,
    AbsenceDays,
    AskReason,
    DeclareAbsent,
    Explain,
    WithdrawAbsent,
)
from conversations.followup.routes import FollowUp
from conversations.home.routes import HOME
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped
from conversations.widgets.paging import chosen, sliced, turner
from conversations.words import mark
from domain.absences.model import LONGEST_NOTE, DayOfChild, Line, Reason

NAME, FIRST_NAME = 40, 20  # characters
DAYS_A_PAGE: Final = 10
NOTES: Final = 2
REASONS: Final[Mapping[Reason, str]] = {
    Reason.ILL: mark("Malade"),
    Reason.VISIT: mark("Rendez-vous"),
    Reason.OTHER: mark("Autre"),
}


def days(found: Sequence[DayOfChild], page: int, header: Html, t: Texts) -> Screen:
    title = t("<b>Signaler une absence</b>")
    if not found:
        nothing = t(
            "Aucun enfant n'est réservé aujourd'hui ni demain. Une réservation plus lointaine "
            "s'annule dans le suivi, tant que sa date limite n'est pas passée."
        )
        leave = (Button(t("Suivi des réservations"), FollowUp.data(1)), _home(t))
        return Screen(f"{header}\n\n{title}\n{nothing}", (leave,))
    slices = sliced(found, DAYS_A_PAGE)
    shown, number = chosen(slices, page)
    rows = tuple((_day_button(one, t),) for one in shown)
    turn = turner(number, len(slices), lambda n: AbsenceDays(page=n).pack(), t)
    question = t("Qui sera absent, et quel jour ?")
    return Screen(f"{header}\n\n{title}\n{question}", (*rows, *turn, (_home(t),)))


def _day_button(of: DayOfChild, t: Texts) -> Button:
    label = f"{t.short_day(of.day)} · {clipped(of.child.first_name, FIRST_NAME)}"
    declared = sum(line.absence is not None for line in of.lines)
    if declared:
        label += " · " + t("absence déclarée")
    return Button(label, AbsenceDay(child=of.child.id, day=of.day).pack())


# -- one day -----------------------------------------------------------------------------------
def day(of: DayOfChild, t: Texts, *, takes_paper: bool = False) -> Screen:
    """``takes_paper``: what is sent next is a certificate, without any button."""
    parts = [_title(of, t), *(_line(line, t) for line in of.lines), *_notes(of, t)]
    if any(line.absence is not None for line in of.lines):
        parts.append(t("La mairie le voit déjà. La place reste réservée."))
    if takes_paper:
        parts.append(t("Un justificatif ? Envoyez ici sa photo ou son PDF."))
    return Screen("\n\n".join(parts), _rows(of, t))


def _title(of: DayOfChild, t: Texts) -> Html:
    return t.html(
        "<b>Absence · {child} · {day}</b>",
        child=clipped(of.child.first_name, FIRST_NAME),
        day=t.day(of.day),
    )


def _line(line: Line, t: Texts) -> str:
    about: list[str] = [_what(line, t)]
    if line.cancel_until is not None:
        about.append(
            t(
                "Encore annulable jusqu'au {limit} : annulez-la plutôt dans le suivi, elle ne "
                "sera pas facturée.",
                limit=t.instant(line.cancel_until),
            )
        )
    elif line.absence is None:
        about.append(billing.before(line.activity.absence_billing, t))
    else:
        about += [*_declared(line, t), billing.after(line, t)]
    return "\n".join(about)


def _what(line: Line, t: Texts) -> Html:
    return t.html(
        "<b>{activity}</b>, {hours}",
        activity=clipped(line.activity.name, NAME),
        hours=t.hours(line.booking.arrival, line.booking.departure),
    )


def _declared(line: Line, t: Texts) -> Iterator[str]:
    absence = line.absence
    if absence is None:
        return
    why = "" if absence.reason is None else f" ({t(REASONS[absence.reason]).lower()})"
    yield "✓ " + t("absence déclarée") + why
    if absence.certificate is not None:
        yield t("Justificatif joint.")


def _notes(of: DayOfChild, t: Texts) -> tuple[Html, ...]:
    """Once: it is mostly the same for all of that day."""
    notes = dict.fromkeys(x.absence.note for x in of.lines if x.absence and x.absence.note)
    return tuple(t.html("« {note} »", note=note) for note in tuple(notes)[:NOTES])


def _rows(of: DayOfChild, t: Texts) -> tuple[Row, ...]:
    open_, told = [x for x in of.lines if x.can_declare], [x for x in of.lines if x.absence]
    rows: list[Row] = []
    if len(open_) > 1:
        ask = AskReason(child=of.child.id, day=of.day, activity=WHOLE_DAY).pack()
        rows.append((Button(t("Absence toute la journée"), ask, Style.PRIMARY),))
    rows += [(_ask(of, line, t, alone=len(open_) == 1),) for line in open_]
    if told:
        explain = Explain(child=of.child.id, day=of.day).pack()
        rows.append((Button(t("Ajouter un mot ou un justificatif"), explain),))
        rows += [(_withdraw(of, line, t),) for line in told]
    if any(line.cancel_until is not None for line in of.lines):
        rows.append((Button(t("Suivi des réservations"), FollowUp.data(1)),))
    back = Button(t("‹ Absences"), AbsenceDays(page=1).pack())
    return (*rows, (back, _home(t)))


def _ask(of: DayOfChild, line: Line, t: Texts, *, alone: bool) -> Button:
    data = AskReason(child=of.child.id, day=of.day, activity=line.activity.id).pack()
    label = t("Absence : {activity}", activity=clipped(line.activity.name, NAME))
    return Button(label, data, Style.PRIMARY if alone else None)


def _withdraw(of: DayOfChild, line: Line, t: Texts) -> Button:
    data = WithdrawAbsent(child=of.child.id, day=of.day, activity=line.activity.id).pack()
    label = t("Retirer l'absence : {activity}", activity=clipped(line.activity.name, NAME))
    return Button(label, data)


# -- why ---------------------------------------------------------------------------------------
def reasons(of: DayOfChild, activity: int, t: Texts) -> Screen:
    """``of`` holds only what would be declared."""
    told = [
        f"{_what(line, t)}\n{billing.before(line.activity.absence_billing, t)}"
        for line in of.lines
    ]
    about = {"child": of.child.id, "day": of.day, "activity": activity}
    buttons = (
        (Button(t(word), DeclareAbsent(reason=reason, **about).pack()),)
        for reason, word in REASONS.items()
    )
    back = AbsenceDay(child=of.child.id, day=of.day).pack()
    text = "\n\n".join(
        [_title(of, t), *told, t("Pour quelle raison ? Aucun détail de santé n'est demandé.")]
    )
    return Screen(text, (*buttons, (Button(t("‹ Retour"), back), _home(t))))


def ask_more(of: DayOfChild, t: Texts) -> Screen:
    text = t(
        "Envoyez ici, au choix :\n"
        "• un mot pour la mairie, de {longest} caractères au plus (pas de détail de santé) ;\n"
        "• un justificatif : une photo ou un PDF. Il reste dans cette conversation, que Telegram "
        "conserve ; vous pouvez aussi le remettre à votre mairie.",
        longest=LONGEST_NOTE,
    )
    back = AbsenceDay(child=of.child.id, day=of.day).pack()
    return Screen(f"{_title(of, t)}\n\n{text}", ((Button(t("‹ Retour"), back), _home(t)),))


def _home(t: Texts) -> Button:
    return Button(t("Accueil"), HOME)
