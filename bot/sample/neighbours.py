"""The other families: they book by mail and at the town hall, and make the days full."""

from bot.sample.families import (
    ALLARD,
    APS_BOTH,
    CANTEEN_EVERY_DAY,
    CANTEEN_FRIDAYS,
    CANTEEN_MONDAYS,
    CASIMIR,
    DUPONT,
    FERRY,
    HADDAD,
    HALF_HOURS_BOTH,
    HOLIDAY_DAYS,
    LAROCHE,
    LENOIR,
    MOREAU,
    OCONNOR,
    ROUSSEAU,
    SMALL_WEDNESDAYS,
    TILLEULS,
    WEDNESDAYS,
    Household,
    Kid,
    Parent,
)
from bot.sample.offer import Age

_Kin = tuple[Kid, ...]


def _family(
    civility: str, first_name: str, last_name: str, quotient: int, kids: _Kin
) -> Household:
    mail = f"famille.{last_name.lower().replace(' ', '')}@example.org"
    parent = Parent(civility, first_name, last_name, (mail,))
    return Household(last_name, (parent,), kids, quotient, balance="30.00")


NEIGHBOURS = (
    _family(
        "Mme",
        "Claire",
        "BERNARD",
        900,
        (
            Kid(
                "Gabriel", Age.BIG, FERRY, (CANTEEN_EVERY_DAY, WEDNESDAYS, *APS_BOTH, HOLIDAY_DAYS)
            ),
            Kid("Louise", Age.SMALL, FERRY, (CANTEEN_EVERY_DAY, SMALL_WEDNESDAYS, HOLIDAY_DAYS)),
        ),
    ),
    _family(
        "M.",
        "Olivier",
        "PETIT",
        1350,
        (
            Kid("Jules", Age.BIG, FERRY, (CANTEEN_EVERY_DAY, *APS_BOTH)),
            Kid("Alice", Age.MIDDLE, FERRY, (CANTEEN_MONDAYS, SMALL_WEDNESDAYS)),
        ),
    ),
    _family(
        "Mme",
        "Hélène",
        "ROBERT",
        420,
        (
            Kid("Hugo", Age.MIDDLE, FERRY, (CANTEEN_EVERY_DAY, *APS_BOTH)),
            Kid("Emma", Age.SMALL, FERRY, (CANTEEN_FRIDAYS,)),
        ),
    ),
    _family(
        "M.",
        "Karim",
        "DURAND",
        780,
        (
            Kid("Nina", Age.BIG, TILLEULS, (CANTEEN_EVERY_DAY, *HALF_HOURS_BOTH)),
            Kid("Théo", Age.MIDDLE, TILLEULS, (CANTEEN_MONDAYS,)),
        ),
    ),
    _family(
        "Mme",
        "Sophie",
        "LEROY",
        1100,
        (
            Kid("Adam", Age.BIG, FERRY, (CANTEEN_EVERY_DAY, WEDNESDAYS, *APS_BOTH, HOLIDAY_DAYS)),
            Kid("Zoé", Age.SMALL, FERRY, (CANTEEN_FRIDAYS,)),
        ),
    ),
    _family(
        "M.",
        "Marc",
        "GARNIER",
        610,
        (
            Kid("Louis", Age.BIG, TILLEULS, (CANTEEN_MONDAYS,)),
            Kid("Rose", Age.MIDDLE, TILLEULS, (CANTEEN_FRIDAYS,)),
        ),
    ),
    _family(
        "Mme",
        "Anne",
        "FAURE",
        1700,
        (
            Kid("Tom", Age.BIG, FERRY, (CANTEEN_EVERY_DAY, *APS_BOTH)),
            Kid("Léa", Age.SMALL, FERRY, ()),
        ),
    ),
    _family(
        "M.",
        "Minh",
        "NGUYEN",
        540,
        (
            Kid("Mai", Age.BIG, FERRY, (CANTEEN_EVERY_DAY, *APS_BOTH)),
            Kid("Linh", Age.MIDDLE, FERRY, (CANTEEN_MONDAYS,)),
            Kid("Kim", Age.SMALL, FERRY, ()),
        ),
    ),
    _family(
        "Mme",
        "Teresa",
        "DA SILVA",
        460,
        (
            Kid("Tiago", Age.BIG, TILLEULS, (CANTEEN_FRIDAYS,)),
            Kid("Inês", Age.MIDDLE, TILLEULS, ()),
        ),
    ),
)

GUIDE_FAMILIES = (DUPONT, CASIMIR, MOREAU, ROUSSEAU, ALLARD, OCONNOR, LAROCHE, LENOIR, HADDAD)
HOUSEHOLDS = GUIDE_FAMILIES + NEIGHBOURS
