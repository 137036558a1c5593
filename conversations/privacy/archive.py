"""Somebody's data as JSON: whole, as it is stored, with names instead of numbers (A12)."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from domain.privacy.model import PersonalData

FORMAT: Final = 1


def as_json(data: PersonalData) -> str:
    """Instants with their zone, amounts as text, ``null`` where nothing is."""
    written: dict[str, Any] = {"format": FORMAT, "made_at": data.at}
    written |= {section.part.value: list(section.rows) for section in data.sections}
    return json.dumps(written, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> str:
    match value:
        case Decimal():
            return str(value)
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} is nothing that a row holds")
