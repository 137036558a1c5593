"""A small town as its clerk fills the template: thirteen families and what they may book."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

FIRST, LAST = date(2026, 11, 24), date(2026, 12, 18)
SCHOOL, WEDNESDAY = frozenset({0, 1, 3, 4}), 2
PLACES = 40
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Household:
    """``number`` is the guardian's person in the playground, too."""

    number: int
    first_name: str
    last_name: str
    child: str

    @property
    def identifier(self) -> str:
        return f"{self.last_name.upper()}{self.number}"

    @property
    def person(self) -> int:
        return 800_000_000 + self.number


TOWN = tuple(
    Household(number, *names)
    for number, names in enumerate(
        (
            ("Anne", "Bernard", "Lou"),
            ("Bruno", "Chevalier", "Tom"),
            ("Chloé", "Durand", "Zoé"),
            ("David", "Etienne", "Hugo"),
            ("Elsa", "Fabre", "Inès"),
            ("Fatou", "Girard", "Noé"),
            ("Gilles", "Henry", "Léa"),
            ("Hélène", "Imbert", "Paul"),
            ("Ivan", "Joly", "Rose"),
            ("Jeanne", "Klein", "Sam"),
            ("Karim", "Leroy", "Mia"),
            ("Lucie", "Masson", "Axel"),
            ("Marc", "Normand", "Éva"),
        ),
        start=1,
    )
)


def fill(template: Path) -> None:
    """Below the example of each sheet, under the columns that the template has."""
    book = load_workbook(template)
    for table, rows in sheets().items():
        sheet = book[table]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for at, row in enumerate(rows, start=3):
            for name, value in row.items():
                sheet.cell(at, columns[name], value)
    book.save(template)


def sheets() -> Mapping[str, Iterable[Row]]:
    return {
        "structures": [{"code": "VAL", "name": "Mairie de Valbois", "debt_threshold": -50}],
        "activities": list(_activities()),
        "openings": list(_openings()),
        "tariffs": [
            {"activity": "CANT", "valid_from": date(2026, 9, 1), "amount": "3,80"},
            {"activity": "MERC", "valid_from": date(2026, 9, 1), "amount": 15},
        ],
        "families": [{"code": f"F{one.number}", "resident": "oui"} for one in TOWN],
        "guardians": [_guardian(one) for one in TOWN],
        "children": [
            {
                "code": f"C{one.number}",
                "families": f"F{one.number}",
                "first_name": one.child,
                "last_name": one.last_name,
            }
            for one in TOWN
        ],
        "enrolments": [
            {
                "child": f"C{one.number}",
                "activity": activity,
                "valid_from": date(2026, 9, 1),
                "valid_to": date(2027, 7, 3),
            }
            for one in TOWN
            for activity in ("CANT", "MERC")
        ],
        "wallets": [
            {
                "family": f"F{one.number}",
                "structure": "VAL",
                "wallet": "Périscolaire",
                "balance": "20,00",
                "on": date(2026, 11, 20),
            }
            for one in TOWN
        ],
    }


def _activities() -> Iterator[Row]:
    whole = {"structure": "VAL", "wallet": "Périscolaire", "cancel_by": "48h"}
    yield whole | {
        "code": "CANT",
        "name": "Cantine",
        "arrival": "12:00",
        "departure": "13:30",
        "weekdays": "lu ma je ve",
        "approval": "non",
    }
    yield whole | {
        "code": "MERC",
        "name": "Mercredi loisirs",
        "arrival": "08:00",
        "departure": "18:00",
        "weekdays": "me",
        "approval": "oui",
    }


def _openings() -> Iterator[Row]:
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        if day.weekday() in SCHOOL:
            yield {"activity": "CANT", "day": day, "open": "oui", "places": PLACES}
        elif day.weekday() == WEDNESDAY:
            yield {"activity": "MERC", "day": day, "open": "oui", "places": PLACES}


def _guardian(one: Household) -> Row:
    return {
        "code": f"G{one.number}",
        "family": f"F{one.number}",
        "identifier": one.identifier,
        "civility": "Mme",
        "first_name": one.first_name,
        "last_name": one.last_name,
        "emails": f"{one.last_name.lower()}@exemple.fr",
        "structures": "VAL",
    }
