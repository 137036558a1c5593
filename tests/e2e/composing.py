"""The six ways to compose a draft, played by thumbs; each ends with the press that drafts.

Around one Thursday of January, which is open to everybody and where nobody has booked yet.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.demo import Demo
from bot.sample.people import people
from domain.calendar.model import PARIS
from tests.driver import Parent

THURSDAY = date(2027, 1, 14)
THE_DAY_BEFORE_AT_NINE = datetime(2027, 1, 13, 9, tzinfo=PARIS)
THAT_DAY_AT_SIX = datetime(2027, 1, 14, 6, tzinfo=PARIS)
CANTEEN, TIMED = "Restauration Scolaire", "Accueil Saisie temps"
MONTH = "Janvier 2027"
A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Cast:
    """Whose day it is, what else is open to them, and from where days are copied."""

    people: tuple[int, ...]
    child: str
    also: str
    source: tuple[str, str]


NADIA = Cast((700_000_002,), "Leo", "Accueil Matin 1/2 heure", ("Marina", CANTEEN))
MOREAU = Cast((700_000_003, 700_000_004), "Leyah", "APS Matin", ("Leyah", "APS Matin"))
"""Two guardians, who live apart, of one child."""

Steps = Callable[[Parent, Cast], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """``steps`` lead to the last press and answer its label. ``before``: what must be booked."""

    name: str
    steps: Steps
    limit: datetime = THE_DAY_BEFORE_AT_NINE
    before: Steps | None = None


async def log_in(demo: Demo, person: int) -> Parent:
    known = next(one for one in people() if one.id == person)
    parent = Parent(demo.url, person)
    await parent.start()
    if (await parent.screen()).has("Se connecter"):
        await parent.press("Se connecter")
        await parent.say(known.identifier)
        await parent.say(known.password)
    return parent


async def day_label(parent: Parent, day: date = THURSDAY) -> str:
    """Of the calendar shown, with the mark or the places left that it carries."""
    pattern = rf"{day.day}(\D*|[₀-₉]+)"
    (found,) = [label for label in await parent.labels() if re.fullmatch(pattern, label)]
    return found


async def month_of(parent: Parent, child: str, activity: str) -> None:
    await parent.say("/reserver")
    if (await parent.screen()).has(child):
        await parent.press(child)
    await parent.press(activity)
    await turn_to(parent, MONTH)


async def turn_to(parent: Parent, title: str) -> None:
    for _ in range(A_YEAR):
        if title in await parent.text() or title in await parent.labels():
            return
        await parent.press("›", exact=True)
    raise AssertionError(f"no {title} in {await parent.labels()}")


# -- the ways ------------------------------------------------------------------------------------
async def one_activity(parent: Parent, cast: Cast) -> str:
    await month_of(parent, cast.child, CANTEEN)
    return await day_label(parent)


async def several_activities(parent: Parent, cast: Cast) -> str:
    await month_of(parent, cast.child, "Toutes, jour par jour")
    await parent.press(await day_label(parent), exact=True)
    await parent.press(f"☐ {cast.also}")
    return f"☐ {CANTEEN}"


async def copied(parent: Parent, cast: Cast) -> str:
    await month_of(parent, *cast.source)
    await parent.press(await day_label(parent), exact=True)
    await month_of(parent, cast.child, CANTEEN)
    await parent.press("Copier ici")
    return f"Tout (1) · {cast.source[0]} · {cast.source[1]}"


async def weekly_pattern(parent: Parent, cast: Cast) -> str:
    await month_of(parent, cast.child, CANTEEN)
    await parent.press("Semaine type")
    await parent.press("☐ Je")
    await parent.press("✎")
    await parent.say("jusqu'au 14/01")
    return "Ajouter"


async def with_hours(parent: Parent, cast: Cast) -> str:
    await month_of(parent, cast.child, TIMED)
    await parent.press(await day_label(parent), exact=True)
    return "07:30"


async def the_week_before(parent: Parent, cast: Cast) -> str:
    await month_of(parent, cast.child, CANTEEN)
    await parent.press(await day_label(parent, THURSDAY - timedelta(days=7)), exact=True)
    await parent.press("Vérifier mes demandes")
    return "Valider"


async def all_children(parent: Parent, cast: Cast) -> str:
    await parent.say("/reserver")
    await parent.press("Tous les enfants, par semaine")
    await parent.press("‹", exact=True)  # late in a week the next one is shown
    await turn_to(parent, "Du lun. 11 janv.")
    return "Comme la semaine dernière"


WAYS = (
    Way("one activity", one_activity),
    Way("several activities of one day", several_activities),
    Way("copy", copied),
    Way("weekly pattern", weekly_pattern),
    Way("hours", with_hours, limit=THAT_DAY_AT_SIX),
    Way("all children", all_children, before=the_week_before),
)
