"""What the web service says no to when a payment is begun. Codes as the guide's annex has them."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from bot.playground.guard import LOOPBACK

LEAST, MOST = 100, 9_999_999  # cents

LABELS = {
    "A2": "Adresse MEL incorrecte.",
    "D1": "URL de redirection non valide.",
    "E3": "Le format du paramètre EXER n'est pas conforme.",
    "M1": "Le format du montant n'est pas correct.",
    "M3": "Le montant minimum est de 1 euro.",
    "M5": "Le montant dépasse la limite autorisée.",
    "N1": "URL de notification non valide.",
    "O3": "Le format du paramètre OBJET n'est pas conforme.",
    "P1": "IdOp incorrect.",
    "P5": "Résultat de la transaction non connu.",
    "R3": "Le format du paramètre REFDET n'est pas conforme.",
    "S1": "Mode de saisie invalide.",
    "T1": "Numéro client invalide.",
}


def refusal(asked: Mapping[str, str]) -> str | None:
    """The first code that applies. Addresses are on this machine: nobody else is called."""
    for code, name, is_good in CHECKS:
        if not is_good(asked.get(name, "")):
            return code
    cents = int(asked["montant"])
    return "M3" if cents < LEAST else "M5" if cents > MOST else None


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


def _here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in LOOPBACK and len(url) <= 250


CHECKS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("T1", "numcli", _like(r"\d{6}")),
    ("S1", "saisie", _like(r"[TXW]")),
    ("E3", "exer", _like(r"\d{4}")),
    ("R3", "refdet", _like(r"[A-Za-z0-9]{6,30}")),
    ("O3", "objet", _like(r"[A-Za-z0-9 ]{0,100}")),
    ("A2", "mel", _like(r"(?=.{6,80}$)[^@\s]+@[^@\s]+\.[^@\s]+")),
    ("N1", "urlnotif", _here),
    ("D1", "urlredirect", _here),
    ("M1", "montant", _like(r"\d{1,8}")),
)
