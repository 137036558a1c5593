"""What a declared absence costs is the town's to say, for each activity (B19)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.activities.absence_billing import (
    Billed,
    FreeIfDeclaredBefore,
    FreeWithCertificate,
    from_data,
    is_billed,
    to_data,
)
from domain.calendar.model import PARIS

DAY = date(2026, 12, 2)
BEFORE_EIGHT = FreeIfDeclaredBefore(time(8, 15))
LIMIT = datetime(2026, 12, 2, 7, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("rule", "declared_at", "certified", "billed"),
    [
        (Billed(), LIMIT - timedelta(days=3), True, True),
        (BEFORE_EIGHT, LIMIT, False, False),
        (BEFORE_EIGHT, LIMIT + SECOND, True, True),
        (FreeWithCertificate(), LIMIT, True, False),
        (FreeWithCertificate(), LIMIT, False, True),
    ],
)
def test_the_rule_of_the_town_decides(rule, declared_at, certified, billed):
    found = is_billed(rule, day=DAY, declared_at=declared_at, certified=certified, zone=PARIS)

    assert found is billed


@pytest.mark.parametrize("rule", [Billed(), BEFORE_EIGHT, FreeWithCertificate()])
def test_a_rule_survives_being_written(rule):
    assert from_data(to_data(rule)) == rule


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"kind": "free"},
        {"kind": "billed", "at": "08:00"},
        {"kind": "free_if_declared_before"},
        {"kind": "free_if_declared_before", "at": "8h"},
        {"kind": "free_if_declared_before", "at": "08:00:30"},
        {"kind": "free_if_declared_before", "at": 800},
    ],
)
def test_what_is_no_rule_is_refused_with_the_field_that_is_wrong(data):
    with pytest.raises(ValueError, match=r"^(kind|at): "):
        from_data(data)
