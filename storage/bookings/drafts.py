"""What decides the lines of a draft, in one statement that locks the draft when asked to."""

from typing import Final

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select

from domain.bookings.model import Draft, DraftId
from domain.bookings.ports import DraftFacts, SlotFacts
from domain.errors import NotFound
from storage.bookings.lines import IN_ORDER, LINE, is_wish, to_line
from storage.bookings.rows import (
    OPENING,
    Row,
    draws_on,
    is_enrolled,
    to_opening,
    waiting_on,
)
from storage.prepared import Prepared
from storage.schema import (
    activity,
    activity_draw,
    child_family,
    draft,
    draft_line,
    enrolment,
    family_quotient,
    guardian,
    opening_day,
    pool_day,
)

_quotient = (
    select(family_quotient.c.value)
    .where(
        family_quotient.c.family_id == guardian.c.family_id,
        family_quotient.c.valid_from <= draft_line.c.day,
        or_(family_quotient.c.valid_to.is_(None), family_quotient.c.valid_to >= draft_line.c.day),
    )
    .order_by(family_quotient.c.valid_from.desc())
    .limit(1)
    .scalar_subquery()
)
_left_in_pool = pool_day.c.capacity - pool_day.c.taken
_left = (
    select(func.min(case((_left_in_pool > 0, _left_in_pool), else_=0)))
    .select_from(
        activity_draw.join(pool_day, pool_day.c.pool_id == activity_draw.c.pool_id),
    )
    .where(
        activity_draw.c.activity_id == draft_line.c.activity_id,
        pool_day.c.day == draft_line.c.day,
        pool_day.c.capacity.isnot(None),
        draws_on(),
    )
    .correlate(draft_line, enrolment)
    .scalar_subquery()
)
_facts = (
    select(
        draft.c.id,
        draft.c.guardian_id,
        draft.c.structure_id,
        draft.c.round,
        draft.c.together,
        guardian.c.family_id,
        *LINE,
        child_family.c.child_id,
        *OPENING,
        enrolment.c.id,
        enrolment.c.age_group,
        _quotient,
        _left,
        waiting_on(draft_line.c.activity_id, draft_line.c.day),
    )
    .select_from(draft)
    .join(guardian, guardian.c.id == draft.c.guardian_id)
    .outerjoin(draft_line, is_wish)
    .outerjoin(
        child_family,
        and_(
            child_family.c.family_id == guardian.c.family_id,
            child_family.c.child_id == draft_line.c.child_id,
        ),
    )
    .outerjoin(activity, activity.c.id == draft_line.c.activity_id)
    .outerjoin(
        opening_day,
        and_(
            opening_day.c.activity_id == draft_line.c.activity_id,
            opening_day.c.day == draft_line.c.day,
        ),
    )
    .outerjoin(
        enrolment,
        is_enrolled(draft_line.c.child_id, draft_line.c.activity_id, draft_line.c.day),
    )
    .where(draft.c.id == bindparam("draft"))
    .order_by(*IN_ORDER)
)
_FACTS: Final = Prepared(_facts)
_LOCKED_FACTS: Final = Prepared(_facts.with_for_update(of=draft, key_share=True))


def read_facts(connection: Connection, draft_id: DraftId, *, lock: bool) -> DraftFacts:
    """Raises NotFound."""
    rows = (_LOCKED_FACTS if lock else _FACTS).rows(connection, {"draft": draft_id})
    if not rows:
        raise NotFound(draft=draft_id)
    lined = [row for row in rows if row[6] is not None]
    lines = tuple(to_line(row[6:12]) for row in lined)
    facts = (_to_facts(row[12:]) for row in lined)
    draft_id, guardian_id, structure_id, round_, together, family_id = rows[0][:6]
    return DraftFacts(
        draft=Draft(draft_id, guardian_id, structure_id, round_, lines, bool(together)),
        family_id=family_id,
        facts={line.slot: fact for line, fact in zip(lines, facts, strict=True)},
    )


def _to_facts(row: Row) -> SlotFacts:
    child_id, *opening, enrolment_id, group, quotient, left, waiting = row
    return SlotFacts(
        own_child=child_id is not None,
        opening=to_opening(opening) if opening[0] is not None else None,
        enrolled=enrolment_id is not None,
        group=group,
        quotient=quotient,
        left=left,
        waiting=waiting,
    )
