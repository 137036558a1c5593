"""For whom an announcement is, when it leaves, how long it is shown (S2)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from conversations.announcing.groups import number_of
from conversations.announcing.routes import (
    AskActivities,
    AskAudience,
    AskClasses,
    ForActivity,
    ForAll,
    ForClass,
    ForDay,
    ForDayIn,
    ForGroup,
    OpenAnnouncement,
    SendAt,
    SendAtOnce,
    ShowAlways,
    ShowFor,
)
from conversations.announcing.views import audience, days_ahead, when, window
from conversations.classes import code_of, in_rows
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.texts import Texts, clipped
from conversations.widgets.paging import chosen, sliced, turner
from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity
from domain.announcements.composed import Classes, Composed, Reach
from domain.calendar.instants import instant

DAYS, HOURS, WINDOWS = 7, (8, 12, 18), (2, 7, 14, 31)
GROUPS: Final = 12
CLASSES: Final = 40  # a page
PER_PAGE: Final = 20
LABEL: Final = 40  # characters


def ask_audience(
    composed: Composed,
    catalogue: Catalogue,
    groups: Sequence[str],
    today: date,
    t: Texts,
    *,
    everywhere: bool,
    classes: bool,
) -> Screen:
    """``classes``: whether there are some. ``everywhere``: whether this agent may write to the
    families of all structures.
    """
    id_ = composed.id
    text = t.html(
        "<b>Pour qui ?</b>\nMaintenant : {audience}", audience=audience(composed, catalogue, t)
    )
    all_here = ForAll(announcement=id_, everywhere=False).pack()
    rows: list[Row] = [(Button(t("Toutes les familles de la structure"), all_here),)]
    if everywhere:
        to = ForAll(announcement=id_, everywhere=True).pack()
        rows.append((Button(t("Toutes les structures"), to),))
    to = AskActivities(announcement=id_, page=1).pack()
    rows.append((Button(t("Les inscrits d'une activité"), to),))
    if classes:
        to = AskClasses(announcement=id_, page=1).pack()
        rows.append((Button(t("Une classe"), to),))
    shown = groups[:GROUPS]
    rows += [
        tuple(
            Button(
                clipped(one, LABEL // 2), ForGroup(announcement=id_, group=number_of(one)).pack()
            )
            for one in shown[at : at + 2]
        )
        for at in range(0, len(shown), 2)
    ]
    days = [
        Button(t.short_day(day), ForDay(announcement=id_, day=day).pack())
        for day in days_ahead(today, DAYS + 2)
    ]
    rows += [tuple(days[at : at + 3]) for at in range(0, len(days), 3)]
    said = t("Un jour du calendrier : les familles dont un enfant est attendu ce jour-là.")
    return Screen(f"{text}\n\n{said}", (*rows, *_back(composed, t)))


def ask_activities(
    composed: Composed, activities: Sequence[Activity], page: int, t: Texts
) -> Screen:
    """Also for a day that is chosen already: its activities narrow it down."""
    meant = composed.audience
    day = meant.day if meant.reach is Reach.BOOKED else None
    if day is None:
        text = t("<b>Les inscrits de quelle activité ?</b>")
    else:
        text = t.html("<b>Attendus le {day}, dans quelle activité ?</b>", day=t.day(day))

    def to(one: Activity) -> str:
        if day is None:
            return ForActivity(announcement=composed.id, activity=one.id).pack()
        return ForDayIn(announcement=composed.id, day=day, activity=one.id).pack()

    first = (page - 1) * PER_PAGE
    rows: list[Row] = [
        (Button(clipped(one.name, LABEL), to(one)),)
        for one in activities[first : first + PER_PAGE]
    ]
    turn = []
    if page > 1:
        turn.append(Button("‹", AskActivities(announcement=composed.id, page=page - 1).pack()))
    if first + PER_PAGE < len(activities):
        turn.append(Button("›", AskActivities(announcement=composed.id, page=page + 1).pack()))
    if turn:
        rows.append(tuple(turn))
    ask = AskAudience(announcement=composed.id).pack()
    return Screen(text, (*rows, (Button(t("Retour"), ask),), home_row(t)))


def ask_classes(composed: Composed, classes: Classes, page: int, t: Texts) -> Screen:
    """Each with the number of its families, as the preview will tell it."""
    shown, number = chosen(sliced(classes, CLASSES), page)
    rows = in_rows(
        Button(
            f"{clipped(name, LABEL)} · {families}",
            ForClass(announcement=composed.id, school_class=code_of(name)).pack(),
        )
        for name, families in shown
    )

    def to(page: int) -> str:
        return AskClasses(announcement=composed.id, page=page).pack()

    text = t("<b>Les familles de quelle classe ?</b>\nÀ côté de chacune, combien de familles.")
    if not classes:
        text = t("Aucune classe n'est connue.")
    turn = turner(number, len(sliced(classes, CLASSES)), to, t)
    back = Button(t("Retour"), AskAudience(announcement=composed.id).pack())
    return Screen(text, (*rows, *turn, (back,), home_row(t)))


def ask_time(composed: Composed, now: datetime, t: Texts) -> Screen:
    id_ = composed.id
    text = t.html(
        "<b>Quand ?</b>\nEnvoi : {when}\nSur l'accueil des familles : {window}",
        when=when(composed, t),
        window=window(composed, t),
    )
    rows: list[Row] = [(Button(t("Dès la confirmation"), SendAtOnce(announcement=id_).pack()),)]
    for day in days_ahead(now.astimezone(t.zone).date(), DAYS):
        later = [
            Button(
                t(
                    "{weekday} {day}, {hour} h",
                    weekday=t.weekday(day.weekday()),
                    day=day.day,
                    hour=hour,
                ),
                SendAt(announcement=id_, day=day, hour=hour).pack(),
            )
            for hour in HOURS
            if instant(day, time(hour), t.zone) > now
        ]
        if later:
            rows.append(tuple(later))
    rows.append(
        tuple(
            Button(t("{n} j", n=days), ShowFor(announcement=id_, days=days).pack())
            for days in WINDOWS
        )
    )
    rows.append((Button(t("Affichée jusqu'à son retrait"), ShowAlways(announcement=id_).pack()),))
    said = t(
        "Une heure pour l'envoi, un nombre de jours pour l'accueil. Les familles qui ont choisi "
        "des heures calmes la reçoivent à la fin de celles-ci."
    )
    return Screen(f"{text}\n\n{said}", (*rows, *_back(composed, t)))


def _back(composed: Composed, t: Texts) -> tuple[Row, ...]:
    back = Button(t("Retour à l'annonce"), OpenAnnouncement(announcement=composed.id).pack())
    return ((Button(back.text, back.data, Style.PRIMARY),), home_row(t))
