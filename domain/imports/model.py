"""What a town hands over as tables, and what became of it (X1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

Value: TypeAlias = (
    str | int | Decimal | date | time | bool | tuple[str, ...] | tuple[int, ...] | None
)


class Table(StrEnum):
    """In the order in which they are written: each refers to those above it."""

    STRUCTURES = "structures"
    HOLIDAYS = "holidays"
    ACTIVITIES = "activities"
    OPENINGS = "openings"
    TARIFFS = "tariffs"
    FAMILIES = "families"
    QUOTIENTS = "quotients"
    GUARDIANS = "guardians"
    CHILDREN = "children"
    ENROLMENTS = "enrolments"
    CONSUMPTIONS = "consumptions"
    PAYMENTS = "payments"
    WALLETS = "wallets"
    ANSWERS = "answers"


class Trouble(StrEnum):
    """What is wrong with a file, a line or a cell; the words are in ``conversations``."""

    UNREADABLE = "unreadable"  # reason
    NOT_UTF_8 = "not_utf_8"
    TOO_LARGE = "too_large"  # most
    TOO_MANY_LINES = "too_many_lines"  # most
    MACROS = "macros"
    OUTSIDE_LINKS = "outside_links"
    NOTHING_THERE = "nothing_there"
    UNKNOWN_TABLE = "unknown_table"  # known
    TABLE_TWICE = "table_twice"
    UNKNOWN_COLUMN = "unknown_column"  # known
    COLUMN_TWICE = "column_twice"
    COLUMN_MISSING = "column_missing"
    TOO_MANY_CELLS = "too_many_cells"
    FORMULA = "formula"
    EMPTY = "empty"
    TOO_LONG = "too_long"  # most
    NOT_A_CODE = "not_a_code"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_WEEKDAYS = "not_weekdays"
    NOT_A_CLOCK_ZONE = "not_a_clock_zone"
    NOT_ONE_OF = "not_one_of"  # known
    NOT_A_RULE = "not_a_rule"  # reason
    NOT_AN_ADDRESS = "not_an_address"
    IMPOSSIBLE = "impossible"  # reason
    TWICE = "twice"  # first: the line that says it already
    UNKNOWN_REFERENCE = "unknown_reference"  # value, table
    ANOTHER_STRUCTURE = "another_structure"
    ANOTHER_FAMILY = "another_family"
    ANOTHER_POOL = "another_pool"
    IDENTIFIER_TAKEN = "identifier_taken"
    FEWER_THAN_TAKEN = "fewer_than_taken"  # taken
    LEDGER_KEPT = "ledger_kept"
    NOT_OF_THE_FAMILY = "not_of_the_family"
    NO_SUCH_BOOKING = "no_such_booking"
    NO_SUCH_ORDER = "no_such_order"
    ANSWERED_OTHERWISE = "answered_otherwise"  # state
    NO_PLACE = "no_place"
    NO_WAITLIST = "no_waitlist"
    UNFORESEEN = "unforeseen"  # reason


@dataclass(frozen=True, slots=True)
class Problem:
    """``line`` counts from 1, headings included, as spreadsheets show it; 0 is the whole file.

    ``column``: its heading; empty where the whole line is meant. ``params`` hold no name.
    """

    file: str
    line: int
    column: str
    trouble: Trouble
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One line that can be read. ``key`` names it for ever in its table."""

    table: Table
    file: str
    line: int
    key: str
    values: Mapping[str, Any]  # a Value each, as its column says

    def problem(self, trouble: Trouble, column: str = "", **params: object) -> Problem:
        return Problem(self.file, self.line, column, trouble, params)


@dataclass(frozen=True, slots=True)
class Linked:
    """A record with the numbers of what it refers to, by column; ``id``: its own, once known.
    ``order``: our reference, of a payment that pays one.
    """

    record: Record
    refers: Mapping[str, tuple[int, ...]]
    id: int | None = None
    order: str | None = None

    def one(self, column: str) -> int:
        return self.refers[column][0]


@dataclass(frozen=True, slots=True)
class Counts:
    """Lines of one table. ``overtaken``: answers to what the family has withdrawn since."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    overtaken: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.overtaken + other.overtaken,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """``applied``: the town's data is now as the file says. With one problem nothing is.

    ``problems`` are the first ones, in the order of the file; ``troubles`` counts all of them.
    """

    counts: Mapping[Table, Counts]
    problems: Sequence[Problem] = ()
    troubles: int = 0
    applied: bool = False

    @property
    def total(self) -> Counts:
        return sum(self.counts.values(), Counts())
