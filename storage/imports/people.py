"""Families, who they are, and where their children are enrolled."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from domain.imports.model import Linked, Problem, Trouble
from storage.columns import keyring_of
from storage.imports.rows import add_all, change_all, put_all
from storage.lookups import identifier_index
from storage.schema import (
    child,
    child_family,
    enrolment,
    family,
    family_quotient,
    guardian,
    guardian_structure,
    structure,
)


class Families:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        rows = [{"is_resident": line.record.values["resident"]} for line in lines]
        return list(add_all(self._connection, family, rows))

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        rows = [{"id": x.id, "is_resident": x.record.values["resident"]} for x in lines]
        change_all(self._connection, family, rows)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()


class Quotients:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        names = ("valid_from", "valid_to", "value")
        rows = [
            {"family_id": line.one("family"), **{n: line.record.values[n] for n in names}}
            for line in lines
        ]
        put_all(self._connection, family_quotient, rows, "valid_to", "value")
        return [None] * len(lines)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        self.add(lines, at, "")

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()


class Guardians:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keyring = keyring_of(connection.dialect)

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        new = {"password_hash": nobodys}
        rows = [
            {"family_id": line.one("family"), **self._said(line), **new, **_display(line)}
            for line in lines
        ]
        added = add_all(self._connection, guardian, rows)
        self._join(zip(added, lines, strict=True))
        return list(added)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        """Not the language nor the display, which are theirs to choose."""
        change_all(self._connection, guardian, [{"id": x.id, **self._said(x)} for x in lines])
        self._join((line.id, line) for line in lines if line.id is not None)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        indexes = {self._index(line): line for line in lines}
        query = select(guardian.c.identifier_index, guardian.c.id)
        query = query.where(guardian.c.identifier_index.in_(indexes))
        for index, key in self._connection.execute(query):
            line = indexes[bytes(index)]
            if line.id != key:
                yield line.record.problem(Trouble.IDENTIFIER_TAKEN, "identifier")
        there = {line.id: line for line in lines if line.id is not None}
        owners = select(guardian.c.id, guardian.c.family_id).where(guardian.c.id.in_(there))
        for key, owner in self._connection.execute(owners):
            if there[key].refers.get("family") != (owner,):
                yield there[key].record.problem(Trouble.ANOTHER_FAMILY, "family")

    def _index(self, line: Linked) -> bytes:
        return identifier_index(self._keyring, line.record.values["identifier"])

    def _said(self, line: Linked) -> dict[str, object]:
        values = line.record.values
        return {
            "civility": values["civility"] or "",
            "first_name": values["first_name"],
            "last_name": values["last_name"],
            "emails": list(values["emails"] or ()),
            "identifier": values["identifier"],
            "identifier_index": self._index(line),
        }

    def _join(self, guardians: "Iterator[tuple[int, Linked]] | zip[tuple[int, Linked]]") -> None:
        everywhere = tuple(self._connection.scalars(select(structure.c.id)))
        rows = [
            {"guardian_id": key, "structure_id": of}
            for key, line in guardians
            for of in line.refers.get("structures") or everywhere
        ]
        put_all(self._connection, guardian_structure, rows)


class Children:
    """One more family is added (A11); none is taken away, since it may have booked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        added = add_all(self._connection, child, [_names(line) for line in lines])
        self._join(added, lines)
        return list(added)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        change_all(self._connection, child, [{"id": x.id, **_names(x)} for x in lines])
        self._join([line.id for line in lines], lines)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()

    def _join(self, keys: Sequence[int | None], lines: Sequence[Linked]) -> None:
        rows = [
            {"family_id": of, "child_id": key}
            for key, line in zip(keys, lines, strict=True)
            for of in line.refers["families"]
        ]
        put_all(self._connection, child_family, rows)


class Enrolments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        """One that an agent has entered already is the same one."""
        rows = [_enrolment(line) for line in lines]
        key = ("child_id", "activity_id", "valid_from")
        put_all(self._connection, enrolment, rows, "valid_to", "age_group", key=key)
        return [None] * len(lines)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        self.add(lines, at, "")

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()


def _display(line: Linked) -> dict[str, object]:
    return {name: line.record.values[name] for name in ("locale", "display")}


def _names(line: Linked) -> dict[str, object]:
    said = line.record.values
    return {n: said[n] for n in ("first_name", "last_name", "school_class") if n in said}


def _enrolment(line: Linked) -> dict[str, object]:
    names = ("valid_from", "valid_to", "age_group")
    return {
        "child_id": line.one("child"),
        "activity_id": line.one("activity"),
        **{name: line.record.values[name] for name in names},
    }
