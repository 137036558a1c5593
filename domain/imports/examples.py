"""A line of each table: in the template, so that nobody has to guess; together, a small town."""

from collections.abc import Mapping
from typing import Final

from domain.imports.model import Table
from domain.imports.tables import EXAMPLE

_E: Final = EXAMPLE

LINES: Final[Mapping[Table, Mapping[str, str]]] = {
    Table.STRUCTURES: {
        "code": f"{_E}MAIRIE",
        "name": "Mairie d'Exemple",
        "welcome": "Bienvenue sur le portail famille.",
        "zone": "Europe/Paris",
        "draft_hours": "24",
        "debt_threshold": "-50.00",
    },
    Table.HOLIDAYS: {
        "structure": f"{_E}MAIRIE",
        "kind": "school",
        "first": "2026-12-19",
        "last": "2027-01-03",
    },
    Table.ACTIVITIES: {
        "code": f"{_E}CANTINE",
        "structure": f"{_E}MAIRIE",
        "name": "Restauration scolaire",
        "arrival": "12:00",
        "departure": "13:30",
        "weekdays": "lu ma je ve",
        "book_by": "2j 09:00 ouvrés",
        "cancel_by": "48h",
        "wallet": "Périscolaire",
        "waitlist": "automatic",
        "approval": "non",
        "absences": "free_with_certificate",
    },
    Table.OPENINGS: {
        "activity": f"{_E}CANTINE",
        "day": "2026-12-07",
        "open": "oui",
        "places": "60",
    },
    Table.TARIFFS: {
        "activity": f"{_E}CANTINE",
        "valid_from": "2026-09-01",
        "day_kind": "any",
        "bracket_min": "700",
        "amount": "4.20",
    },
    Table.FAMILIES: {"code": f"{_E}F1", "resident": "oui"},
    Table.QUOTIENTS: {
        "family": f"{_E}F1",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "value": "845",
    },
    Table.GUARDIANS: {
        "code": f"{_E}R1",
        "family": f"{_E}F1",
        "identifier": "DUPONT.JP",
        "civility": "M.",
        "first_name": "Jean-Paul",
        "last_name": "DUPONT",
        "emails": "jp.dupont@exemple.fr",
        "structures": f"{_E}MAIRIE",
        "locale": "fr",
    },
    Table.CHILDREN: {
        "code": f"{_E}E1",
        "families": f"{_E}F1",
        "first_name": "Paolo",
        "last_name": "DUPONT",
        "school_class": "CE1 B",
    },
    Table.ENROLMENTS: {
        "child": f"{_E}E1",
        "activity": f"{_E}CANTINE",
        "valid_from": "2026-09-01",
        "valid_to": "2027-07-03",
    },
    Table.CONSUMPTIONS: {
        "code": f"{_E}C1",
        "family": f"{_E}F1",
        "child": f"{_E}E1",
        "activity": f"{_E}CANTINE",
        "day": "2026-11-02",
        "unit_price": "4.20",
        "quantity": "1",
    },
    Table.PAYMENTS: {
        "code": f"{_E}P1",
        "family": f"{_E}F1",
        "structure": f"{_E}MAIRIE",
        "wallet": "Périscolaire",
        "day": "2026-11-05",
        "amount": "50.00",
        "mode": "CBLEUE",
        "number": "0001",
        "payer": "M. DUPONT Jean-Paul",
    },
    Table.WALLETS: {
        "family": f"{_E}F1",
        "structure": f"{_E}MAIRIE",
        "wallet": "Périscolaire",
        "balance": "45.80",
        "on": "2026-11-30",
    },
    Table.ANSWERS: {
        "activity": f"{_E}CANTINE",
        "day": "2026-12-07",
        "ticket": "12",
        "answer": "refused",
        "reason": "Effectif complet",
    },
}
