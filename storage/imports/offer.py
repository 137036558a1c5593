"""What a town offers: structures, calendars, activities, days, prices."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from domain.imports.cells import UNLIMITED
from domain.imports.model import Linked, Problem, Trouble
from storage.imports.codes import POOLS, Codes
from storage.imports.rows import add_all, change_all, put_all
from storage.schema import (
    activity,
    activity_draw,
    opening_day,
    pool,
    pool_day,
    public_holiday,
    school_holiday,
    structure,
    tariff,
)

Values = Mapping[str, Any]


class Structures:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        rows = [_structure(line.record.values, at) for line in lines]
        return add_all(self._connection, structure, rows)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        rows = [{"id": line.id, **_structure(line.record.values, at)} for line in lines]
        change_all(self._connection, structure, rows)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()


class Holidays:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        self._put(lines)
        return [None] * len(lines)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        self._put(lines)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()

    def _put(self, lines: Sequence[Linked]) -> None:
        school, public = [], []
        for line in lines:
            values, of = line.record.values, line.one("structure")
            first, last = values["first"], values["last"] or values["first"]
            if values["kind"] == "school":
                school.append({"structure_id": of, "first": first, "last": last})
            else:
                days = (
                    date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)
                )
                public += [{"structure_id": of, "day": day} for day in days]
        put_all(self._connection, school_holiday, school, "last")
        put_all(self._connection, public_holiday, public)


class Activities:
    """Each draws on one pool: its own, or one that it shares by the same code."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._codes = connection, Codes(connection)

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        pools = self._pools(lines)
        rows = [
            {"structure_id": line.one("structure"), **_activity(line.record.values)}
            for line in lines
        ]
        added = add_all(self._connection, activity, rows)
        add_all(
            self._connection,
            activity_draw,
            [
                {"activity_id": key, "pool_id": pools[_pool(line)], "age_group": None}
                for key, line in zip(added, lines, strict=True)
            ],
        )
        return list(added)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        rows = [{"id": line.id, **_activity(line.record.values)} for line in lines]
        change_all(self._connection, activity, rows)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        there = {line.id for line in lines if line.id is not None}
        if not there:
            return
        query = select(activity.c.id, activity.c.structure_id).where(activity.c.id.in_(there))
        owners: dict[int, int] = dict(map(tuple, self._connection.execute(query)))
        drawn = select(activity_draw.c.activity_id, activity_draw.c.pool_id)
        drawn = drawn.where(activity_draw.c.activity_id.in_(there))
        pools: dict[int, int] = dict(map(tuple, self._connection.execute(drawn)))
        codes = self._codes.ids(POOLS, {_pool(line) for line in lines})
        for line in lines:
            if line.id is None:
                continue
            if line.refers.get("structure") != (owners[line.id],):
                yield line.record.problem(Trouble.ANOTHER_STRUCTURE, "structure")
            if codes.get(_pool(line)) != pools.get(line.id):
                yield line.record.problem(Trouble.ANOTHER_POOL, "pool")

    def _pools(self, lines: Sequence[Linked]) -> Mapping[str, int]:
        wanted = {_pool(line): line for line in lines}
        known = dict(self._codes.ids(POOLS, wanted.keys()))
        missing = {code: line for code, line in wanted.items() if code not in known}
        rows = [
            {"structure_id": line.one("structure"), "name": _pool_name(line)}
            for line in missing.values()
        ]
        added = dict(zip(missing, add_all(self._connection, pool, rows), strict=True))
        self._codes.remember_pools(added)
        return known | added


class Openings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        self._put(lines)
        return [None] * len(lines)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        self._put(lines)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        """Fewer places than are taken."""
        asked = [line for line in lines if (line.record.values["places"] or UNLIMITED) >= 0]
        asked = [line for line in asked if "activity" in line.refers]
        days = {(line.one("activity"), line.record.values["day"]) for line in asked}
        if not days:
            return
        query = (
            select(activity_draw.c.activity_id, pool_day.c.day, func.max(pool_day.c.taken))
            .join_from(activity_draw, pool_day, pool_day.c.pool_id == activity_draw.c.pool_id)
            .where(
                activity_draw.c.age_group.is_(None),
                tuple_(activity_draw.c.activity_id, pool_day.c.day).in_(days),
            )
            .group_by(activity_draw.c.activity_id, pool_day.c.day)
        )
        taken = {(row[0], row[1]): row[2] for row in self._connection.execute(query)}
        for line in asked:
            values = line.record.values
            held = taken.get((line.one("activity"), values["day"]), 0)
            if values["places"] < held:
                yield line.record.problem(Trouble.FEWER_THAN_TAKEN, "places", taken=held)

    def _put(self, lines: Sequence[Linked]) -> None:
        days = [
            {
                "activity_id": line.one("activity"),
                "day": line.record.values["day"],
                "is_open": line.record.values["open"],
                "arrival": line.record.values["arrival"],
                "departure": line.record.values["departure"],
            }
            for line in lines
        ]
        put_all(self._connection, opening_day, days, "is_open", "arrival", "departure")
        pools = self._pools({line.one("activity") for line in lines})
        silent: dict[tuple[int, date], dict[str, Any]] = {}
        said: dict[tuple[int, date], dict[str, Any]] = {}
        for line in lines:
            values = line.record.values
            key = pools[line.one("activity")], values["day"]
            row = {"pool_id": key[0], "day": key[1], "capacity": _capacity(values["places"])}
            (silent if values["places"] is None else said)[key] = row
        # By day and pool, as those who book lock them.
        for rows, names in ((said, ("capacity",)), (silent, ())):
            ordered = sorted(rows.values(), key=lambda row: (row["day"], row["pool_id"]))
            put_all(self._connection, pool_day, ordered, *names)

    def _pools(self, activities: set[int]) -> Mapping[int, int]:
        query = select(activity_draw.c.activity_id, func.min(activity_draw.c.pool_id)).where(
            activity_draw.c.activity_id.in_(activities), activity_draw.c.age_group.is_(None)
        )
        rows = self._connection.execute(query.group_by(activity_draw.c.activity_id))
        return {row[0]: row[1] for row in rows}


class Tariffs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        return list(add_all(self._connection, tariff, [_tariff(line) for line in lines]))

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        rows = [{"id": line.id, **_tariff(line)} for line in lines]
        change_all(self._connection, tariff, rows)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()


def _structure(values: Values, at: datetime) -> dict[str, object]:
    return {
        "name": values["name"],
        "welcome": values["welcome"] or "",
        "zone": values["zone"],
        "draft_hours": values["draft_hours"],
        "debt_threshold": values["debt_threshold"],
        "updated_at": at,
    }


def _activity(values: Values) -> dict[str, object]:
    return {
        "name": values["name"],
        "arrival": values["arrival"],
        "departure": values["departure"],
        "weekdays": list(values["weekdays"]),
        "book_by": json.loads(values["book_by"]),
        "cancel_by": json.loads(values["cancel_by"]),
        "wallet": values["wallet"],
        "waitlist": values["waitlist"],
        "approval": values["approval"],
        "offer_minutes": values["offer_minutes"],
        "may_overlap": values["may_overlap"],
        "hours": None if values["hours"] is None else json.loads(values["hours"]),
        "absence_billing": json.loads(values["absences"]),
    }


def _pool(line: Linked) -> str:
    values = line.record.values
    return str(values["pool"] or values["code"])


def _pool_name(line: Linked) -> str:
    values = line.record.values
    return str(values["pool"] or values["name"])


def _capacity(places: int | None) -> int | None:
    return None if places is None or places == UNLIMITED else places


def _tariff(line: Linked) -> dict[str, object]:
    return {
        "activity_id": line.one("activity"),
        **{
            name: line.record.values[name]
            for name in (
                "valid_from",
                "valid_to",
                "day_kind",
                "bracket_min",
                "bracket_max",
                "slice_minutes",
                "amount",
                "minimum",
                "cap",
            )
        },
    }
