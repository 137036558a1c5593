import json
from datetime import time

import pytest

from domain.calendar.deadlines import (
    DayOfPreviousMonth,
    DaysBefore,
    HoursBefore,
    NoDeadline,
    PerWeekday,
    WeekdayBefore,
    WeekdayOfPreviousWeek,
    from_data,
    to_data,
)

NINE = time(9)
FRIDAY = WeekdayBefore(4, NINE)
EVERY_KIND = [
    DaysBefore(2, NINE, skip_weekends=True, skip_weekdays=frozenset({2, 0})),
    HoursBefore(48),
    FRIDAY,
    WeekdayOfPreviousWeek(2, time(23, 59), weeks=2),
    DayOfPreviousMonth(20, time(0, 0)),
    NoDeadline(),
    PerWeekday((FRIDAY, FRIDAY, *[NoDeadline()] * 5)),
]


@pytest.mark.parametrize("rule", EVERY_KIND, ids=lambda rule: type(rule).__name__)
def test_every_kind_survives_json(rule):
    assert from_data(json.loads(json.dumps(to_data(rule)))) == rule


def test_the_written_form_stays_what_the_exchange_files_promise():
    rule = DaysBefore(2, NINE, skip_weekends=True, skip_weekdays=frozenset({2, 0}))

    assert to_data(rule) == {
        "kind": "days_before",
        "days": 2,
        "at": "09:00",
        "skip_weekends": True,
        "skip_public_holidays": False,
        "skip_school_holidays": False,
        "skip_weekdays": [0, 2],
    }


def test_what_has_a_default_may_be_left_out():
    assert from_data({"kind": "days_before", "days": 2, "at": "09:00"}) == DaysBefore(2, NINE)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (None, "deadline"),
        ([], "deadline"),
        ({}, "kind"),
        ({"kind": "someday"}, "kind"),
        ({"kind": ["none"]}, "kind"),
        ({"kind": "none", "days": 2}, "days"),
        ({"kind": "days_before", "at": "09:00"}, "days"),
        ({"kind": "days_before", "days": 2}, "at"),
        ({"kind": "days_before", "days": True, "at": "09:00"}, "days"),
        ({"kind": "days_before", "days": 1.5, "at": "09:00"}, "days"),
        ({"kind": "days_before", "days": "2", "at": "09:00"}, "days"),
        ({"kind": "days_before", "days": -2, "at": "09:00"}, "days"),
        ({"kind": "days_before", "days": 2, "at": "9h"}, "at"),
        ({"kind": "days_before", "days": 2, "at": "24:00"}, "at"),
        ({"kind": "days_before", "days": 2, "at": "09:00\n"}, "at"),
        ({"kind": "days_before", "days": 2, "at": 900}, "at"),
        ({"kind": "days_before", "days": 2, "at": "09:00", "skip_weekends": 1}, "skip_weekends"),
        ({"kind": "days_before", "days": 2, "at": "09:00", "skip_weekdays": 5}, "skip_weekdays"),
        ({"kind": "days_before", "days": 2, "at": "09:00", "skip_weekdays": [9]}, "skip_weekdays"),
        ({"kind": "days_before", "days": 2, "at": "09:00", "_": True}, "_"),
        ({"kind": "per_weekday", "rules": "none"}, "rules"),
        ({"kind": "per_weekday", "rules": [{"kind": "none"}]}, "rules"),
        ({"kind": "per_weekday", "rules": [{"kind": "hours_before"}] * 7}, "rules: hours"),
    ],
)
def test_bad_data_is_refused_by_the_name_of_its_field(data, field):
    with pytest.raises(ValueError, match=f"^{field}:"):
        from_data(data)
