"""A file that is being imported, line by line on the disk: 50 000 families in bounded memory.

A SQLite database without a name: the system takes it away when its handle is closed, however the
process ends, and no path ever leads to it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, Final

from domain.imports.checking import MOST_TOLD
from domain.imports.model import Problem, Record, Table, Trouble
from domain.imports.reading import from_data, to_data, unique

CHUNK: Final = 500
KEYS_AT_ONCE: Final = 500
CACHE_KIB: Final = 8192
TABLES: Final = """
    CREATE TABLE line (
        id INTEGER PRIMARY KEY, kind TEXT, file TEXT, number INTEGER, key TEXT, said TEXT
    );
    CREATE INDEX line_kind ON line (kind, id);
    CREATE TABLE said (
        space TEXT, key TEXT, file TEXT, number INTEGER, PRIMARY KEY (space, key)
    ) WITHOUT ROWID;
"""


class Spool:
    """``domain.imports.ports.Staged``."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("PRAGMA temp_store = FILE")
        self._database.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._database.executescript(TABLES)
        self._database.execute("BEGIN")
        self.problems: list[Problem] = []
        self.troubles = 0
        self.lines = 0
        self.checksum = ""

    def close(self) -> None:
        self._database.close()

    def tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.troubles += 1
            if len(self.problems) < MOST_TOLD:
                self.problems.append(problem)

    def add(self, table: Table, file: str, number: int, key: str, record: Record | None) -> None:
        """Without a record the line is there, and cannot be read."""
        self.lines += 1
        spaces = unique(record) if record is not None else [(table.value, key, "")]
        for space, said, column in spaces:
            if first := self._said_first(space, said, file, number):
                where = {"first": first}
                self.tell([Problem(file, number, column, Trouble.TWICE, where)])
                return
        if record is not None:
            said = json.dumps(to_data(record.values), ensure_ascii=False)
            self._database.execute(
                "INSERT INTO line (kind, file, number, key, said) VALUES (?, ?, ?, ?, ?)",
                (table.value, file, number, key, said),
            )

    def chunks(self, table: Table) -> Iterator[Sequence[Record]]:
        last = 0
        while True:
            rows = self._database.execute(
                "SELECT id, file, number, key, said FROM line WHERE kind = ? AND id > ? "
                "ORDER BY id LIMIT ?",
                (table.value, last, CHUNK),
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [_record(table, row) for row in rows]

    def has(self, table: Table, keys: Set[str]) -> Set[str]:
        found: set[str] = set()
        listed = sorted(keys)
        for at in range(0, len(listed), KEYS_AT_ONCE):
            some = listed[at : at + KEYS_AT_ONCE]
            marks = ",".join("?" * len(some))
            found.update(
                row[0]
                for row in self._database.execute(
                    f"SELECT key FROM said WHERE space = ? AND key IN ({marks})",  # noqa: S608
                    (table.value, *some),
                )
            )
        return found

    def _said_first(self, space: str, key: str, file: str, number: int) -> str | None:
        """Where it was said before; None where this is the first time."""
        added = self._database.execute(
            "INSERT INTO said VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (space, key, file, number),
        )
        if added.rowcount == 1:
            return None
        row = self._database.execute(
            "SELECT file, number FROM said WHERE space = ? AND key = ?", (space, key)
        ).fetchone()
        return f"{row[0]}:{row[1]}"


def _record(table: Table, row: Sequence[Any]) -> Record:
    _, file, number, key, said = row
    return Record(table, file, number, key, from_data(table, json.loads(said)))
