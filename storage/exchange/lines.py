"""What the town's back office is handed each night (X2): three CSV, and one JSON beside them.

``<structure>-<number>-<night>.csv`` holds a line a movement, in the order of request, after a
header of the names in ``COLUMNS``; ``...-absences.csv`` a line a piece of news of an absence;
``...-payments.csv`` a line a payment that was made online. Commas between cells, a dot in amounts,
CRLF, UTF-8. The JSON of the same name holds the same lines with the number, the counts and the
SHA-256 of each CSV; it is written last, so whoever finds it may take all four. Numbers and codes
only: no name leaves by this door, nor why a child is absent.

All are a function of what the transmission has claimed: written again, they are the same bytes. A
code is the town's own; a row has it from its first instant, or never.
"""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final, TypeAlias

from domain.reports.model import (
    Contents,
    Reported,
    ReportedAbsence,
    ReportedPayment,
    TownCodes,
    Transmission,
)

FORMAT: Final = "cartable-transmission"
VERSION: Final = 3
COLUMNS: Final[Mapping[str, str]] = {
    "structure": "id of the structure",
    "number": "number of the transmission, 1, 2, 3... per structure",
    "line": "1, 2, 3... in this file: the order of request",
    "kind": "booking, cancellation, change of hours (asked by the family); promotion, approval, "
    "refusal, waitlisting, closure, lapse",
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
    "family_code": "the town's own code of the family, where it was imported",
    "child_code": "likewise of the child",
    "activity_code": "likewise of the activity",
}
ABSENCE_COLUMNS: Final[Mapping[str, str]] = {
    "structure": "id of the structure",
    "number": "number of the transmission",
    "line": "1, 2, 3... in this file: the order in which it became known",
    "kind": "declared, changed (billed or proved otherwise than before), withdrawn",
    "family": "id of the family",
    "child": "id of the child",
    "activity": "id of the activity",
    "day": "day of the service, YYYY-MM-DD",
    "ticket": "with activity and day, names the booking for ever",
    "at": "instant at which the family said so, UTC, ISO 8601",
    "billed": "yes or no: what the family was told",
    "certified": "yes or no: a certificate was given",
    "family_code": "the town's own code of the family, where it was imported",
    "child_code": "likewise of the child",
    "activity_code": "likewise of the activity",
}
PAYMENT_COLUMNS: Final[Mapping[str, str]] = {
    "structure": "id of the structure",
    "number": "number of the transmission",
    "line": "1, 2, 3... in this file: the order in which it was credited",
    "family": "id of the family",
    "wallet": "name of the wallet",
    "day": "day of the payment, YYYY-MM-DD",
    "at": "instant at which it was credited, UTC, ISO 8601",
    "amount": "EUR",
    "mode": "how it was paid, as its provider says",
    "provider": "telegram, payfip",
    "reference": "of the order: what the family and the Trésor know (PayFiP: REFDET); name it so "
    "where your payments tell of it",
    "provider_reference": "the provider's own, one for each payment (PayFiP: idOp)",
    "family_code": "the town's own code of the family, where it was imported",
}

Cell: TypeAlias = str | int | None
Line: TypeAlias = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Handed:
    """The four files, and the checksum that acknowledges them."""

    table: bytes
    absences: bytes
    payments: bytes
    summary: bytes
    checksum: str


def handed(transmission: Transmission, contents: Contents) -> Handed:
    lines = [_line(transmission, n, told) for n, told in enumerate(contents.movements, start=1)]
    news = [_absence(transmission, n, told) for n, told in enumerate(contents.absences, start=1)]
    paid = [_payment(transmission, n, told) for n, told in enumerate(contents.payments, start=1)]
    table, other, money = (
        _csv(COLUMNS, lines),
        _csv(ABSENCE_COLUMNS, news),
        _csv(PAYMENT_COLUMNS, paid),
    )
    sums = {
        "csv_sha256": hashlib.sha256(table).hexdigest(),
        "absences_csv_sha256": hashlib.sha256(other).hexdigest(),
        "payments_csv_sha256": hashlib.sha256(money).hexdigest(),
    }
    told = {"movements": lines, "absences": news, "payments": paid}
    summary = _json(transmission, told, sums)
    return Handed(table, other, money, summary, sums["csv_sha256"])


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
        **_codes(told.codes),
    }


def _absence(transmission: Transmission, number: int, told: ReportedAbsence) -> Line:
    news = told.news
    return {
        "structure": transmission.structure_id,
        "number": transmission.number,
        "line": number,
        "kind": news.what.value,
        "family": news.family_id,
        "child": news.slot.child_id,
        "activity": news.slot.activity_id,
        "day": news.slot.day.isoformat(),
        "ticket": news.ticket,
        "at": news.at.isoformat(),
        "billed": "yes" if news.billed else "no",
        "certified": "yes" if news.certified else "no",
        **_codes(told.codes),
    }


def _payment(transmission: Transmission, number: int, told: ReportedPayment) -> Line:
    return {
        "structure": transmission.structure_id,
        "number": transmission.number,
        "line": number,
        "family": told.family_id,
        "wallet": told.wallet,
        "day": told.day.isoformat(),
        "at": told.at.isoformat(),
        "amount": f"{told.amount:.2f}",
        "mode": told.mode,
        "provider": told.provider,
        "reference": told.reference,
        "provider_reference": told.provider_reference,
        "family_code": told.family_code,
    }


def _codes(codes: TownCodes) -> Line:
    return {
        "family_code": codes.family,
        "child_code": codes.child,
        "activity_code": codes.activity,
    }


def _csv(columns: Iterable[str], lines: Sequence[Line]) -> bytes:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    writer.writerows({name: harmless(cell) for name, cell in line.items()} for line in lines)
    return text.getvalue().encode()


def _json(
    transmission: Transmission,
    told: Mapping[str, Sequence[Line]],
    sums: Mapping[str, str],
) -> bytes:
    kinds = Counter(line["kind"] for line in told["movements"])
    content = {
        "format": FORMAT,
        "version": VERSION,
        "structure": transmission.structure_id,
        "number": transmission.number,
        "night": transmission.night.isoformat(),
        "claimed_at": transmission.claimed_at.isoformat(),
        "counts": {
            **{what: len(lines) for what, lines in told.items()},
            **{str(kind): kinds[kind] for kind in sorted(kinds, key=str)},
        },
        **sums,
        **told,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
