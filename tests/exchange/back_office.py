"""The town's other software, which knows nothing of ours but docs/exchange.md: it reads what lies
in the folder, acknowledges it, keeps its own books, and answers.
"""

import csv
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.exchange.schemas import check

Key = tuple[int, str, int]  # activity, day, ticket


@dataclass
class BackOffice:
    folder: Path
    states: dict[Key, str] = field(default_factory=dict)
    kinds: Counter[tuple[Key, str]] = field(default_factory=Counter)
    absent: dict[Key, tuple[bool, bool]] = field(default_factory=dict)
    balances: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    paid: Counter[tuple[str, str]] = field(default_factory=Counter)  # reference, amount
    children: dict[Key, tuple[int, int, str]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    sent: int = 0

    def take(self) -> int:
        """All that lies there; the same number again is only acknowledged again."""
        new = 0
        for path in sorted(self.folder.glob("*.json")):
            summary = path.read_bytes()
            told = json.loads(summary)
            check("transmission", told)
            table = path.with_suffix(".csv").read_bytes()
            news = path.with_name(f"{path.stem}-absences.csv").read_bytes()
            assert hashlib.sha256(table).hexdigest() == told["csv_sha256"]
            money = path.with_name(f"{path.stem}-payments.csv").read_bytes()
            assert hashlib.sha256(money).hexdigest() == told["payments_csv_sha256"]
            assert rows(money) == as_text(told["payments"])
            assert hashlib.sha256(news).hexdigest() == told["absences_csv_sha256"]
            assert rows(table) == as_text(told["movements"])
            assert rows(news) == as_text(told["absences"])
            if told["number"] not in self.numbers:
                self._book(told)
                new += 1
            path.with_suffix(".taken").write_text(hashlib.sha256(summary).hexdigest())
        return new

    def _book(self, told: dict[str, Any]) -> None:
        self.numbers.append(told["number"])
        assert told["counts"]["movements"] == len(told["movements"])
        for line in told["movements"]:
            key = line["activity"], line["day"], line["ticket"]
            self.kinds[key, line["kind"]] += 1
            self.states[key] = line["state"]
            self.children[key] = line["family"], line["child"], line["family_code"]
        for line in told["payments"]:
            self.paid[line["reference"], line["amount"]] += 1
        for line in told["absences"]:
            key = line["activity"], line["day"], line["ticket"]
            if line["kind"] == "withdrawn":
                del self.absent[key]
            else:
                self.absent[key] = line["billed"] == "yes", line["certified"] == "yes"

    def pending(self) -> list[Key]:
        return sorted(key for key, state in self.states.items() if state == "pending")

    def send(self, name: str | None = None, **tables: list[dict[str, Any]]) -> str:
        """Under another name first: whoever looks never finds half a file."""
        self.sent += 1
        answer = {"format": "cartable-answer", "version": 1, "about": f"n° {self.sent}", **tables}
        check("answer", answer)
        box = self.folder / "in"
        box.mkdir(parents=True, exist_ok=True)
        path = box / (name or f"{self.sent:04}.json")
        half = path.with_suffix(".part")
        half.write_text(json.dumps(answer))
        half.rename(path)
        return path.name

    def answer(self, key: Key, said: str, reason: str = "") -> dict[str, Any]:
        activity, day, ticket = key
        named = {"activity": f"#{activity}", "day": day, "ticket": ticket}
        return {**named, "answer": said, "reason": reason}


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(table.decode().splitlines()))


def as_text(lines: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{k: "" if v is None else str(v) for k, v in line.items()} for line in lines]
