"""How a day looks over all activities: text first, colour second, as ``booking.marks``."""

from collections.abc import Mapping, Set
from typing import Final

from conversations.booking.marks import TO_BOOK, TO_CANCEL
from conversations.screen import Style
from conversations.words import mark
from domain.bookings.day_states import OverallState
from domain.bookings.model import Wish
from domain.bookings.outline import DayOverview

MARKS: Final[Mapping[OverallState, str]] = {
    OverallState.CLOSED: "·",
    OverallState.WAITING_LOCKED: "◇",
    OverallState.AVAILABLE: "",
    OverallState.WAITLIST_ONLY: "!",
    OverallState.BOOKED: "✓",
    OverallState.MIXED: "✓…",
    OverallState.BOOKED_LOCKED: "◆",
    OverallState.WAITING: "…",
    OverallState.FULL: "✘",
}
STYLES: Final = {OverallState.BOOKED: Style.SUCCESS, OverallState.BOOKED_LOCKED: Style.SUCCESS}
BOTH: Final = "±"
WORDS: Final[Mapping[OverallState, str]] = {
    OverallState.CLOSED: mark("rien d'ouvert, ou délai dépassé"),
    OverallState.WAITING_LOCKED: mark("en liste d'attente ou refusé : voir le suivi"),
    OverallState.AVAILABLE: mark("activités disponibles"),
    OverallState.WAITLIST_ONLY: mark("activités disponibles uniquement en liste d'attente"),
    OverallState.BOOKED: mark("réservé, on peut encore agir"),
    OverallState.MIXED: mark("demandé, dont une partie en attente ou refusée ; on peut agir"),
    OverallState.BOOKED_LOCKED: mark("réservé, plus rien à faire"),
    OverallState.WAITING: mark("en liste d'attente ou refusé, annulable"),
    OverallState.FULL: mark("complet"),
}


def label(day: DayOverview) -> str:
    """ "4✓", "4+": what is drafted hides the state under it."""
    return f"{day.day.day}{_drafted(day.wishes) or MARKS[day.state]}"


def _drafted(wishes: Set[Wish]) -> str:
    if not wishes:
        return ""
    if len(wishes) > 1:
        return BOTH
    return TO_BOOK if Wish.BOOK in wishes else TO_CANCEL


def style(day: DayOverview) -> Style | None:
    if day.wishes:
        return Style.PRIMARY if Wish.BOOK in day.wishes else Style.DANGER
    return STYLES.get(day.state)
