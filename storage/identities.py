"""Who a Telegram user is, in one statement: it runs for every update."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, LargeBinary, bindparam, exists, or_, select

from domain.accounts.model import Debt, Identity, SessionId
from domain.activities.model import StructureId
from domain.bookings.model import DraftId
from domain.documents.model import CONSENTS, DocumentKind
from domain.families.model import Child, ChildId, FamilyId, Guardian, GuardianId
from storage.prepared import Prepared
from storage.schema import (
    child,
    child_family,
    consent,
    draft,
    family,
    guardian,
    legal_document,
    signature,
    structure,
    telegram_session,
    town,
    wallet,
)

_session = telegram_session.c
_draft_of_session = (draft.c.guardian_id == _session.guardian_id) & (
    draft.c.structure_id == _session.structure_id
)


def _waits(done: ColumnElement[bool], *kinds: DocumentKind) -> ColumnElement[bool]:
    """Whether a document in force of these kinds, in the structure shown, is not ``done``."""
    return exists().where(
        legal_document.c.structure_id == _session.structure_id,
        legal_document.c.superseded_at.is_(None),
        or_(*(legal_document.c.kind == kind for kind in kinds)),
        ~done,
    )


# Two levels deep SQLAlchemy correlates nothing by itself.
_consented = (
    exists()
    .where(
        consent.c.document_id == legal_document.c.id,
        consent.c.guardian_id == guardian.c.id,
        consent.c.given_at.isnot(None),
    )
    .correlate(legal_document, guardian)
)
_signed = (
    exists()
    .where(
        signature.c.document_id == legal_document.c.id,
        signature.c.child_id == child.c.id,
        signature.c.family_id == guardian.c.family_id,
    )
    .correlate(legal_document, child, guardian)
)


def _of_worst(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of the wallet that is furthest below the structure's threshold, if any is (B1)."""
    return (
        select(column)
        .join_from(wallet, structure, structure.c.id == wallet.c.structure_id)
        .where(
            wallet.c.family_id == guardian.c.family_id,
            wallet.c.structure_id == _session.structure_id,
            wallet.c.balance < structure.c.debt_threshold,
        )
        .order_by(wallet.c.balance, wallet.c.id)
        .limit(1)
        .correlate(guardian, telegram_session)
        .scalar_subquery()
    )


_GUARDIAN: Final = (
    "id",
    "family_id",
    "civility",
    "first_name",
    "last_name",
    "emails",
    "locale",
    "display",
    "must_change_password",
)
IDENTITY: Final = Prepared(
    select(
        _session.id.label("session_id"),
        _session.structure_id,
        _session.seen_at,
        draft.c.id.label("draft_id"),
        select(town.c.catalogue_version).scalar_subquery().label("version"),
        *(guardian.c[name] for name in _GUARDIAN),
        child.c.id.label("child_id"),
        child.c.first_name.label("child_first_name"),
        child.c.last_name.label("child_last_name"),
        _waits(_consented, *CONSENTS).label("consents_due"),
        _waits(_signed, DocumentKind.HOUSE_RULES).label("unsigned"),
        family.c.is_resident,
        _of_worst(wallet.c.name).label("debt_wallet"),
        _of_worst(wallet.c.balance).label("debt_balance"),
    )
    .join_from(telegram_session, guardian, guardian.c.id == _session.guardian_id)
    .join(family, family.c.id == guardian.c.family_id)
    .join(draft, _draft_of_session)
    .outerjoin(child_family, child_family.c.family_id == guardian.c.family_id)
    .outerjoin(child, child.c.id == child_family.c.child_id)
    .where(
        _session.user_index == bindparam("user", type_=LargeBinary), _session.ended_at.is_(None)
    )
)
"""One row a child, or one without; ``user`` is the blind index."""


def identity_from(rows: Sequence[Any]) -> Identity | None:
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
        guardian=guardian_from(row),
        structure_id=StructureId(row.structure_id),
        draft_id=DraftId(row.draft_id),
        children=tuple(sorted(children, key=lambda child: (child.first_name, child.id))),
        catalogue_version=row.version or 0,
        seen_at=row.seen_at,
        must_change_password=row.must_change_password,
        consents_due=bool(row.consents_due),
        debt=None if row.debt_wallet is None else Debt(row.debt_wallet, row.debt_balance),
        is_resident=bool(row.is_resident),
        unsigned=frozenset(
            ChildId(r.child_id) for r in rows if r.child_id is not None and r.unsigned
        ),
    )


def guardian_from(row: Any) -> Guardian:
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
