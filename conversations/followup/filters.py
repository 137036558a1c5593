"""What the follow-up shows, and how to change it (F1)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from conversations.followup.routes import (
    Filter,
    FilterActivity,
    FilterChild,
    FilterMonth,
    FollowUp,
    PickActivity,
    PickChild,
    ResetFilters,
    ShowBox,
)
from conversations.home.routes import HOME
from conversations.screen import Button, Row, Screen
from conversations.texts import Texts, clipped
from conversations.words import mark
from domain.activities.model import Activity
from domain.bookings.filters import EVERYTHING, Filters, Shown
from domain.families.model import Child

LABEL: Final = 40
BOXES: Final = {
    Shown.PENDING: mark("En attente"),
    Shown.WAITLISTED: mark("Liste d'attente"),
    Shown.REFUSED: mark("Refusées"),
    Shown.ACCEPTED: mark("Acceptées"),
    Shown.TRANSMITTED: mark("Transmises"),
    Shown.NOT_TRANSMITTED: mark("Non transmises"),
}


def screen(
    filters: Filters,
    children: Sequence[Child],
    activities: Sequence[Activity],
    today: date,
    t: Texts,
) -> Screen:
    boxes = [_box(box, filters, t) for box in Shown]
    child = _name_of_child(filters, children) or t("tous les enfants")
    activity = _name_of_activity(filters, activities) or t("toutes les activités")
    rows: tuple[Row, ...] = (
        *(tuple(boxes[n : n + 2]) for n in range(0, len(boxes), 2)),
        (Button(t("Enfant : {child}", child=child), PickChild().pack()),),
        (Button(t("Activité : {activity}", activity=activity), PickActivity().pack()),),
        _months(filters, today, t),
        *(() if filters == EVERYTHING else ((_reset(t),),)),
        (Button(t("‹ Suivi"), FollowUp.data(1)), Button(t("Accueil"), HOME)),
    )
    text = t(
        "<b>Filtres du suivi</b>\nDécochez « Transmises » pour ne voir que ce que vous venez de "
        "faire. Vos choix sont gardés."
    )
    return Screen(text, rows)


def _box(box: Shown, filters: Filters, t: Texts) -> Button:
    hidden = box in filters.hidden
    sign = "☐" if hidden else "☑"
    return Button(f"{sign} {t(BOXES[box])}", ShowBox(box=box, shown=hidden).pack())


def _months(filters: Filters, today: date, t: Texts) -> Row:
    """By months; in the middle what is shown, which a press takes back to what is to come."""
    shown = filters.month
    middle = t("À venir") if shown is None else t.short_month(shown)
    around = shown or today.replace(day=1)
    before = (around - timedelta(days=1)).replace(day=1)
    after = (around + timedelta(days=31)).replace(day=1) if shown else around
    return (
        Button("‹", FilterMonth(first=before).pack()),
        Button(middle, FilterMonth().pack()),
        Button("›", FilterMonth(first=after).pack()),
    )


def _reset(t: Texts) -> Button:
    return Button(t("Tout montrer"), ResetFilters().pack())


def pick_child(children: Sequence[Child], t: Texts) -> Screen:
    rows = [(Button(child.first_name, FilterChild(child=child.id).pack()),) for child in children]
    every = (Button(t("Tous les enfants"), FilterChild().pack()),)
    return Screen(t("Quel enfant voulez-vous voir ?"), (every, *rows, _back(t)))


def pick_activity(activities: Iterable[Activity], t: Texts) -> Screen:
    rows = [
        (Button(clipped(one.name, LABEL), FilterActivity(activity=one.id).pack()),)
        for one in activities
    ]
    every = (Button(t("Toutes les activités"), FilterActivity().pack()),)
    return Screen(t("Quelle activité voulez-vous voir ?"), (every, *rows, _back(t)))


def _back(t: Texts) -> Row:
    return (Button(t("‹ Filtres"), Filter().pack()), Button(t("Accueil"), HOME))


def told(
    filters: Filters, children: Sequence[Child], activities: Sequence[Activity], t: Texts
) -> str:
    """In one line, plain; empty when everything to come is shown."""
    if filters == EVERYTHING:
        return ""
    said = [
        _name_of_child(filters, children),
        _name_of_activity(filters, activities),
        None if filters.month is None else t.month(filters.month),
    ]
    said += [f"☐ {t(BOXES[box])}" for box in Shown if box in filters.hidden]
    return t("Filtres : {filters}", filters=", ".join(one for one in said if one))


def _name_of_child(filters: Filters, children: Sequence[Child]) -> str | None:
    return next((child.first_name for child in children if child.id == filters.child), None)


def _name_of_activity(filters: Filters, activities: Sequence[Activity]) -> str | None:
    found = (one.name for one in activities if one.id == filters.activity)
    name = next(found, None)
    return name and clipped(name, LABEL)
