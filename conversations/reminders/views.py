"""A deadline that comes near: what is told, and the two answers (N3)."""

from datetime import date
from typing import Any, Final

from conversations.home.routes import OPEN_HOME
from conversations.reminders.routes import BookUsual, NotThisTime
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Texts, clipped
from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId
from domain.notices.model import Due

LINES: Final = 12  # children and activities
DAYS: Final = 6
NAME, FIRST_NAME = 60, 20  # characters


def lines(due: Due, catalogue: Catalogue, t: Texts) -> list[str]:
    """Plain: "• Leo, Restauration Scolaire : lun. 30 nov., jeu. 3 déc."."""
    missing = due.notice.params["missing"]
    told = [_line(one, due, catalogue, t) for one in missing[:LINES]]
    return [*told, "…"] if len(missing) > LINES else told


def _line(one: dict[str, Any], due: Due, catalogue: Catalogue, t: Texts) -> str:
    activity = catalogue.activities.get(ActivityId(one["activity"]))
    names = (child.first_name for child in due.children if child.id == one["child"])
    days = [t.short_day(date.fromisoformat(day)) for day in one["days"]]
    told = ", ".join(days[:DAYS])
    if len(days) > DAYS:
        told = t("{days} et {n} autres jours", days=told, n=len(days) - DAYS)
    return t(
        "• {child}, {activity} : {days}",
        child=clipped(next(names, t("Votre enfant")), FIRST_NAME),
        activity=clipped(activity.name, NAME) if activity is not None else "",
        days=told,
    )


def buttons(reminder: int, t: Texts) -> tuple[Row, ...]:
    book = BookUsual(reminder=reminder).pack()
    return (
        (Button(t("Réserver comme d'habitude"), book, Style.PRIMARY),),
        (Button(t("Pas cette fois"), NotThisTime(reminder=reminder).pack()),),
        (Button(t("Accueil"), OPEN_HOME),),
    )


def silenced(t: Texts) -> Screen:
    """In place of the reminder."""
    text = t("C'est noté : plus de rappel pour cette date limite. Rien n'est réservé.")
    return Screen(text, ((Button(t("Accueil"), OPEN_HOME),),))


def filled(count: int, t: Texts) -> str:
    """The note above the recap, plain."""
    if not count:
        return t("Ces jours sont déjà demandés ou réservés, ou ne sont plus ouverts.")
    return t.plural(
        "{n} jour ajouté comme d'habitude : relisez, puis validez.",
        "{n} jours ajoutés comme d'habitude : relisez, puis validez.",
        count,
    )
