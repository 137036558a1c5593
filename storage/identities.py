"""Who a Telegram user is, in one statement: it runs for every update."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import LargeBinary, Row, bindparam, select

from domain.accounts.model import Identity, SessionId
from domain.activities.model import StructureId
from domain.bookings.model import DraftId
from domain.families.model import Child, ChildId, FamilyId, Guardian, GuardianId
from storage.schema import child, child_family, draft, guardian, telegram_session, town

_session = telegram_session.c
_draft_of_session = (draft.c.guardian_id == _session.guardian_id) & (
    draft.c.structure_id == _session.structure_id
)

IDENTITY: Final = (
    select(
        _session.id.label("session_id"),
        _session.structure_id,
        _session.seen_at,
        draft.c.id.label("draft_id"),
        select(town.c.catalogue_version).scalar_subquery().label("version"),
        guardian,
        child.c.id.label("child_id"),
        child.c.first_name.label("child_first_name"),
        child.c.last_name.label("child_last_name"),
    )
    .join_from(telegram_session, guardian, guardian.c.id == _session.guardian_id)
    .join(draft, _draft_of_session)
    .outerjoin(child_family, child_family.c.family_id == guardian.c.family_id)
    .outerjoin(child, child.c.id == child_family.c.child_id)
    .where(
        _session.user_index == bindparam("user", type_=LargeBinary), _session.ended_at.is_(None)
    )
)
"""One row a child, or one without; ``user`` is the blind index."""


def identity_from(rows: Sequence[Row[Any]]) -> Identity | None:
    if not rows:
        return None
    children = [
        Child(ChildId(row.child_id), row.child_first_name, row.child_last_name)
        for row in rows
        if row.child_id is not None
    ]
    row = rows[0]
    return Identity(
        session_id=SessionId(row.session_id),
        guardian=_guardian_from(row),
        structure_id=StructureId(row.structure_id),
        draft_id=DraftId(row.draft_id),
        children=tuple(sorted(children, key=lambda child: (child.first_name, child.id))),
        catalogue_version=row.version or 0,
        seen_at=row.seen_at,
    )


def _guardian_from(row: Row[Any]) -> Guardian:
    return Guardian(
        id=GuardianId(row.id),
        family_id=FamilyId(row.family_id),
        civility=row.civility,
        first_name=row.first_name,
        last_name=row.last_name,
        emails=tuple(row.emails),
        locale=row.locale,
        display=row.display,
    )
