"""Wallets, and what was debited and paid elsewhere: entries are added, never changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, func, insert, select, tuple_

from domain.imports.model import Linked, Problem, Trouble
from domain.imports.reading import reference_of
from domain.money.model import NOTHING, EntryKind
from storage.columns import Money
from storage.imports.codes import TICKETS, Codes
from storage.imports.orders import orders_there
from storage.imports.rows import add_entries, put_all
from storage.schema import (
    activity,
    booking,
    child_family,
    ledger_entry,
    payment,
    wallet,
)

WalletKey = tuple[int, int, str]
Ticket = tuple[int, date, int]


class Wallets:
    """``balance``: what it held when ``on`` was over, all of that day's entries counted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        wallets = open_wallets(self._connection, {_wallet(line) for line in lines})
        keys = [wallets[_wallet(line)] for line in lines]
        self._settle(keys, lines, at)
        return list(keys)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        self._settle([line.id for line in lines if line.id is not None], lines, at)

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        yield from ()

    def _settle(self, keys: Sequence[int], lines: Sequence[Linked], at: datetime) -> None:
        held, opened = self._held(keys, lines), self._opened(keys)
        rows = []
        for key, line in zip(keys, lines, strict=True):
            values = line.record.values
            missing = values["balance"] - held[key]
            if missing:
                kind = EntryKind.CORRECTION if key in opened else EntryKind.OPENING
                row = {"wallet_id": key, "kind": kind, "day": values["on"], "at": at}
                rows.append({**row, "amount": missing})
        add_entries(self._connection, rows)

    def _held(self, keys: Sequence[int], lines: Sequence[Linked]) -> Mapping[int, Decimal]:
        """The day of each line; asked for by day, as a file mostly has one."""
        held = dict.fromkeys(keys, NOTHING)
        by_day: dict[date, list[int]] = {}
        for key, line in zip(keys, lines, strict=True):
            by_day.setdefault(line.record.values["on"], []).append(key)
        entry = ledger_entry.c
        for day, theirs in by_day.items():
            query = (
                select(entry.wallet_id, func.sum(entry.amount, type_=Money()))
                .where(entry.wallet_id.in_(theirs), entry.day <= day)
                .group_by(entry.wallet_id)
            )
            held |= {row[0]: row[1] for row in self._connection.execute(query)}
        return held

    def _opened(self, keys: Sequence[int]) -> set[int]:
        query = select(ledger_entry.c.wallet_id).where(
            ledger_entry.c.wallet_id.in_(keys), ledger_entry.c.kind == EntryKind.OPENING
        )
        return set(self._connection.scalars(query))


class Consumptions:
    """With a ticket it is what the town counted for that booking: where Cartable has debited it
    already, only the difference is written, as a correction. One line a ticket: a second one would
    correct what the first has corrected.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection, self._codes = connection, Codes(connection)

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        owners = self._owners(lines)
        wallets = open_wallets(self._connection, set(owners))
        debited = self._debited(lines)
        rows, places = [], []
        for place, (line, owner) in enumerate(zip(lines, owners, strict=True)):
            row = _consumption(line, wallets[owner], at)
            before = debited.get(_ticket(line))
            if before is not None:
                row = _correction(row, before[0], -_total(line) - before[1])
            if before is None or row["amount"]:
                rows.append(row)
                places.append(place)
        self._codes.remember_tickets({_named(ticket) for x in lines if (ticket := _ticket(x))})
        added = dict(zip(places, add_entries(self._connection, rows), strict=True))
        return [added.get(place) for place in range(len(lines))]

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        raise NotImplementedError("entries of the ledger are never changed")

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        whole = [line for line in lines if {"family", "child", "activity"} <= line.refers.keys()]
        yield from self._strangers(whole)
        yield from self._said_before(whole)
        yield from self._unbooked(whole)

    def _strangers(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        pairs = {(line.one("family"), line.one("child")) for line in lines}
        key = tuple_(child_family.c.family_id, child_family.c.child_id)
        query = select(child_family.c.family_id, child_family.c.child_id).where(key.in_(pairs))
        kin = {tuple(row) for row in self._connection.execute(query)} if pairs else set()
        for line in lines:
            if (line.one("family"), line.one("child")) not in kin:
                yield line.record.problem(Trouble.NOT_OF_THE_FAMILY, "child")

    def _said_before(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        named = [(line, _named(ticket)) for line in lines if (ticket := _ticket(line))]
        said = set(self._codes.ids(TICKETS, {name for _, name in named}))
        for line, name in named:
            if name in said:
                yield line.record.problem(Trouble.TWICE, "ticket", first=name)
            said.add(name)

    def _unbooked(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        named = {ticket: line for line in lines if (ticket := _ticket(line)) is not None}
        if not named:
            return
        key = tuple_(booking.c.activity_id, booking.c.day, booking.c.ticket)
        query = select(
            booking.c.activity_id,
            booking.c.day,
            booking.c.ticket,
            booking.c.child_id,
            booking.c.family_id,
        ).where(key.in_(named))
        there = {tuple(row[:3]): tuple(row[3:]) for row in self._connection.execute(query)}
        for ticket, line in named.items():
            if there.get(ticket) != (line.one("child"), line.one("family")):
                yield line.record.problem(Trouble.NO_SUCH_BOOKING, "ticket")

    def _owners(self, lines: Sequence[Linked]) -> list[WalletKey]:
        """The wallet that pays the activity."""
        query = select(activity.c.id, activity.c.structure_id, activity.c.wallet)
        query = query.where(activity.c.id.in_({line.one("activity") for line in lines}))
        pays = {row[0]: (row[1], row[2]) for row in self._connection.execute(query)}
        return [(line.one("family"), *pays[line.one("activity")]) for line in lines]

    def _debited(self, lines: Sequence[Linked]) -> Mapping[Ticket | None, tuple[int, Decimal]]:
        """The wallet and the amount that Cartable has written for these tickets, corrections not
        counted: each line corrects once.
        """
        tickets = {ticket for line in lines if (ticket := _ticket(line)) is not None}
        if not tickets:
            return {}
        entry = ledger_entry.c
        query = select(entry.activity_id, entry.day, entry.ticket, entry.wallet_id, entry.amount)
        query = query.where(tuple_(entry.activity_id, entry.day, entry.ticket).in_(tickets))
        rows = self._connection.execute(query)
        return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}


class Payments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> Sequence[int | None]:
        wallets = open_wallets(self._connection, {_wallet(line) for line in lines})
        rows = [
            {
                "wallet_id": wallets[_wallet(line)],
                "kind": EntryKind.PAYMENT
                if line.record.values["amount"] > 0
                else EntryKind.REFUND,
                "day": line.record.values["day"],
                "at": at,
                "amount": line.record.values["amount"],
            }
            for line in lines
        ]
        added = add_entries(self._connection, rows)
        written = [
            {
                "entry_id": key,
                **{n: line.record.values[n] or "" for n in ("mode", "number", "payer", "bank")},
                "nth": None,
                **({"number": line.order, "nth": 1} if line.order else {}),
            }
            for key, line in zip(added, lines, strict=True)
        ]
        if written:  # one of an order that is there already is refused, and all of the file
            self._connection.execute(insert(payment), written)
        return list(added)

    def change(self, lines: Sequence[Linked], at: datetime) -> None:
        raise NotImplementedError("entries of the ledger are never changed")

    def conflicts(self, lines: Sequence[Linked]) -> Iterator[Problem]:
        named = [line for line in lines if line.record.values["reference"]]
        there = orders_there(self._connection, {reference_of(line.record) for line in named})
        for line in named:
            if line.record.values["reference"] not in there:
                yield line.record.problem(Trouble.NO_SUCH_ORDER, "reference")


def open_wallets(connection: Connection, wanted: set[WalletKey]) -> Mapping[WalletKey, int]:
    """Those that are not there yet are opened, empty."""
    names = ("family_id", "structure_id", "name")
    rows = [{**dict(zip(names, key, strict=True)), "balance": NOTHING} for key in sorted(wanted)]
    put_all(connection, wallet, rows)
    query = select(wallet.c.family_id, wallet.c.structure_id, wallet.c.name, wallet.c.id)
    query = query.where(wallet.c.family_id.in_({key[0] for key in wanted}))
    return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}


def _wallet(line: Linked) -> WalletKey:
    return line.one("family"), line.one("structure"), line.record.values["wallet"]


def _ticket(line: Linked) -> Ticket | None:
    values = line.record.values
    if values["ticket"] is None:
        return None
    return line.one("activity"), values["day"], values["ticket"]


def _named(ticket: Ticket) -> str:
    activity, day, number = ticket
    return f"{activity}/{day}/{number}"


def _total(line: Linked) -> Decimal:
    price: Decimal = line.record.values["unit_price"]
    return price * int(line.record.values["quantity"])


def _consumption(line: Linked, wallet_id: int, at: datetime) -> dict[str, object]:
    values = line.record.values
    total = _total(line)
    return {
        "wallet_id": wallet_id,
        "kind": EntryKind.CONSUMPTION,
        "day": values["day"],
        "at": at,
        "amount": -total,
        "child_id": line.one("child"),
        "activity_id": line.one("activity"),
        "ticket": values["ticket"],
        "unit_price": values["unit_price"],
        "quantity": values["quantity"],
        "booked_price": total,
    }


def _correction(
    of: Mapping[str, object], wallet_id: int, difference: Decimal
) -> dict[str, object]:
    """The same columns, so that all are added by one statement."""
    kept = {name: of[name] if name in {"day", "at"} else None for name in of}
    return {
        **kept,
        "wallet_id": wallet_id,
        "kind": EntryKind.CORRECTION,
        "amount": difference,
    }
