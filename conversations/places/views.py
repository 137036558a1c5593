"""An activity's days for the town: a month, a day, and what a change would do (S5)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from conversations.booking.marks import LEGIBLE, SMALL
from conversations.home.routes import NOTHING
from conversations.places.routes import (
    AskCapacity,
    AskClosing,
    CloseTheDay,
    GiveCapacity,
    OpenTheDay,
    Places,
    PlacesDay,
    PlacesMonth,
    Queue,
    TryCapacity,
    said,
)
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets import month_grid
from conversations.widgets.paging import chosen, sliced, turner
from domain.activities.model import Activity
from domain.places.model import (
    CapacityPreview,
    ClosingPreview,
    DayCounts,
    DayOfPlaces,
    MonthOfPlaces,
    PoolDay,
)
from domain.staff.model import Right, StaffIdentity

NAME: Final = 60  # characters
PER_PAGE: Final = 12  # activities
CLOSED, WAITED, FULL = "✘", "!", "₀"


def activities(found: Sequence[Activity], page: int, above: Html, t: Texts) -> Screen:
    shown, page = chosen(sliced(found, PER_PAGE), page)
    text = (
        t("<b>Places et jours</b>\nChoisissez une activité.") if found else t("Aucune activité.")
    )
    rows = tuple(
        (Button(clipped(one.name, NAME), PlacesMonth(activity=one.id).pack()),) for one in shown
    )
    pages = -(-len(found) // PER_PAGE)
    turn = turner(page, pages, lambda n: Places(page=n).pack(), t)
    return Screen(f"{above}\n\n{text}", (*rows, *turn, home_row(t)))


# -- a month ---------------------------------------------------------------------------------
def month(view: MonthOfPlaces, t: Texts) -> Screen:
    days, activity = {one.day: one for one in view.days}, view.activity.id

    def day(on: date) -> Button:
        found = days.get(on)
        if found is None:
            return Button("·", NOTHING)
        return Button(_label(found), PlacesDay.of(activity, on), _style(found))

    def turn(label: str, first: date) -> Button:
        return Button(label, PlacesMonth(activity=activity, first=first).pack())

    weekdays = tuple(t.weekday(number) for number in range(7))
    grid = month_grid.rows(
        view.first, t.short_month(view.first), weekdays, month_grid.Cells(turn, day)
    )
    text = t.html(
        "<b>{activity}</b>\n{month}\n\nPetit chiffre : places restantes. ! : liste d'attente. "
        "✘ : jour fermé. · : pas d'ouverture.",
        activity=clipped(view.activity.name, NAME),
        month=t.month(view.first),
    )
    back = (Button(t("‹ Activités"), Places(page=1).pack()), *home_row(t))
    return Screen(text, (*grid, back))


def _label(of: DayCounts) -> str:
    number = str(of.day.day)
    if not of.is_open:
        return number + CLOSED
    if of.waiting:
        return number + WAITED
    left = of.tightest.places.left if of.tightest else None
    return number if left is None or left > LEGIBLE else number + SMALL[left]


def _style(of: DayCounts) -> Style | None:
    return Style.PRIMARY if of.is_open and of.waiting else None


# -- a day ------------------------------------------------------------------------------------
def day(view: DayOfPlaces, member: StaffIdentity, t: Texts) -> Screen:
    counts, activity = view.counts, view.activity
    parts = [
        title(activity, counts.day, t),
        *([t("<b>Ce jour est fermé.</b>")] if not counts.is_open else []),
        *([t("Ce jour est passé : il ne se change plus.")] if view.is_over else []),
        "\n".join(_pool(pool, t) for pool in counts.pools) or t("Aucune limite de places."),
        _held(counts, t),
    ]
    changes = [] if view.is_over or not member.may(Right.CHANGE_PLACES) else _changes(view, t)
    rows = (*changes, *_queue(view, t), _back(activity, counts.day, t))
    return Screen("\n\n".join(parts), rows)


def title(activity: Activity, on: date, t: Texts) -> Html:
    name = clipped(activity.name, NAME)
    return t.html("<b>{activity}</b>\n{day}", activity=name, day=t.day(on))


def _pool(pool: PoolDay, t: Texts) -> Html:
    places, name = pool.places, clipped(pool.name, NAME)
    if places.capacity is None:
        return t.html("{name} : {taken} prises, sans limite", name=name, taken=places.taken)
    return t.html(
        "{name} : {taken} prises sur {capacity}, reste {left}",
        name=name,
        taken=places.taken,
        capacity=places.capacity,
        left=places.left,
    )


def _held(counts: DayCounts, t: Texts) -> str:
    lines = [t.plural("{n} réservation", "{n} réservations", counts.booked)]
    if counts.pending:
        lines.append(
            t.plural(
                "dont {n} attend votre réponse", "dont {n} attendent votre réponse", counts.pending
            )
        )
    lines.append(
        t.plural("{n} enfant attend une place", "{n} enfants attendent une place", counts.waiting)
    )
    return "\n".join(lines)


def _changes(view: DayOfPlaces, t: Texts) -> list[Row]:
    where = {"activity": view.activity.id, "day": view.counts.day}
    pools = view.counts.pools
    rows: list[Row] = []
    for pool in pools:
        label = t("Changer les places")
        if len(pools) > 1:
            label = t("Changer les places : {pool}", pool=clipped(pool.name, 30))
        rows.append((Button(label, AskCapacity(**where, pool=pool.places.pool_id).pack()),))
    if view.counts.is_open:
        rows.append((Button(t("Fermer ce jour"), AskClosing(**where).pack(), Style.DANGER),))
    else:
        rows.append((Button(t("Rouvrir ce jour"), OpenTheDay(**where).pack()),))
    return rows


def _queue(view: DayOfPlaces, t: Texts) -> Iterator[Row]:
    if view.counts.waiting:
        label = t("Liste d'attente ({n})", n=view.counts.waiting)
        where = {"activity": view.activity.id, "day": view.counts.day}
        yield (Button(label, Queue(**where, page=1).pack()),)


def _back(activity: Activity, on: date, t: Texts) -> Row:
    to = PlacesMonth(activity=activity.id, first=on.replace(day=1)).pack()
    return (Button(t("‹ Le mois"), to), *home_row(t))


def to_day(activity: Activity, on: date, t: Texts) -> Row:
    return (Button(t("‹ Ce jour"), PlacesDay.of(activity.id, on)), *home_row(t))


def opened(t: Texts) -> str:
    return t("Ce jour est rouvert. Les réservations annulées à la fermeture ne reviennent pas.")


# -- places ------------------------------------------------------------------------------------
def ask_capacity(view: DayOfPlaces, pool: PoolDay, t: Texts) -> Screen:
    text = t.html(
        "{title}\n\n{pool}\n\nEnvoyez le nouveau nombre de places, ou « illimité ». Rien ne "
        "change avant votre confirmation.",
        title=title(view.activity, view.counts.day, t),
        pool=_pool(pool, t),
    )
    where = {"activity": view.activity.id, "day": view.counts.day}
    free = TryCapacity(**where, pool=pool.places.pool_id).pack()
    rows = ((Button(t("Illimité"), free),), to_day(view.activity, view.counts.day, t))
    return Screen(text, rows)


def preview_capacity(of: CapacityPreview, t: Texts) -> Screen:
    before, on = of.pool.places, of.pool.places.day
    lines = [
        title(of.activity, on, t),
        t.html(
            "{name} : {before} → <b>{after}</b>",
            name=clipped(of.pool.name, NAME),
            before=_places(before.capacity, t),
            after=_places(of.after.capacity, t),
        ),
        *_consequences(of, t),
    ]
    rows: tuple[Row, ...] = (to_day(of.activity, on, t),)
    if of.after.capacity != before.capacity:
        give = GiveCapacity(
            activity=of.activity.id,
            day=on,
            pool=before.pool_id,
            capacity=said(of.after.capacity),
            before=said(before.capacity),
        )
        rows = ((Button(t("Confirmer"), give.pack(), Style.PRIMARY),), *rows)
    return Screen("\n\n".join(lines), rows)


def _consequences(of: CapacityPreview, t: Texts) -> Iterator[str]:
    taken = of.pool.places.taken
    if of.is_too_few:
        yield t.plural(
            "<b>Il y a déjà {n} inscrit</b> : le nombre de places ne descend pas plus bas.",
            "<b>Il y a déjà {n} inscrits</b> : le nombre de places ne descend pas plus bas.",
            taken,
        )
    if of.served:
        yield t.plural(
            "{n} famille de la liste d'attente recevra une place, ou une proposition, et sera "
            "prévenue.",
            "{n} familles de la liste d'attente recevront une place, ou une proposition, et "
            "seront prévenues.",
            of.families,
        )
    elif of.after.capacity == of.pool.places.capacity:
        yield t("Rien ne change.")
    else:
        yield t("Personne n'est servi de la liste d'attente ; personne ne perd sa place.")


def _places(capacity: int | None, t: Texts) -> str:
    if capacity is None:
        return t("sans limite")
    return t.plural("{n} place", "{n} places", capacity)


def changed(t: Texts) -> str:
    return t("C'est fait. Les familles servies sont prévenues.")


# -- closing -----------------------------------------------------------------------------------
def preview_closing(of: ClosingPreview, t: Texts) -> Screen:
    lines = [title(of.activity, of.day, t), *_ends(of, t)]
    where = {"activity": of.activity.id, "day": of.day}
    close = CloseTheDay(**where, bookings=of.bookings + 1).pack()
    rows = (
        (Button(t("Fermer ce jour, prévenir les familles"), close, Style.DANGER),),
        to_day(of.activity, of.day, t),
    )
    return Screen("\n\n".join(lines), rows)


def _ends(of: ClosingPreview, t: Texts) -> Iterator[str]:
    if not of.bookings:
        yield t("Personne n'a réservé ce jour : il sera seulement fermé aux demandes.")
        return
    yield t.plural(
        "<b>{n} réservation ou attente</b> prendra fin.",
        "<b>{n} réservations ou attentes</b> prendront fin.",
        of.bookings,
    )
    yield t.plural(
        "{n} famille sera prévenue, avec ce que devient sa réservation.",
        "{n} familles seront prévenues, avec ce que devient leur réservation.",
        of.families,
    )
    yield escaped(
        t(
            "{amount} ne seront pas facturés, et sortent de l'estimation des soldes. Une "
            "réouverture ne rend pas les réservations.",
            amount=t.money(of.refund),
        )
    )


def closed(count: int, t: Texts) -> str:
    if not count:
        return t("Ce jour est fermé.")
    return t.plural(
        "Ce jour est fermé : {n} réservation a pris fin, la famille est prévenue.",
        "Ce jour est fermé : {n} réservations ont pris fin, les familles sont prévenues.",
        count,
    )
