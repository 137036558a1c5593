"""What the town's back office is handed each night (X2): one CSV, and one JSON beside it.

``<structure>-<number>-<night>.csv`` holds a line a movement, in the order of request, after a
header of the names in ``COLUMNS``; commas between cells, a dot in amounts, CRLF, UTF-8. The JSON
of the same name holds the same lines with the number, the counts and the SHA-256 of the CSV; it
is written last, so whoever finds it may take both. Ids only: no name leaves by this door.

Both are a function of the transmission and its movements alone: written again, they are the same
bytes.
"""

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final, TypeAlias

from domain.reports.model import Reported, Transmission

FORMAT: Final = "cartable-transmission"
VERSION: Final = 1
COLUMNS: Final[Mapping[str, str]] = {
    "structure": "id of the structure",
    "number": "number of the transmission, 1, 2, 3... per structure",
    "line": "1, 2, 3... in this file: the order of request",
    "kind": "booking, cancellation, change of hours (asked by the family); promotion, approval, "
    "refusal, closure, lapse",
    "family": "id of the family",
    "guardian": "id of the guardian who asked; empty when the town or the queue decided",
    "child": "id of the child",
    "activity": "id of the activity",
    "day": "day of the service, YYYY-MM-DD",
    "ticket": "with activity and day, names the booking for ever",
    "arrival": "HH:MM",
    "departure": "HH:MM",
    "price": "EUR, as it was at booking",
    "requested_at": "instant of the request, UTC, ISO 8601",
    "state_then": "state of the booking right after this movement",
    "state": "state of the booking when the transmission was closed",
}

Cell: TypeAlias = str | int | None
Line: TypeAlias = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class ExchangeFolder:
    """``domain.reports.ports.ExchangeFiles`` in a folder, which is made when it is missing."""

    folder: Path

    def write(self, transmission: Transmission, movements: Sequence[Reported]) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [_line(transmission, n, told) for n, told in enumerate(movements, start=1)]
        table = _csv(lines)
        checksum = hashlib.sha256(table).hexdigest()
        path = self.folder / file_name(transmission)
        _replace(path.with_suffix(".csv"), table)
        _replace(path.with_suffix(".json"), _json(transmission, lines, checksum))
        return checksum


def file_name(transmission: Transmission) -> str:
    """Without its suffix; sorts by number within a structure."""
    return f"{transmission.structure_id}-{transmission.number:06}-{transmission.night}"


def harmless(cell: Cell) -> Cell:
    """A cell that a spreadsheet would run as a formula becomes a text that starts with a quote."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + cell
    return cell


def _line(transmission: Transmission, number: int, told: Reported) -> Line:
    movement = told.movement
    return {
        "structure": transmission.structure_id,
        "number": transmission.number,
        "line": number,
        "kind": movement.kind.value,
        "family": movement.family_id,
        "guardian": movement.guardian_id,
        "child": movement.slot.child_id,
        "activity": movement.slot.activity_id,
        "day": movement.slot.day.isoformat(),
        "ticket": movement.ticket,
        "arrival": f"{movement.arrival:%H:%M}",
        "departure": f"{movement.departure:%H:%M}",
        "price": f"{movement.price:.2f}",
        "requested_at": movement.at.isoformat(),
        "state_then": movement.state.value,
        "state": told.state.value,
    }


def _csv(lines: Sequence[Line]) -> bytes:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(COLUMNS))
    writer.writeheader()
    writer.writerows({name: harmless(cell) for name, cell in line.items()} for line in lines)
    return text.getvalue().encode()


def _json(transmission: Transmission, lines: Sequence[Line], checksum: str) -> bytes:
    kinds = Counter(line["kind"] for line in lines)
    content = {
        "format": FORMAT,
        "version": VERSION,
        "structure": transmission.structure_id,
        "number": transmission.number,
        "night": transmission.night.isoformat(),
        "claimed_at": transmission.claimed_at.isoformat(),
        "counts": {
            "movements": len(lines),
            **{str(kind): kinds[kind] for kind in sorted(kinds, key=str)},
        },
        "csv_sha256": checksum,
        "movements": lines,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _replace(path: Path, content: bytes) -> None:
    """There whole, or not at all, whenever the machine stops."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The new name, too, must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
