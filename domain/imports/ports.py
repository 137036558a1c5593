from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol, TypeAlias

from domain.activities.catalogue import Catalogue
from domain.activities.model import ActivityId, StructureId
from domain.alerts.ports import Alerts
from domain.audit.ports import AuditLog
from domain.bookings.model import Booking
from domain.bookings.ports import BookingTx
from domain.families.model import FamilyId
from domain.imports.holding import Needs
from domain.imports.model import Linked, Outcome, Problem, Record, Table

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told from any thread: ``reading``, ``checking`` or ``writing``; lines done, lines in all (0:
not known yet).
"""

BookingKey: TypeAlias = tuple[ActivityId, date, int]
"""Activity, day and ticket name a booking for ever."""


class Staged(Protocol):
    """A file that was read once and waits on the disk: it may hold 50 000 families.

    What is wrong with cells, lines and files, or said twice, is told already.
    """

    @property
    def problems(self) -> Sequence[Problem]:
        """The first ones, in the order of the file."""

    @property
    def troubles(self) -> int:
        """All of them."""

    @property
    def lines(self) -> int: ...

    @property
    def checksum(self) -> str:
        """SHA-256 of what was read."""

    def chunks(self, table: Table) -> Iterator[Sequence[Record]]:
        """Some hundred lines at a time, in the order of the file; again when asked again."""

    def has(self, table: Table, keys: Set[str]) -> Set[str]:
        """Those of them that are in the file, readable or not."""


Staging: TypeAlias = Callable[[Path, Progress], AbstractAsyncContextManager[Staged]]
"""Reads a folder of CSV files, or one file: CSV, XLSX or JSON. What it kept is gone at the end."""


@dataclass(frozen=True, slots=True)
class Known:
    """``same``: the line said exactly this the last time. ``id``: None where the row has none."""

    id: int | None
    same: bool


@dataclass(frozen=True, slots=True)
class PaidOnline:
    """A payment of an order, in a wallet. ``told``: a line of the town was recognised as it, or
    wrote it.
    """

    entry: int
    family: FamilyId
    structure: StructureId
    wallet: str
    amount: Decimal
    told: bool


class ImportTx(Alerts, AuditLog, Protocol):
    """The town's tables, inside one transaction; set by set, never line by line."""

    @property
    def bookings(self) -> BookingTx: ...

    def catalogue(self) -> Catalogue:
        """As this transaction has left it."""

    def take(self, checksum: str, name: str, at: datetime) -> bool:
        """False when a file with this content was taken before (X2)."""

    def one_at_a_time(self) -> None:
        """Another import waits here."""

    def hold(self, needs: Needs) -> None:
        """Waits until nobody else writes these, in the order of all who do: structures, guardians,
        places by day, children, wallets. What is written afterwards waits for nobody.
        """

    def ids(self, table: Table, codes: Set[str]) -> Mapping[str, int]:
        """By the town's code, or by ``#`` and Cartable's own number. Unknown ones are absent."""

    def codes(self, table: Table, numbers: Set[str]) -> Mapping[str, str]:
        """The town's code of each ``#`` and number; without one, the number as it is written
        shortest.
        """

    def known(self, records: Sequence[Record]) -> Mapping[str, Known]:
        """By key; what was never imported is absent."""

    def conflicts(self, lines: Sequence[Linked]) -> Iterable[Problem]:
        """What the town holds that these lines contradict."""

    def add(self, lines: Sequence[Linked], at: datetime, nobodys: str) -> None:
        """``nobodys``: the hash of a password that nobody knows, for new guardians."""

    def change(self, lines: Sequence[Linked], at: datetime) -> None: ...

    def paid_online(self, references: Set[str]) -> Mapping[str, Sequence[PaidOnline]]:
        """What was credited of each of these orders, first to last; whoever credits waits. Those
        that are no order's are absent.
        """

    def recognise(self, lines: Sequence[tuple[Linked, PaidOnline | None]]) -> None:
        """These lines tell of those payments; of None, nothing is credited by it."""

    def bookings_named(self, keys: Set[BookingKey]) -> Mapping[BookingKey, Booking]: ...

    def holders_on(self, days: Set[tuple[ActivityId, date]]) -> Set[tuple[ActivityId, date]]:
        """Those of these days on which somebody holds or waits for a place."""

    def publish(self, at: datetime) -> None:
        """Running bots read the town again; its data is from this instant (A9)."""


class Author(Protocol):
    """Whoever imports, where they are not the operator."""

    def check(self, tx: ImportTx) -> None:
        """Raises a DomainError where they may not."""

    def note(self, tx: ImportTx, done: Outcome, at: datetime) -> None:
        """In the transaction that it tells of."""
