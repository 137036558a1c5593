"""A file that was imported before a column was there is still known (decision 37)."""

from domain.imports.model import Table
from domain.imports.reading import heading, read_line, said

BEFORE = ("code", "family", "structure", "wallet", "day", "amount", "mode")
LINE = ("P1", "F1", "MAIRIE", "Cantine", "2026-12-05", "36.10", "CB")


def read(columns, cells):
    under, _ = heading(Table.PAYMENTS, "payments.csv", columns)
    record, _, problems = read_line(under, 2, cells)
    assert not problems
    return said(record)


def test_an_empty_later_column_says_what_the_line_said_without_it():
    assert read((*BEFORE, "reference"), (*LINE, "")) == read(BEFORE, LINE)
    assert len(read(BEFORE, LINE)) == 10  # as fingerprints of before were made of


def test_a_filled_later_column_says_something_new():
    assert read((*BEFORE, "reference"), (*LINE, "ABC")) != read(BEFORE, LINE)
