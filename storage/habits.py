"""Days that wait to be booked, and what families usually book (N3, H2).

Asked by the home screen for one family, and by the hourly job for all of them at once.
"""

from collections.abc import Sequence, Set
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY

from domain.activities.model import ActivityId
from domain.bookings.model import HOLDING, State, Wish
from domain.documents.model import DocumentKind
from domain.families.model import ChildId, FamilyId
from domain.reminders.model import FreeDay, Held, Usual
from domain.reminders.ports import LookedBack
from domain.reminders.rules import OFTEN, WEEKS
from storage.bookings.rows import OPENING, Row, among, is_live, listed, to_opening
from storage.database import COMPACT_JSON
from storage.schema import (
    activity,
    booking,
    child_family,
    draft,
    draft_line,
    enrolment,
    guardian,
    legal_document,
    opening_day,
    reminder,
    reminder_day,
    signature,
)

_there, _kin = booking.c, child_family.c
_covers = and_(
    enrolment.c.activity_id == opening_day.c.activity_id,
    opening_day.c.day.between(enrolment.c.valid_from, enrolment.c.valid_to),
)


def _same(of: Any) -> tuple[ColumnElement[bool], ...]:
    """Of the same child, activity and day."""
    return (
        of.child_id == enrolment.c.child_id,
        of.activity_id == opening_day.c.activity_id,
        of.day == opening_day.c.day,
    )


_taken: Final = exists().where(*_same(_there), is_live())
DRAFTED: Final = exists().where(
    *_same(draft_line.c),
    draft_line.c.wish == Wish.BOOK,
    draft.c.id == draft_line.c.draft_id,
    guardian.c.id == draft.c.guardian_id,
    guardian.c.family_id == _kin.family_id,
)
SILENCED: Final = exists().where(
    *_same(reminder_day.c),
    reminder.c.id == reminder_day.c.reminder_id,
    reminder.c.family_id == _kin.family_id,
    reminder.c.silenced_at.isnot(None),
)
# Two levels deep SQLAlchemy correlates nothing by itself.
_signed = (
    exists()
    .where(
        signature.c.document_id == legal_document.c.id,
        signature.c.child_id == enrolment.c.child_id,
        signature.c.family_id == _kin.family_id,
    )
    .correlate(legal_document, enrolment, child_family)
)
UNSIGNED: Final = exists().where(
    legal_document.c.structure_id == activity.c.structure_id,
    legal_document.c.superseded_at.is_(None),
    legal_document.c.kind == DocumentKind.HOUSE_RULES,
    ~_signed,
)
FREE: Final = (
    select(_kin.family_id, _kin.child_id, *OPENING)
    .distinct()
    .join_from(opening_day, activity)
    .join(enrolment, _covers)
    .join(child_family, _kin.child_id == enrolment.c.child_id)
    .where(opening_day.c.is_open, ~_taken)
    .order_by(opening_day.c.day, opening_day.c.activity_id, _kin.child_id, _kin.family_id)
)


def to_free_day(row: Row) -> FreeDay:
    return FreeDay(row[0], row[1], to_opening(row[2:]))


class SqlHabits:
    _connection: Connection

    def usual(
        self, activities: Set[ActivityId], back: LookedBack, family: FamilyId | None = None
    ) -> frozenset[Usual]:
        pairs = [(weekday, day) for weekday, days in back.items() for day in days]
        if not pairs or not activities:
            return frozenset()
        dialect = self._connection.dialect.name
        query = _usual(dialect)
        if family is not None:
            query = query.where(_there.family_id == family)
        asked = _looked_back(pairs, dialect) | {"activities": listed(sorted(activities), dialect)}
        return frozenset(Usual(*row) for row in self._connection.execute(query, asked))

    def held(self, children: Set[ChildId], first: date, last: date) -> tuple[Held, ...]:
        dialect = self._connection.dialect.name
        query = (
            select(
                _there.child_id,
                _there.activity_id,
                _there.day,
                _there.arrival,
                _there.departure,
                case((_there.state == State.ACCEPTED, _there.family_id)),
            )
            .where(
                among(_there.child_id, "children", dialect),
                _there.day.between(first, last),
                is_live(),
                _there.state != State.REFUSED,
            )
            .order_by(_there.day, _there.child_id, _there.activity_id)
        )
        asked = {"children": listed(sorted(children), dialect)}
        return tuple(Held(*row) for row in self._connection.execute(query, asked))


def _looked_back(pairs: Sequence[tuple[int, date]], dialect: str) -> dict[str, object]:
    """What is bound for ``_calendar``. Bound and not written out: the statement is made once."""
    if dialect == "postgresql":
        return {"weekdays": [weekday for weekday, _ in pairs], "days": [day for _, day in pairs]}
    return {"pairs": COMPACT_JSON([(weekday, day.isoformat()) for weekday, day in pairs])}


def _calendar(dialect: str) -> Subquery:
    """``weekday``, ``day``."""
    if dialect == "postgresql":
        weekdays = bindparam("weekdays", type_=ARRAY(Integer))
        days = bindparam("days", type_=ARRAY(Date))
        named = column("weekday", Integer), column("day", Date)
        both = func.unnest(weekdays, days).table_valued(*named).render_derived(name="both")
        return select(both.c.weekday, both.c.day).subquery("calendar")
    each = func.json_each(bindparam("pairs", type_=String)).table_valued("value")
    weekday, day = (func.json_extract(each.c.value, f"$[{nth}]") for nth in (0, 1))
    return select(weekday.label("weekday"), type_coerce(day, Date).label("day")).subquery(
        "calendar"
    )


@cache
def _usual(dialect: str) -> Select[Any]:
    """The rule of ``domain.reminders.rules.WEEKS``: the days that count are the newest that were
    open of each weekday, and whoever was booked on enough of them is answered.
    """
    calendar = _calendar(dialect)
    of, newest = opening_day.c, opening_day.c.day.desc()
    nth = func.row_number().over(
        partition_by=(of.activity_id, calendar.c.weekday), order_by=newest
    )
    weeks = (
        select(of.activity_id, calendar.c.weekday, of.day, nth.label("nth"))
        .join_from(opening_day, calendar, calendar.c.day == of.day)
        .where(among(of.activity_id, "activities", dialect), of.is_open)
        .cte("weeks")
    )
    booked = and_(_there.activity_id == weeks.c.activity_id, _there.day == weeks.c.day)
    whose = _there.family_id, _there.child_id, _there.activity_id, weeks.c.weekday
    return (
        select(*whose)
        .join_from(weeks, booking, booked)
        .where(weeks.c.nth <= WEEKS, _there.state.in_(sorted(HOLDING)))
        .group_by(*whose)
        .having(func.count() >= OFTEN)
    )
