"""The queue of requests, as texts and as a table (S3)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from conversations.requests.routes import (
    Gather,
    GatherTicked,
    OneRequest,
    PickActivity,
    Requests,
    Tick,
)
from conversations.screen import Button, Row, Screen, Style, Table
from conversations.staff.home import home_row
from conversations.staff.tables import in_tables
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import sliced, turner
from domain.activities.model import Activity, ActivityId
from domain.bookings.model import BookingId
from domain.requests.model import Pile, Query, Request, RequestPage

NAME, ACTIVITY = 30, 60  # characters
OPENED_A_ROW, TICKED_A_ROW = 8, 4
MOST_ACTIVITIES: Final = 40

Piles = Mapping[tuple[Pile, ActivityId], int]
Offer = Mapping[ActivityId, Activity]


def child_of(request: Request) -> str:
    child = request.child
    return f"{clipped(child.last_name, NAME)} {clipped(child.first_name, NAME)}"


def what_of(request: Request, offer: Offer, t: Texts) -> str:
    """ "ALSH 6-12 - Mercredi Journée, 07:30–18:00"."""
    booking = request.booking
    name = clipped(offer[booking.slot.activity_id].name, ACTIVITY)
    return f"{name}, {t.hours(booking.arrival, booking.departure)}"


def screen(
    page: RequestPage,
    piles: Piles,
    offer: Offer,
    t: Texts,
    ticked: Collection[BookingId] | None = None,
    *,
    may_decide: bool = True,
) -> Screen:
    """``ticked``: None where the numbers open and do not tick."""
    lines: list[str] = [_line(number, request, offer, t) for number, request in _numbered(page)]
    parts = [*_above(page, offer, t, ticked), *(lines or [_nothing(page, t)])]
    return Screen("\n\n".join(parts), _rows(page, piles, t, ticked, may_decide=may_decide))


def in_table(
    page: RequestPage,
    piles: Piles,
    offer: Offer,
    t: Texts,
    ticked: Collection[BookingId] | None = None,
    *,
    may_decide: bool = True,
) -> Screen:
    simple = screen(page, piles, offer, t, ticked, may_decide=may_decide)
    if not page.rows:
        return simple
    columns = (t("N°"), t("Enfant"), t("Jour"))
    rows: list[tuple[str, ...] | str] = []
    for number, request in _numbered(page):
        day = t.short_day(request.booking.slot.day)
        rows.append((f"<b>{number}</b>", escaped(child_of(request)), day))
        rows.append(escaped(what_of(request, offer, t)))
    blocks: tuple[str | Table, ...] = (
        *_above(page, offer, t, ticked),
        Table(columns, tuple(rows)),
    )
    then = Requests.of(page.query, page.page, ticking=ticked is not None)
    return in_tables(simple, blocks, simple.rows, then, t)


def _numbered(page: RequestPage) -> Iterable[tuple[int, Request]]:
    return enumerate(page.rows, start=(page.page - 1) * OPENED_A_ROW + 1)


def _above(
    page: RequestPage, offer: Offer, t: Texts, ticked: Collection[BookingId] | None
) -> tuple[str, ...]:
    title = (
        t("<b>Demandes à traiter</b>")
        if page.query.pile is Pile.NEW
        else t("<b>Demandes mises en attente par la mairie</b>")
    )
    about = page.query.activity and offer.get(page.query.activity)
    head = f"{title} · {page.count}"
    if about:
        head = Html(f"{head}\n{escaped(clipped(about.name, ACTIVITY))}")
    if not page.rows:
        return (head,)
    how = t("Les plus anciennes d'abord. Touchez un numéro pour répondre.")
    if ticked is not None:
        how = t("Touchez les numéros pour cocher, puis répondez à toutes ensemble.")
    return head, how


def _nothing(page: RequestPage, t: Texts) -> str:
    if page.query.pile is Pile.ASIDE:
        return t("Aucune demande.")
    return t("Rien n'attend de réponse.")


def _line(number: int, request: Request, offer: Offer, t: Texts) -> Html:
    return t.html(
        "<b>{number}. {child}</b> · {day}\n{what}",
        number=number,
        child=child_of(request),
        day=t.short_day(request.booking.slot.day),
        what=what_of(request, offer, t),
    )


# -- buttons ------------------------------------------------------------------------------------
def _rows(
    page: RequestPage,
    piles: Piles,
    t: Texts,
    ticked: Collection[BookingId] | None,
    *,
    may_decide: bool,
) -> tuple[Row, ...]:
    query, ticking = page.query, ticked is not None

    def to(number: int) -> str:
        return Requests.of(query, number, ticking=ticking)

    numbers = _tick_buttons(page, ticked) if ticked is not None else _open_buttons(page)
    return (
        *numbers,
        *turner(page.page, page.pages, to, t),
        *(_together(page, ticked, t) if may_decide else ()),
        *_elsewhere(query, piles, t),
        home_row(t),
    )


def _open_buttons(page: RequestPage) -> tuple[Row, ...]:
    buttons = [
        Button(str(number), OneRequest(number=request.booking.id).pack())
        for number, request in _numbered(page)
    ]
    return tuple(tuple(some) for some in sliced(buttons, OPENED_A_ROW) if some)


def _tick_buttons(page: RequestPage, ticked: Collection[BookingId]) -> tuple[Row, ...]:
    query, buttons = page.query, []
    for number, request in _numbered(page):
        is_ticked = request.booking.id in ticked
        to = Tick(
            number=request.booking.id,
            wanted=not is_ticked,
            page=page.page,
            aside=query.pile is Pile.ASIDE,
            activity=query.activity,
        )
        buttons.append(Button(f"{'☑' if is_ticked else '☐'} {number}", to.pack()))
    return tuple(tuple(some) for some in sliced(buttons, TICKED_A_ROW) if some)


def _together(
    page: RequestPage, ticked: Collection[BookingId] | None, t: Texts
) -> tuple[Row, ...]:
    """Answering many: those that are ticked, or all of the activity."""
    query, rows = page.query, []
    if ticked:
        label = t.plural("Répondre à la demande cochée", "Répondre aux {n} cochées", len(ticked))
        rows.append((Button(label, GatherTicked().pack(), Style.PRIMARY),))
    if ticked is None and page.count > 1:
        several = Requests.of(query, page.page, ticking=True)
        rows.append((Button(t("☐ Cocher plusieurs"), several),))
    if ticked is None and query.activity is not None and page.count > 1:
        to = Gather(aside=query.pile is Pile.ASIDE, activity=query.activity)
        label = t("Répondre aux {n} ensemble", n=page.count)
        rows.append((Button(label, to.pack()),))
    if ticked is not None:
        rows.append((Button(t("Ne plus cocher"), Requests.of(query, page.page)),))
    return tuple(rows)


def _elsewhere(query: Query, piles: Piles, t: Texts) -> tuple[Row, ...]:
    other = Pile.NEW if query.pile is Pile.ASIDE else Pile.ASIDE
    count = sum(n for (pile, _), n in piles.items() if pile is other)
    name = t("À traiter") if other is Pile.NEW else t("Mises en attente")
    label = f"{name} ({count})" if count else name
    pick = Button(t("Par activité"), PickActivity(aside=query.pile is Pile.ASIDE).pack())
    return ((pick, Button(label, Requests.of(Query(other)))),)


def activities(pile: Pile, piles: Piles, offer: Offer, t: Texts) -> Screen:
    """Where something waits, the most first."""
    here: Sequence[tuple[ActivityId, int]] = sorted(
        ((of, n) for (found, of), n in piles.items() if found is pile),
        key=lambda one: (-one[1], one[0]),
    )
    rows: tuple[Row, ...] = tuple(
        (Button(f"{clipped(offer[of].name, ACTIVITY)} ({n})", Requests.of(Query(pile, of))),)
        for of, n in here[:MOST_ACTIVITIES]
    )
    every = (Button(t("Toutes les activités"), Requests.of(Query(pile))),)
    return Screen(t("<b>Les demandes de quelle activité ?</b>"), (*rows, every, home_row(t)))
