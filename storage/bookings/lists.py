"""Lists that a statement answers in one column: the database writes them as JSON, we read them.

An item has the columns in the order in which they were named; days are kept as they are written,
year first, until an object is made of them: what makes no object costs nothing.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Table, Text, cast, func

from domain.activities.model import ActivityId
from domain.bookings.model import Booking, DraftLine, Slot, State, Wish
from domain.bookings.ports import Hours
from domain.families.model import ChildId

Item: TypeAlias = list[Any]
Listed: TypeAlias = Callable[..., ColumnElement[str]]

# The same ones come again at every tap.
to_day: Final = lru_cache(maxsize=2048)(date.fromisoformat)
to_hour: Final = lru_cache(maxsize=2048)(time.fromisoformat)


# -- written -------------------------------------------------------------------------------
def as_sqlite_list(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    return func.json_group_array(func.json_array(*columns), type_=Text)


def as_postgresql_list(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    return cast(func.json_agg(func.json_build_array(*columns)), Text)


def named(table: Table, columns: str) -> tuple[ColumnElement[Any], ...]:
    return tuple(table.c[name] for name in columns.split())


# -- read ----------------------------------------------------------------------------------
def read(written: str | None) -> list[Item]:
    """PostgreSQL says None for an empty list."""
    found: list[Item] = json.loads(written) if written else []
    return found


def to_hours(item: Item) -> Hours:
    """Its last two columns."""
    return to_hour(item[-2]), to_hour(item[-1])


def to_line(child: ChildId, activity: ActivityId, item: Item) -> DraftLine:
    day, wish, arrival, departure = item
    slot = Slot(child, activity, to_day(day))
    return DraftLine(slot, Wish(wish), to_hour(arrival), to_hour(departure))


def to_booking(item: Item) -> Booking:
    """The columns of ``rows.BOOKING``."""
    until = item[12]
    return Booking(
        id=item[0],
        slot=Slot(item[1], item[2], to_day(item[3])),
        family_id=item[4],
        guardian_id=item[5],
        state=State(item[6]),
        ticket=item[7],
        arrival=to_hour(item[8]),
        departure=to_hour(item[9]),
        price=Decimal(item[10]).scaleb(-2),  # cents
        group=item[11],
        offer_until=None if until is None else _instant(until),
        reason=item[13],
        transmitted=bool(item[14]),
    )


def _instant(written: str) -> datetime:
    """SQLite keeps no zone: what it has is UTC."""
    at = datetime.fromisoformat(written)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
