"""Puts the town together around an instant: who, what, when, and what is booked already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.sample.agenda import Agenda, plan
from bot.sample.calendars import calendar_of
from bot.sample.ledger import Ledger
from bot.sample.neighbours import HOUSEHOLDS
from bot.sample.offer import Key
from bot.sample.poster import poster
from bot.sample.register import Town, register_town
from bot.sample.residents import Registered, Resident, register_families
from bot.sample.scene import Scene
from bot.sample.structures import Place
from bot.sample.window import around
from domain.bookings.model import Places
from domain.calendar.instants import instant
from domain.calendar.model import PARIS
from storage.town import TownWriter

CIRCUS = (
    "Les enfants de l'atelier présentent leur travail de l'année. Chaque enfant passe une fois, "
    "dans l'ordre de l'atelier ; les familles sont accueillies à partir de dix heures moins le "
    "quart.\n\n"
    "Merci de prévoir une tenue souple, des chaussons de gymnastique et une bouteille d'eau au "
    "nom de l'enfant. Le goûter est offert par la mairie à la fin du spectacle, sous le préau "
    "s'il pleut.\n\n"
    "Les places de stationnement étant rares, venez à pied ou à vélo si vous le pouvez."
)


@dataclass(frozen=True, slots=True)
class Assembled:
    town: Town
    agenda: Agenda
    registered: Registered
    ledger: Ledger

    @property
    def residents(self) -> tuple[Resident, ...]:
        return self.registered.residents

    @property
    def closed(self) -> tuple[Key, date]:
        return self.agenda.story.key, self.agenda.story.closed


def assemble(writer: TownWriter, now: datetime, hashes: Mapping[str, str]) -> Assembled:
    """Writes the town and its families; the bookings stay in the ledger.

    ``hashes`` by password; the empty one for those who have no password to give.
    """
    window = around(now)
    town = register_town(writer, window, calendar_of(window), now)
    agenda = plan(town, now)
    registered = register_families(writer, town, HOUSEHOLDS, hashes)
    places = _places(town)
    writer.places(places)
    ledger = Ledger(town, places, {(agenda.story.key, agenda.story.closed)})
    assembled = Assembled(town, agenda, registered, ledger)
    _write_days(writer, assembled)
    _announce(writer, assembled, now)
    Scene(town, registered.residents, ledger, now).compose(agenda)
    return assembled


def _write_days(writer: TownWriter, assembled: Assembled) -> None:
    town, (closed_key, closed_day) = assembled.town, assembled.closed
    for key, days in town.days.items():
        writer.open_days(town.activities[key], days)
    writer.open_days(town.activities[closed_key], [closed_day], is_open=False)


def _places(town: Town) -> list[Places]:
    """A row for each pool and day on which an activity that draws on it is open."""
    keys = {
        (draw.pool_id, day)
        for key, days in town.days.items()
        for draw in town.activity(key).draws
        for day in days
    }
    return [Places(pool, day, town.capacities[pool], taken=0) for pool, day in sorted(keys)]


def _announce(writer: TownWriter, assembled: Assembled, now: datetime) -> None:
    town, (key, day) = assembled.town, assembled.closed
    structure = town.structures[Place.TOWN_HALL]
    name = town.activity(key).name
    writer.announcement(
        structure,
        title=f"{name} : fermeture le {day:%d/%m/%Y}",
        text=f"En raison d'une journée de formation, « {name} » n'ouvrira pas ce jour-là.",
        starts_at=now - timedelta(days=1),
        ends_at=instant(day, town.activity(key).departure, PARIS),
    )
    writer.announcement(
        structure,
        title="Listes d'attente",
        text="Une place ne vous intéresse plus ? Annulez-la au plus tôt : une famille l'attend.",
        starts_at=now - timedelta(days=7),
    )
    writer.announcement(
        structure,
        title="Atelier Cirque du samedi : spectacle",
        text=CIRCUS,
        starts_at=now - timedelta(days=2),
        ends_at=now + timedelta(days=60),
        activity=town.activities[Key.CIRCUS],
    )
    writer.announcement(
        structure,
        title="Fête de l'école",
        text="Toutes les familles sont invitées. L'affiche est jointe.",
        starts_at=now - timedelta(days=3),
        ends_at=now + timedelta(days=30),
        file=("fete-de-l-ecole.png", poster()),
    )
