"""X1: what a cell says, as French spreadsheets write it."""

import json
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activities.absence_billing import FreeIfDeclaredBefore
from domain.activities.absence_billing import to_data as billing_data
from domain.calendar.deadlines import DaysBefore, HoursBefore, NoDeadline, from_data
from domain.imports import cells
from domain.imports.cells import Unreadable
from domain.imports.examples import LINES
from domain.imports.model import Table, Trouble
from domain.imports.reading import from_data as values_from_data
from domain.imports.reading import heading, read_line, to_data
from domain.imports.tables import LIST

READERS = sorted({column.read for t in Table for column in LIST[t]}, key=repr)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.day, "2026-12-02", date(2026, 12, 2)),
        (cells.day, "02/12/2026", date(2026, 12, 2)),
        (cells.day, "2026-12-02T00:00:00", date(2026, 12, 2)),
        (cells.clock, "7h30", time(7, 30)),
        (cells.clock, "07:30:00", time(7, 30)),
        (cells.amount, "1 024,50 €", Decimal("1024.50")),
        (cells.amount, "-4.5", Decimal("-4.50")),
        (cells.exact, "0,325", Decimal("0.325")),
        (cells.flag, "Oui", True),
        (cells.weekdays, "lundi, Mardi;je Fri", (0, 1, 3, 4)),
        (cells.places, "illimité", cells.UNLIMITED),
        (cells.codes, "F1; F2;F1", ("F1", "F2")),
        (cells.code_or_number, "#12", "#12"),
    ],
)
def test_it_is_read(read, cell, value):
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "trouble"),
    [
        (cells.day, "31/02/2026", Trouble.NOT_A_DATE),
        (cells.day, "12/2026", Trouble.NOT_A_DATE),
        (cells.clock, "24:00", Trouble.NOT_A_TIME),
        (cells.amount, "1.005", Trouble.NOT_AN_AMOUNT),
        (cells.amount, "1E5", Trouble.NOT_AN_AMOUNT),
        (cells.exact, "NaN", Trouble.NOT_AN_AMOUNT),
        (cells.number, "-1", Trouble.NOT_A_NUMBER),
        (cells.code, "é", Trouble.NOT_A_CODE),
        (cells.code, "a/b", Trouble.NOT_A_CODE),
        (cells.zone, "Europe/Cergy", Trouble.NOT_A_CLOCK_ZONE),
        (cells.addresses, "a@b", Trouble.NOT_AN_ADDRESS),
        (cells.deadline, '{"kind": "days_before"}', Trouble.NOT_A_RULE),
        (cells.deadline, "[" * 3000, Trouble.NOT_A_RULE),
        (cells.hours, "{}", Trouble.NOT_A_RULE),
        (cells.checked, "a\0b", Trouble.UNREADABLE),
        (cells.checked, "x" * 4001, Trouble.TOO_LONG),
    ],
)
def test_it_is_refused_with_what_was_expected(read, cell, trouble):
    with pytest.raises(Unreadable) as refused:
        read(cell)

    assert refused.value.trouble is trouble


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("none", NoDeadline()),
        ("48h", HoursBefore(48)),
        ("2j 09:00", DaysBefore(2, time(9))),
        ("2d 9h00 working", DaysBefore(2, time(9), skip_weekends=True)),
        ('{"kind": "hours_before", "hours": 3}', HoursBefore(3)),
    ],
)
def test_a_deadline_is_a_few_words_or_json(cell, rule):
    assert from_data(json.loads(cells.deadline(cell))) == rule


def test_an_absence_may_be_free_until_an_hour():
    assert json.loads(cells.billing("08:30")) == billing_data(FreeIfDeclaredBefore(time(8, 30)))


@given(st.text(max_size=60), st.sampled_from(READERS))
def test_whatever_is_written_is_a_value_or_a_trouble(cell, read):
    try:
        cells.checked(cell)
        read(cell)
    except Unreadable:
        return


@pytest.mark.parametrize("table", Table)
def test_what_is_kept_of_a_line_is_read_back_as_it_was(table):
    columns = [column.name for column in LIST[table]]
    under, _ = heading(table, "f.csv", columns)

    record, key, problems = read_line(under, 2, [LINES[table].get(c, "") for c in columns])

    assert problems == []
    assert key == record.key
    kept = json.loads(json.dumps(to_data(record.values)))
    assert values_from_data(table, kept) == record.values
