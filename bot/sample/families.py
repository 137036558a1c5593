"""Who lives in the sample town: the families of the guide, their missing names invented."""

from dataclasses import dataclass
from enum import StrEnum

from bot.sample.offer import FRIDAY, MONDAY, SCHOOL_WEEK, THURSDAY, TUESDAY, WEDNESDAY, Age, Key


class School(StrEnum):
    """One has the APS before and after lessons, the other has the *accueil* by half-hours."""

    JULES_FERRY = "jules_ferry"
    LES_TILLEULS = "les_tilleuls"


@dataclass(frozen=True, slots=True)
class Login:
    identifier: str
    password: str


@dataclass(frozen=True, slots=True)
class Parent:
    """``login`` None: the town's letter was never answered, nobody knows the password."""

    civility: str
    first_name: str
    last_name: str
    emails: tuple[str, ...]
    login: Login | None = None
    locale: str = "fr"


@dataclass(frozen=True, slots=True)
class Habit:
    """What is booked week after week."""

    key: Key
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kid:
    first_name: str
    age: Age
    school: School
    habits: tuple[Habit, ...] = ()
    also: tuple[Key, ...] = ()  # enrolments that not every child has
    last_name: str = ""  # the family's, unless given
    school_class: str | None = ""  # that of the age, unless given; None: not known to the town


@dataclass(frozen=True, slots=True)
class Household:
    """``quotient`` None is unknown to the town: the highest tariff applies (B11)."""

    name: str
    parents: tuple[Parent, ...]
    kids: tuple[Kid, ...]
    quotient: int | None
    balance: str = "0.00"
    is_resident: bool = True
    shares: tuple[Kid, ...] = ()  # children of another household too: the parents live apart


MONDAY_AND_THURSDAY = (MONDAY, THURSDAY)
CANTEEN_EVERY_DAY = Habit(Key.CANTEEN, SCHOOL_WEEK)
CANTEEN_MONDAYS = Habit(Key.CANTEEN, MONDAY_AND_THURSDAY)
CANTEEN_FRIDAYS = Habit(Key.CANTEEN, (TUESDAY, FRIDAY))
HOLIDAY_DAYS = Habit(Key.HOLIDAYS, MONDAY_AND_THURSDAY)
APS_BOTH = (Habit(Key.APS_MORNING, SCHOOL_WEEK), Habit(Key.APS_EVENING, MONDAY_AND_THURSDAY))
HALF_HOURS_BOTH = (Habit(Key.MORNING, (TUESDAY, FRIDAY)), Habit(Key.EVENING, MONDAY_AND_THURSDAY))
WEDNESDAYS = Habit(Key.WEDNESDAY, (WEDNESDAY,))
SMALL_WEDNESDAYS = Habit(Key.SMALL_WEDNESDAY, (WEDNESDAY,))

FERRY, TILLEULS = School.JULES_FERRY, School.LES_TILLEULS

DUPONT = Household(
    "DUPONT",
    (
        Parent(
            "M.",
            "Jean-Paul",
            "DUPONT",
            ("jean-paul.dupont@example.org",),
            Login("DUPONT1", "trois-petits-chats"),
        ),
    ),
    (
        # Paolo comes first in a confirmation, so that as in the guide's mail Amalia waits.
        Kid("Paolo", Age.MIDDLE, FERRY, (CANTEEN_EVERY_DAY,)),
        Kid("Amalia", Age.BIG, FERRY, (CANTEEN_EVERY_DAY,), (Key.MUSIC, Key.CHOIR, Key.CIRCUS)),
    ),
    quotient=650,
    balance="171.80",
)
CASIMIR = Household(
    "CASIMIR",
    (
        Parent(
            "Mme",
            "Nadia",
            "CASIMIR",
            ("nadia.casimir@example.org",),
            Login("CASIMIR1", "gouter-de-quatre-heures"),
        ),
    ),
    (
        Kid("Leo", Age.BIG, TILLEULS, (CANTEEN_EVERY_DAY,), (Key.TIMED_MORNING,)),
        Kid("Marina", Age.MIDDLE, TILLEULS, (CANTEEN_EVERY_DAY, *HALF_HOURS_BOTH)),
    ),
    quotient=480,
    balance="137.37",
)
MOREAU = Household(
    "MOREAU",
    (
        Parent(
            "Mme",
            "Inès",
            "MOREAU",
            ("ines.moreau@example.org",),
            Login("MOREAU1", "cartable-sur-le-dos"),
        ),
        # They live apart: each has an own login, and sees what the other does (A11).
        Parent(
            "M.",
            "Samir",
            "BELKACEM",
            ("samir.belkacem@example.org",),
            Login("BELKACEM1", "velo-bleu-du-dimanche"),
        ),
    ),
    (
        Kid(
            "Leyah",
            Age.BIG,
            FERRY,
            (CANTEEN_EVERY_DAY, WEDNESDAYS, HOLIDAY_DAYS),
            (Key.CIRCUS, Key.MUSIC),
        ),
    ),
    quotient=750,
    balance="62.40",
)
ROUSSEAU = Household(
    "ROUSSEAU",
    (
        Parent(
            "Mme",
            "Julie",
            "ROUSSEAU",
            ("julie.rousseau@example.org",),
            Login("ROUSSEAU1", "soupe-aux-potirons"),
        ),
    ),
    (Kid("Lenny", Age.BIG, FERRY, (CANTEEN_EVERY_DAY, *APS_BOTH), (Key.CIRCUS,)),),
    quotient=1000,
    balance="28.10",
)
ANTONIN = Kid("Antonin", Age.BIG, TILLEULS, (CANTEEN_EVERY_DAY, *HALF_HOURS_BOTH, HOLIDAY_DAYS))
ALLARD = Household(
    "ALLARD",
    (
        Parent(
            "M.",
            "Bruno",
            "ALLARD",
            ("bruno.allard@example.org", "famille.allard@example.org"),
            Login("ALLARD1", "pluie-et-parapluies"),
        ),
    ),
    (
        ANTONIN,
        Kid(
            "Maxence",
            Age.BIG,
            TILLEULS,
            (CANTEEN_EVERY_DAY, *HALF_HOURS_BOTH),
            school_class="CE2 Tilleuls",
        ),
    ),
    quotient=1500,
    balance="88.75",
)
OCONNOR = Household(
    "O'CONNOR",
    (
        Parent(
            "Mme",
            "Sarah",
            "O'CONNOR",
            ("sarah.oconnor@example.org",),
            Login("OCONNOR1", "four-little-foxes"),
            locale="en",
        ),
    ),
    (
        Kid("Finn", Age.BIG, FERRY, (CANTEEN_MONDAYS, WEDNESDAYS), school_class=None),
        Kid("Saoirse", Age.SMALL, FERRY, (CANTEEN_FRIDAYS, SMALL_WEDNESDAYS)),
    ),
    quotient=None,
    balance="59.08",
)
LAROCHE = Household(
    "DE LA ROCHE-SAINT-ANDRÉ",
    (
        Parent(
            "Mme",
            "Marie-Antoinette",
            "DE LA ROCHE-SAINT-ANDRÉ",
            ("ma.delaroche@example.org",),
            Login("LAROCHE1", "rentree-de-septembre"),
        ),
    ),
    (
        Kid(
            "Maximilien-Théophraste",
            Age.BIG,
            TILLEULS,
            (CANTEEN_EVERY_DAY, WEDNESDAYS),
            (Key.CIRCUS,),
            last_name="DE LA ROCHE-SAINT-ANDRÉ-VILLENEUVE",
        ),
    ),
    quotient=2100,
    balance="240.00",
    is_resident=False,
)
LENOIR = Household(
    "LENOIR",
    (
        Parent(
            "M.",
            "Paul",
            "LENOIR",
            ("paul.lenoir@example.org",),
            Login("LENOIR1", "lettre-jamais-ouverte"),
        ),
    ),
    (
        Kid("Jade", Age.MIDDLE, FERRY, (CANTEEN_EVERY_DAY, SMALL_WEDNESDAYS)),
        Kid("Nathan", Age.BIG, FERRY),
    ),
    quotient=300,
    balance="16.88",
)
# Antonin's mother: a family of her own, which sees and pays what it asks itself (A11).
HADDAD = Household(
    "HADDAD",
    (
        Parent(
            "Mme",
            "Nora",
            "HADDAD",
            ("nora.haddad@example.org",),
            Login("HADDAD1", "deux-maisons-un-cartable"),
        ),
    ),
    (),
    quotient=820,
    balance="-12.40",
    shares=(ANTONIN,),
)
