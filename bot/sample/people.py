"""Who can be played in the demo, as the local Telegram's picker wants them."""

from dataclasses import asdict, dataclass
from typing import Final, Literal

from bot.sample.documents import NEVER_CAME, READS_LATER, SIGNS_LATER
from bot.sample.families import (
    ALLARD,
    CASIMIR,
    DUPONT,
    HADDAD,
    LAROCHE,
    LENOIR,
    MOREAU,
    OCONNOR,
    ROUSSEAU,
    Household,
    Parent,
)

FIRST_ID = 700_000_001  # Telegram user ids
AGENTS: Final = "agent"


@dataclass(frozen=True, slots=True)
class Person:
    """``id`` is the Telegram user's, and their private chat's. ``note`` is one line to read."""

    id: int
    first_name: str
    last_name: str
    language_code: str
    note: str
    identifier: str = ""  # empty: nobody that the town knows
    password: str = ""
    role: Literal["parent", "agent"] = "parent"

    def as_json(self) -> dict[str, object]:
        shown = asdict(self)
        del shown["identifier"], shown["password"]
        return shown


def people() -> tuple[Person, ...]:
    families = (DUPONT, CASIMIR, MOREAU, ROUSSEAU, ALLARD, OCONNOR, LAROCHE, LENOIR, HADDAD)
    cast = [(household, parent) for household in families for parent in household.parents]
    known = [_person(nth, *played) for nth, played in enumerate(cast)]
    stranger = Person(
        id=FIRST_ID + len(known),
        first_name="Dominique",
        last_name="Passant",
        language_code="fr",
        note="Inconnu de la mairie : aucun identifiant",
    )
    return (*known, stranger, *_agents(stranger.id + 1))


def _agents(first_id: int) -> tuple[Person, ...]:
    """Without a password: they get in by the town's invitation (S1)."""
    told = (
        ("Agnès", "Martin", "responsable à la mairie : ouvrez l'invitation, puis /agent"),
        ("Hugo", "Petit", "à l'accueil de la mairie, en lecture seule"),
    )
    return tuple(
        Person(first_id + nth, first, last, "fr", note, role=AGENTS)
        for nth, (first, last, note) in enumerate(told)
    )


def _person(nth: int, household: Household, parent: Parent) -> Person:
    if parent.login is None:
        raise ValueError(f"{parent.last_name} has no login to play with")
    login = parent.login
    note = f"Identifiant {login.identifier} · mot de passe {login.password}"
    return Person(
        id=FIRST_ID + nth,
        first_name=parent.first_name,
        last_name=parent.last_name,
        language_code=parent.locale,
        note=f"{note} · {_about(household, parent)}",
        identifier=login.identifier,
        password=login.password,
    )


def _about(household: Household, parent: Parent) -> str:
    if household is NEVER_CAME:
        return "ne s'est jamais connecté, tout lui arrive par mail"
    if household.shares:
        shared = " et ".join(kid.first_name for kid in household.shares)
        return f"parent de {shared}, qui a deux foyers ; solde négatif"
    if household is READS_LATER:
        return "les documents attendent d'être lus"
    names = [kid.first_name for kid in household.kids]
    if parent.locale == "en":
        return f"reads English, parent of {' and '.join(names)}"
    told = f"parent de {' et '.join(names)}"
    if household is SIGNS_LATER[0]:
        told += f" ; règlement à signer pour {SIGNS_LATER[1]}"
    return told
