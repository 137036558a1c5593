"""The JSON Schemas of the exchange, made of the same columns that are read and written (X3).

``python -m storage.exchange.describing`` writes them anew; a test sees that they are of today.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from domain.absences.model import News
from domain.bookings.answering import Answer
from domain.bookings.model import MovementKind, State
from domain.imports.model import Table
from domain.imports.tables import LIST
from domain.imports.tables import VERSION as ANSWER_VERSION
from storage.exchange.lines import ABSENCE_COLUMNS, COLUMNS, FORMAT, PAYMENT_COLUMNS, VERSION
from storage.imports.answers_json import FORMAT as ANSWER_FORMAT

FOLDER: Final = Path(__file__).parent / "schemas"
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
NUMBER: Final = {"type": "integer", "minimum": 1}
DAY: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
INSTANT: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T[0-9:.]+\+00:00$"}
TEXT: Final = {"type": "string"}
CLOCK: Final = {"type": "string", "pattern": r"^\d{2}:\d{2}$"}
STATE: Final = {"enum": [one.value for one in State]}
CODE: Final = {"type": ["string", "null"]}
SHA: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FLAG: Final = {"enum": ["yes", "no"]}
CELL: Final = {"type": ["string", "number", "boolean", "null"]}

TYPES: Final[Mapping[str, Mapping[str, Any]]] = {
    **dict.fromkeys(("structure", "number", "line", "family", "child", "activity"), NUMBER),
    **dict.fromkeys(("family_code", "child_code", "activity_code"), CODE),
    **dict.fromkeys(("arrival", "departure"), CLOCK),
    **dict.fromkeys(("requested_at", "at"), INSTANT),
    **dict.fromkeys(("billed", "certified"), FLAG),
    **dict.fromkeys(("state_then", "state"), STATE),
    "guardian": {"type": ["integer", "null"]},
    **dict.fromkeys(("wallet", "mode", "provider", "reference", "provider_reference"), TEXT),
    "ticket": NUMBER,
    "day": DAY,
    "amount": {"type": "string", "pattern": r"^\d+\.\d{2}$"},
    "price": {"type": "string", "pattern": r"^\d+\.\d{2}$"},
}


def transmission() -> dict[str, Any]:
    movements = _line(COLUMNS, [one.value for one in MovementKind])
    absences = _line(ABSENCE_COLUMNS, [one.value for one in News])
    payments = _line(PAYMENT_COLUMNS, [])
    about = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "structure": NUMBER,
        "number": NUMBER,
        "night": DAY,
        "claimed_at": INSTANT,
        "counts": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "csv_sha256": SHA,
        "absences_csv_sha256": SHA,
        "payments_csv_sha256": SHA,
        "movements": {"type": "array", "items": movements},
        "absences": {"type": "array", "items": absences},
        "payments": {"type": "array", "items": payments},
    }
    return {"$schema": DRAFT, "title": f"{FORMAT} {VERSION}", **_object(about, list(about))}


def answer() -> dict[str, Any]:
    about: dict[str, Any] = {
        "format": {"const": ANSWER_FORMAT},
        "version": {"const": ANSWER_VERSION},
        "about": {"description": "anything; passed over"},
    }
    tables = {table.value: {"type": "array", "items": _row(table)} for table in Table}
    said = _object(about | tables, ["format", "version"])
    return {"$schema": DRAFT, "title": f"{ANSWER_FORMAT} {ANSWER_VERSION}", **said}


SCHEMAS: Final = {
    f"transmission-{VERSION}.schema.json": transmission,
    f"answer-{ANSWER_VERSION}.schema.json": answer,
}


def _line(columns: Mapping[str, str], kinds: list[str]) -> dict[str, Any]:
    types = {**TYPES, "kind": {"enum": kinds}}
    described = {name: {**types[name], "description": says} for name, says in columns.items()}
    return _object(described, list(columns))


def _row(table: Table) -> dict[str, Any]:
    cells: dict[str, Any] = {column.name: CELL for column in LIST[table]}
    if table is Table.ANSWERS:
        cells["answer"] = {"enum": [one.value for one in Answer]}
    for name in ("families", "structures", "emails"):
        if name in cells:
            cells[name] = {"type": ["string", "array", "null"], "items": {"type": "string"}}
    for name in ("book_by", "cancel_by", "hours"):
        if name in cells:
            cells[name] = {"type": ["string", "object", "null"]}
    return _object(cells, [column.name for column in LIST[table] if column.required])


def _object(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def written(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in SCHEMAS.items():
        (FOLDER / name).write_text(written(make()), encoding="utf-8")
