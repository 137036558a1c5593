"""What an import is about to write and others write too, gathered before any of it is locked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domain.bookings.model import Booking
from domain.imports.model import Linked, Table
from domain.imports.reading import reference_of

FAMILYS: Final = frozenset({Table.CONSUMPTIONS, Table.PAYMENTS, Table.WALLETS})


@dataclass(slots=True)
class Needs:
    """Numbers and days alone, so that a whole town of them is a few megabytes.

    ``days``: whose places change. ``desks``: on which bookings change too, whoever holds them.
    """

    guardians: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    desks: set[date] = field(default_factory=set)
    children: set[int] = field(default_factory=set)
    families: set[int] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    town: bool = False

    def add(self, touched: Sequence[Linked]) -> None:
        """Lines that say something new, of one table."""
        if not touched:
            return
        self.town = True
        match touched[0].record.table:
            case Table.GUARDIANS:
                self.guardians |= _known(touched)
            case Table.CHILDREN:
                self.children |= _known(touched)
            case Table.OPENINGS:
                self.days |= {line.record.values["day"] for line in touched}
                closed = (line for line in touched if not line.record.values["open"])
                self.desks |= {line.record.values["day"] for line in closed}
            case table if table in FAMILYS:
                self.families |= {key for x in touched for key in x.refers.get("family", ())}
        if touched[0].record.table is Table.PAYMENTS:
            self.orders |= {reference_of(line.record) for line in touched} - {""}

    def answer(self, found: Collection[Booking]) -> None:
        self.days |= {booking.slot.day for booking in found}
        self.desks |= {booking.slot.day for booking in found}


def _known(lines: Sequence[Linked]) -> set[int]:
    return {line.id for line in lines if line.id is not None}
