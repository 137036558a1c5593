"""One request, many, and what became of them when they were answered (B17, S3)."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Final

from conversations import reasons
from conversations.requests.lists import ACTIVITY, Offer, child_of, what_of
from conversations.requests.routes import (
    AcceptOne,
    AnswerAll,
    AskWhy,
    AskWhyOne,
    Gather,
    GiveReason,
    Requests,
    TypeReason,
    Usual,
)
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.texts import Html, Texts, clipped, escaped
from conversations.words import STATES, mark
from domain.bookings.model import BookingId
from domain.requests.model import (
    LONGEST_REASON,
    Answered,
    Asked,
    Decision,
    Outcome,
    Pile,
    Query,
    Request,
    RequestView,
    Verdict,
)

MOST_LINES: Final = 20
REASONS: Final[Mapping[Usual, str]] = {
    Usual.FULL: reasons.FULL,
    Usual.PRIORITY: reasons.PRIORITY,
    Usual.INCOMPLETE: reasons.INCOMPLETE,
    Usual.LATE: reasons.LATE,
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.DONE: mark("c'est fait"),
    Outcome.SAME: mark("avait déjà cette réponse"),
    Outcome.ANSWERED: mark("répondue entre-temps : {state}"),
    Outcome.GONE: mark("retirée par la famille"),
    Outcome.NO_PLACE: mark("plus aucune place"),
    Outcome.CLASH: mark("l'enfant a une autre place à ces heures"),
    Outcome.DAY_OVER: mark("jour commencé ou passé, à refuser"),
    Outcome.NO_QUEUE: mark("cette activité n'a pas de liste d'attente"),
}
MARKS: Final = {Verdict.ACCEPT: "✓", Verdict.REFUSE: "✗", Verdict.WAITLIST: "…"}


def key_of(numbers: Iterable[BookingId], verdict: Verdict, reason: str) -> str:
    """What a confirmation confirms: a list that changed since has another key."""
    told = f"{sorted(numbers)} {verdict} {reason}"
    return blake2b(told.encode(), digest_size=4).hexdigest()


# -- one ----------------------------------------------------------------------------------------
def one(view: RequestView, t: Texts, *, may_decide: bool) -> Screen:
    asked, booking = view.asked, view.asked.request.booking
    what = t.html(
        "<b>Demande · {child}</b>\n{activity}\n{day}, {hours}",
        child=child_of(asked.request),
        activity=clipped(view.activity.name, ACTIVITY),
        day=t.day(booking.slot.day),
        hours=t.hours(booking.arrival, booking.departure),
    )
    parts = [what, _asked(asked, t), _places(view, t)]
    if asked.in_debt:
        parts.append(t("⚠ Le compte de la famille est débiteur."))
    if view.pile is Pile.ASIDE:
        reason = clipped(reasons.told(booking.reason or "", t), LONGEST_REASON)
        parts.append(t.html("… Mise en attente par la mairie : {reason}", reason=reason))
    if view.has_begun:
        parts.append(t("⚠ Ce jour a commencé ou est passé : la demande ne peut qu'être refusée."))
    decide = _decide(view, t) if may_decide else ()
    back = Button(t("‹ Demandes"), Requests.of(Query(view.pile)))
    return Screen("\n\n".join(parts), (*decide, *_likewise(view, t), (back,), home_row(t)))


def _asked(asked: Asked, t: Texts) -> Html:
    at = t.instant(asked.at)
    if asked.by is None:
        return t.html("Demandée le {at}.", at=at)
    return t.html("Demandée le {at} par {name}.", at=at, name=clipped(asked.by, ACTIVITY))


def _places(view: RequestView, t: Texts) -> str:
    left = t("sans limite") if view.left is None else str(view.left)
    return t(
        "Places encore libres : {left} · en liste d'attente : {waiting}",
        left=left,
        waiting=view.asked.waiting,
    )


def _decide(view: RequestView, t: Texts) -> tuple[Row, ...]:
    number = view.asked.request.booking.id
    accept = Button(t("✓ Accepter"), AcceptOne(number=number).pack(), Style.SUCCESS)
    refuse = _ask_one(t("✗ Refuser…"), number, Verdict.REFUSE, Style.DANGER)
    if view.has_begun:
        return ((refuse,),)
    if view.pile is Pile.ASIDE:
        return ((accept,), (refuse,))
    return ((accept,), (_ask_one(t("… Mettre en attente"), number, Verdict.WAITLIST), refuse))


def _ask_one(
    label: str, number: BookingId, verdict: Verdict, style: Style | None = None
) -> Button:
    return Button(label, AskWhyOne(number=number, verdict=verdict).pack(), style)


def _likewise(view: RequestView, t: Texts) -> tuple[Row, ...]:
    """The rest of its series, and of its day."""
    slot, asked, rows = view.asked.request.booking.slot, view.asked, []
    aside = view.pile is Pile.ASIDE
    if asked.like_child > 1:
        label = t("Les {n} demandes de cet enfant", n=asked.like_child)
        to = Gather(aside=aside, activity=slot.activity_id, child=slot.child_id)
        rows.append((Button(label, to.pack()),))
    if asked.like_day > 1:
        label = t("Les {n} demandes de ce jour", n=asked.like_day)
        to = Gather(aside=aside, activity=slot.activity_id, day=slot.day)
        rows.append((Button(label, to.pack()),))
    return tuple(rows)


# -- many ---------------------------------------------------------------------------------------
def gathered(requests: Sequence[Request], offer: Offer, t: Texts, *, may_decide: bool) -> Screen:
    """The recap: how many, which, and nothing done yet."""
    if not requests:
        nothing = t("Ces demandes n'attendent plus de réponse.")
        return Screen(nothing, (_back(Pile.NEW, t), home_row(t)))
    aside = all(request.booking.set_aside for request in requests)
    pile = Pile.ASIDE if aside else Pile.NEW
    parts = [
        _title(requests, Verdict.ACCEPT, t),
        "\n".join(_listed(requests, offer, t)),
        _not_yet(requests, t),
    ]
    decide = _decide_all(requests, t, aside=aside) if may_decide else ()
    return Screen("\n\n".join(parts), (*decide, _back(pile, t), home_row(t)))


def _decide_all(requests: Sequence[Request], t: Texts, *, aside: bool) -> tuple[Row, ...]:
    numbers = [request.booking.id for request in requests]
    label = t.plural("✓ Accepter la demande", "✓ Accepter les {n} demandes", len(requests))
    wait = Button(t("… Mettre en attente"), AskWhy(verdict=Verdict.WAITLIST).pack())
    refuse = Button(t("✗ Refuser…"), AskWhy(verdict=Verdict.REFUSE).pack(), Style.DANGER)
    rest = (refuse,) if aside else (wait, refuse)
    return ((_confirm(label, numbers, Verdict.ACCEPT, ""),), rest)


def _confirm(label: str, numbers: Iterable[BookingId], verdict: Verdict, reason: str) -> Button:
    style = Style.DANGER if verdict is Verdict.REFUSE else Style.SUCCESS
    to = AnswerAll(verdict=verdict, key=key_of(numbers, verdict, reason))
    return Button(label, to.pack(), style)


def _title(requests: Sequence[Request], verdict: Verdict, t: Texts) -> Html:
    n = len(requests)
    said = {
        Verdict.ACCEPT: t.plural("Répondre à {n} demande", "Répondre à {n} demandes", n),
        Verdict.REFUSE: t.plural("Refuser {n} demande", "Refuser {n} demandes", n),
        Verdict.WAITLIST: t.plural(
            "Mettre {n} demande en attente", "Mettre {n} demandes en attente", n
        ),
    }[verdict]
    return Html(f"<b>{said}</b>")


def _not_yet(requests: Sequence[Request], t: Texts) -> str:
    return t.plural(
        "Rien n'est encore répondu. La famille sera prévenue tout de suite.",
        "Rien n'est encore répondu. Les familles seront prévenues tout de suite.",
        len(requests),
    )


def _listed(requests: Sequence[Request], offer: Offer, t: Texts) -> list[str]:
    lines = [f"• {_told(request, offer, t)}" for request in requests[:MOST_LINES]]
    return [*lines, *_more(len(requests), t)]


def _more(count: int, t: Texts) -> list[str]:
    rest = count - MOST_LINES
    return [t.plural("… et {n} autre.", "… et {n} autres.", rest)] if rest > 0 else []


def _told(request: Request, offer: Offer, t: Texts) -> Html:
    return t.html(
        "{child}, {day}, {what}",
        child=child_of(request),
        day=t.short_day(request.booking.slot.day),
        what=what_of(request, offer, t),
    )


# -- why ----------------------------------------------------------------------------------------
def ask_why(requests: Sequence[Request], verdict: Verdict, offer: Offer, t: Texts) -> Screen:
    question = (
        t("Pour quel motif refuser ? Il est dit à la famille.")
        if verdict is Verdict.REFUSE
        else t("Pour quel motif mettre en attente ? Il est dit à la famille.")
    )
    usual = tuple(
        (Button(t(REASONS[reason]), GiveReason(verdict=verdict, usual=reason).pack()),)
        for reason in Usual
    )
    typed = (Button(t("Écrire un autre motif"), TypeReason(verdict=verdict).pack()),)
    rows = (*usual, typed, _back(Pile.NEW, t), home_row(t))
    parts = (_title(requests, verdict, t), "\n".join(_listed(requests, offer, t)), question)
    return Screen("\n\n".join(parts), rows)


def type_reason(verdict: Verdict, t: Texts) -> Screen:
    text = t(
        "<b>Un autre motif</b>\n\nÉcrivez-le, en {most} caractères au plus. Il est dit à la "
        "famille : n'y nommez personne.",
        most=LONGEST_REASON,
    )
    usual = (Button(t("‹ Motifs"), AskWhy(verdict=verdict).pack()),)
    return Screen(text, (usual, _back(Pile.NEW, t), home_row(t)))


def confirm(
    requests: Sequence[Request], verdict: Verdict, reason: str, offer: Offer, t: Texts
) -> Screen:
    numbers = [request.booking.id for request in requests]
    label = (
        t.plural("✗ Refuser la demande", "✗ Refuser les {n} demandes", len(numbers))
        if verdict is Verdict.REFUSE
        else t.plural(
            "… Mettre la demande en attente", "… Mettre les {n} en attente", len(numbers)
        )
    )
    parts = [
        _title(requests, verdict, t),
        "\n".join(_listed(requests, offer, t)),
        t.html("Motif : <b>{reason}</b>", reason=clipped(reasons.told(reason, t), LONGEST_REASON)),
        _not_yet(requests, t),
    ]
    row = (_confirm(label, numbers, verdict, reason),)
    again = (Button(t("Un autre motif"), AskWhy(verdict=verdict).pack()),)
    return Screen("\n\n".join(parts), (row, again, _back(Pile.NEW, t), home_row(t)))


def outdated(t: Texts) -> str:
    """The note above the list; plain."""
    return t("Cette confirmation n'est plus valable : rien n'a été modifié. Recommencez d'ici.")


# -- what became of them ------------------------------------------------------------------------
def answered(decision: Decision, offer: Offer, t: Texts) -> Screen:
    done = decision.count(Outcome.DONE)
    rest = [line for line in decision.lines if line.outcome is not Outcome.DONE]
    parts = [_done(decision.verdict, done, t)]
    if done == 1 and not rest:
        parts.append(_told(decision.lines[0].request, offer, t))
    if rest:
        title = t.plural("{n} demande inchangée :", "{n} demandes inchangées :", len(rest))
        shown = [_unchanged(line, offer, t) for line in rest[:MOST_LINES]]
        parts.append("\n".join([f"<b>⚠ {title}</b>", *shown, *_more(len(rest), t)]))
    return Screen("\n\n".join(parts), (_back(Pile.NEW, t), home_row(t)))


def _done(verdict: Verdict, count: int, t: Texts) -> str:
    if not count:
        return t("<b>Rien n'a été modifié.</b>")
    said = {
        Verdict.ACCEPT: t.plural("{n} demande acceptée", "{n} demandes acceptées", count),
        Verdict.REFUSE: t.plural("{n} demande refusée", "{n} demandes refusées", count),
        Verdict.WAITLIST: t.plural(
            "{n} demande mise en attente", "{n} demandes mises en attente", count
        ),
    }[verdict]
    told = t.plural("La famille est prévenue.", "Les familles sont prévenues.", count)
    return f"<b>{MARKS[verdict]} {said}.</b> {told}"


def _unchanged(line: Answered, offer: Offer, t: Texts) -> str:
    state = t(STATES[line.request.booking.state])
    why = t(OUTCOMES[line.outcome], state=state)
    return f"• {_told(line.request, offer, t)} : {escaped(why)}"


def _back(pile: Pile, t: Texts) -> Row:
    return (Button(t("‹ Demandes"), Requests.of(Query(pile))),)
