"""Days as people type them (B18)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.typed_days import typed_day

FIRST = date(2026, 11, 24)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("19/12", date(2026, 12, 19)),
        ("19.12", date(2026, 12, 19)),
        ("19-12-26", date(2026, 12, 19)),
        ("19 / 12 / 2026", date(2026, 12, 19)),
        ("jusqu'au 19/12", date(2026, 12, 19)),
        ("Jusqu’au vendredi 19 décembre", date(2026, 12, 19)),
        ("19 DEC.", date(2026, 12, 19)),
        ("31 mars", date(2027, 3, 31)),
        ("1er janvier 2027", date(2027, 1, 1)),
        ("24/11", FIRST),
        ("23/11", date(2027, 11, 23)),
        ("2027-02-05", date(2027, 2, 5)),
        ("29 février", date(2028, 2, 29)),
        ("3 août.", date(2027, 8, 3)),
    ],
)
def test_days_are_read_as_people_type_them(typed, meant):
    assert typed_day(typed, FIRST, "fr") == meant


@pytest.mark.parametrize(
    "typed", ["", "demain", "31/02", "0/12", "12", "1/13", "19/12 ou 20/12", "5 brumaire"]
)
def test_what_is_no_day_is_not_guessed(typed):
    assert typed_day(typed, FIRST, "fr") is None


@pytest.mark.parametrize("typed", ["until 31st March", "31 Mar", "31 mars"])
def test_months_are_named_in_the_parents_language_or_in_french(typed):
    assert typed_day(typed, FIRST, "en") == date(2027, 3, 31)


@given(DAYS, DAYS)
def test_a_day_without_a_year_is_the_next_such_day(day, after):
    found = typed_day(f"{day:%d/%m}", after, "fr")

    assert found is not None
    assert (found.day, found.month) == (day.day, day.month)
    assert found >= after


@given(st.text())
def test_whatever_is_typed_has_an_answer(typed):
    assert typed_day(typed, FIRST, "fr") is None or typed_day(typed, FIRST, "fr").year
