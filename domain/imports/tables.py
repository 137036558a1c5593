"""The tables of the exchange, column by column: the one description that reading, the template,
the schemas and the documentation follow (X3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.activities.model import Waitlist
from domain.activities.tariffs import DayKind
from domain.families.model import Display
from domain.imports import cells
from domain.imports.cells import Read
from domain.imports.model import Table

VERSION: Final = 1
EXAMPLE: Final = "EXEMPLE-"
"""A line whose first column begins so is the template's own, and passed over."""


@dataclass(frozen=True, slots=True)
class Column:
    """``default`` stands for an empty cell. ``key``: part of what names the line. ``later``: files
    were imported before it was there, and say by its absence what an empty cell says. ``stays``:
    what is there stays where a file has no such column; at the end of a table.
    """

    name: str
    read: Read = cells.text
    required: bool = False
    default: str = ""
    key: bool = False
    refers: Table | None = None
    later: bool = False
    stays: bool = False


def _key(name: str, read: Read = cells.code, refers: Table | None = None) -> Column:
    return Column(name, read, required=True, key=True, refers=refers)


def _must(name: str, read: Read = cells.text, refers: Table | None = None) -> Column:
    return Column(name, read, required=True, refers=refers)


LIST: Final[Mapping[Table, tuple[Column, ...]]] = {
    Table.STRUCTURES: (
        _key("code"),
        _must("name"),
        Column("welcome"),
        Column("zone", cells.zone, default="Europe/Paris"),
        Column("draft_hours", cells.number, default="24"),
        Column("debt_threshold", cells.amount, default="0"),
    ),
    Table.HOLIDAYS: (
        _key("structure", refers=Table.STRUCTURES),
        _key("kind", cells.one_of(("public", "school"))),
        _key("first", cells.day),
        Column("last", cells.day),
    ),
    Table.ACTIVITIES: (
        _key("code"),
        _must("structure", cells.code, Table.STRUCTURES),
        _must("name"),
        _must("arrival", cells.clock),
        _must("departure", cells.clock),
        _must("weekdays", cells.weekdays),
        Column("book_by", cells.deadline, default="none"),
        Column("cancel_by", cells.deadline, default="none"),
        _must("wallet", cells.name),
        Column("waitlist", cells.one_of(Waitlist), default="none"),
        Column("approval", cells.flag, default="no"),
        Column("offer_minutes", cells.number, default="720"),
        Column("may_overlap", cells.flag, default="no"),
        Column("hours", cells.hours),
        Column("absences", cells.billing, default="billed"),
        Column("pool", cells.code),
    ),
    Table.OPENINGS: (
        _key("activity", refers=Table.ACTIVITIES),
        _key("day", cells.day),
        Column("open", cells.flag, default="yes"),
        Column("arrival", cells.clock),
        Column("departure", cells.clock),
        Column("places", cells.places),
    ),
    Table.TARIFFS: (
        _key("activity", refers=Table.ACTIVITIES),
        _key("valid_from", cells.day),
        Column("valid_to", cells.day),
        Column("day_kind", cells.one_of(DayKind), default="any", key=True),
        Column("bracket_min", cells.exact, key=True),
        Column("bracket_max", cells.exact, key=True),
        Column("slice_minutes", cells.number),
        _must("amount", cells.exact),
        Column("minimum", cells.amount),
        Column("cap", cells.amount),
    ),
    Table.FAMILIES: (
        _key("code"),
        Column("resident", cells.flag, default="yes"),
    ),
    Table.QUOTIENTS: (
        _key("family", refers=Table.FAMILIES),
        _key("valid_from", cells.day),
        Column("valid_to", cells.day),
        _must("value", cells.exact),
    ),
    Table.GUARDIANS: (
        _key("code"),
        _must("family", cells.code, Table.FAMILIES),
        _must("identifier"),
        Column("civility"),
        _must("first_name"),
        _must("last_name"),
        Column("emails", cells.addresses),
        Column("structures", cells.codes, refers=Table.STRUCTURES),
        Column("locale", cells.one_of(("fr", "en")), default="fr"),
        Column("display", cells.one_of(Display), default="classic"),
    ),
    Table.CHILDREN: (
        _key("code"),
        _must("families", cells.codes, Table.FAMILIES),
        _must("first_name"),
        _must("last_name"),
        Column("school_class", cells.school_class, stays=True),
    ),
    Table.ENROLMENTS: (
        _key("child", refers=Table.CHILDREN),
        _key("activity", refers=Table.ACTIVITIES),
        _key("valid_from", cells.day),
        _must("valid_to", cells.day),
        Column("age_group"),
    ),
    Table.CONSUMPTIONS: (
        _key("code"),
        _must("family", cells.code_or_number, Table.FAMILIES),
        _must("child", cells.code_or_number, Table.CHILDREN),
        _must("activity", cells.code_or_number, Table.ACTIVITIES),
        _must("day", cells.day),
        _must("unit_price", cells.amount),
        Column("quantity", cells.number, default="1"),
        Column("ticket", cells.number),
    ),
    Table.PAYMENTS: (
        _key("code"),
        _must("family", cells.code_or_number, Table.FAMILIES),
        _must("structure", cells.code_or_number, Table.STRUCTURES),
        _must("wallet", cells.name),
        _must("day", cells.day),
        _must("amount", cells.amount),
        _must("mode"),
        Column("number"),
        Column("payer"),
        Column("bank"),
        Column("reference", cells.code, later=True),
    ),
    Table.WALLETS: (
        _key("family", cells.code_or_number, Table.FAMILIES),
        _key("structure", cells.code_or_number, Table.STRUCTURES),
        _key("wallet", cells.name),
        _must("balance", cells.amount),
        _must("on", cells.day),
    ),
    Table.ANSWERS: (
        _key("activity", cells.code_or_number, Table.ACTIVITIES),
        _key("day", cells.day),
        _key("ticket", cells.number),
        _must("answer", cells.one_of(("accepted", "refused", "waitlisted"))),
        Column("reason"),
    ),
}
"""Codes are the town's own: they name a structure, a family, a child for ever."""
