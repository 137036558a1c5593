"""The two organisations of the guide; its mails are signed "Mairie de CarteVille"."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Which organisation."""

    TOWN_HALL = "town_hall"
    MUSIC_SCHOOL = "music_school"


@dataclass(frozen=True, slots=True)
class Organisation:
    place: Place
    name: str
    wallet: str
    welcome: str


ORGANISATIONS = (
    Organisation(
        Place.TOWN_HALL,
        name="Mairie de CarteVille",
        wallet="Services Scolaires et ALSH",
        welcome=(
            "Bienvenue sur le portail famille de la mairie de CarteVille. "
            "Réservez ici la cantine, les accueils du matin et du soir et le centre de loisirs."
        ),
    ),
    Organisation(
        Place.MUSIC_SCHOOL,
        name="École de musique",
        wallet="Ecole de musique",
        welcome="Bienvenue à l'école de musique de CarteVille.",
    ),
)

WALLETS = {organisation.place: organisation.wallet for organisation in ORGANISATIONS}
