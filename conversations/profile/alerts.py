"""Which notices come, how, and when (H3, N7)."""

from collections.abc import Mapping
from typing import Final

from conversations.profile.routes import (
    NoQuiet,
    QuietBetween,
    QuietFrom,
    QuietHours,
    WantNotice,
)
from conversations.profile.views import NO, YES, leave, quiet
from conversations.screen import Button, Row, Screen
from conversations.texts import Texts
from conversations.widgets.paging import sliced
from conversations.words import mark
from domain.choices.model import Choices
from domain.notices.choosing import CHOOSABLE, is_wanted
from domain.notices.model import Channel, Kind
from domain.notices.quiet import Quiet

NAMES: Final[Mapping[Kind, str]] = {
    Kind.PLACE_OFFERED: mark("Place proposée, réponse attendue"),
    Kind.PLACE_GIVEN: mark("Place obtenue depuis une liste d'attente"),
    Kind.OFFER_LAPSED: mark("Place proposée qui n'est plus gardée"),
    Kind.REQUEST_ACCEPTED: mark("Demande acceptée par la mairie"),
    Kind.REQUEST_REFUSED: mark("Demande refusée par la mairie"),
    Kind.DAY_CLOSED: mark("Journée réservée que la mairie ferme"),
    Kind.NIGHTLY_REPORT: mark("Compte rendu de la nuit"),
    Kind.DRAFT_LAPSED: mark("Demandes non validées abandonnées"),
    Kind.DEADLINE_REMINDER: mark("Date limite proche, rien de réservé"),
    Kind.PAYMENT_REMINDER: mark("Solde négatif à régler"),
    Kind.WAITING_REMINDER: mark("Liste d'attente à quitter si elle ne sert plus"),
}
WAYS: Final[Mapping[Channel, str]] = {
    Channel.TELEGRAM: mark("{n} {mark} Telegram"),
    Channel.MAIL: mark("{n} {mark} mail"),
}
HOURS_A_ROW: Final = 6
LATE_FIRST: Final = 18  # the hours of an evening come first


def screen(choices: Choices, t: Texts) -> Screen:
    kinds = list(enumerate(CHOOSABLE, start=1))
    parts = [
        t("<b>Alertes</b>"),
        "\n".join(f"{number}. {t(NAMES[kind])}" for number, kind in kinds),
        t(
            "Touchez un bouton pour changer. Les messages qui protègent votre compte arrivent "
            "toujours, et les alertes 1, 2 et 6 gardent au moins un moyen de vous joindre."
        ),
    ]
    rows = (_row(number, kind, choices, t) for number, kind in kinds)
    return Screen("\n\n".join(parts), (*rows, leave(t)))


def _row(number: int, kind: Kind, choices: Choices, t: Texts) -> Row:
    return tuple(_switch(number, kind, channel, choices, t) for channel in CHOOSABLE[kind])


def _switch(number: int, kind: Kind, channel: Channel, choices: Choices, t: Texts) -> Button:
    wanted = is_wanted(kind, channel, choices.wanted)
    label = t(WAYS[channel], n=number, mark=YES if wanted else NO)
    data = WantNotice(kind=kind, channel=channel, wanted=not wanted).pack()
    return Button(label, data)


# -- quiet hours -----------------------------------------------------------------------------
def quiet_hours(now: Quiet | None, t: Texts) -> Screen:
    hours = [*range(LATE_FIRST, 24), *range(LATE_FIRST)]
    text = "\n\n".join(
        [
            t("<b>Heures calmes</b>"),
            t("Réglage actuel : {hours}.", hours=quiet(now, t)),
            t(
                "Pendant ces heures, les alertes Telegram attendent. Les urgentes (place proposée "
                "ou obtenue, journée fermée) et les messages qui protègent votre compte arrivent "
                "quand même. À partir de quelle heure ?"
            ),
        ]
    )
    starts = tuple(Button(_hour(hour), QuietFrom(start=hour).pack()) for hour in hours)
    never = (Button(t("Aucune heure calme"), NoQuiet().pack()),)
    return Screen(text, (*_grid(starts), never, leave(t)))


def quiet_until(start: int, t: Texts) -> Screen:
    hours = [(start + after) % 24 for after in range(1, 24)]
    buttons = (Button(_hour(hour), QuietBetween(start=start, until=hour).pack()) for hour in hours)
    text = t("Heures calmes à partir de {start} : jusqu'à quelle heure ?", start=_hour(start))
    back = (Button(t("‹ Heures calmes"), QuietHours().pack()),)
    return Screen(text, (*_grid(tuple(buttons)), back))


def _grid(buttons: tuple[Button, ...]) -> tuple[Row, ...]:
    return tuple(tuple(some) for some in sliced(buttons, HOURS_A_ROW))


def _hour(hour: int) -> str:
    return f"{hour:02}:00"
