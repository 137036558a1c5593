"""A guardian's own rows, part by part; ``:guardian`` is theirs.

Hashes, blind indexes and tokens are in none: they say nothing to anybody, and let in whoever
would break them. ``tests.storage.test_personal_data`` asks for a decision about each column.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, or_, select

from domain.privacy.model import Part
from storage.columns import Id
from storage.schema import (
    Subject,
    access_token,
    activity,
    announcement,
    announcement_delivery,
    audit,
    child,
    consent,
    draft,
    draft_hours,
    draft_line,
    email_check,
    follow_up_filter,
    fsm,
    guardian,
    guardian_structure,
    legal_document,
    login_failure,
    notice,
    notice_choice,
    password_choice,
    receipt,
    screen_message,
    structure,
    telegram_session,
)

THEM: Final = bindparam("guardian", type_=Id)
_guardian, _session, _check = guardian.c, telegram_session.c, email_check.c
_live = and_(_session.guardian_id == THEM, _session.ended_at.is_(None))
_ever = select(_session.user_index).where(_session.guardian_id == THEM)
_identifier = select(_guardian.identifier_index).where(_guardian.id == THEM)
_structure = structure.c.name.label("structure")
_child = child.c.first_name.label("child")
_activity = activity.c.name.label("activity")

PERSON: Final[Mapping[Part, Select[Any]]] = {
    Part.ACCOUNT: select(
        _guardian.id.label("number"),
        _guardian.civility,
        _guardian.first_name,
        _guardian.last_name,
        _guardian.identifier,
        _guardian.emails,
        _guardian.locale,
        _guardian.display,
        _guardian.must_change_password,
        _guardian.password_until,
        _guardian.quiet_from,
        _guardian.quiet_until,
        _guardian.tidy_screens,
        _guardian.erased_at,
    ).where(_guardian.id == THEM),
    Part.STRUCTURES: select(_structure)
    .join(guardian_structure)
    .where(guardian_structure.c.guardian_id == THEM)
    .order_by(structure.c.id),
    Part.ADDRESSES_WAITING: select(
        _check.address,
        _check.position,
        _check.sent_at,
        _check.expires_at,
        _check.tries,
        _check.replaces,
    )
    .where(_check.guardian_id == THEM)
    .order_by(_check.position),
    Part.PASSWORD_CHOICES: select(password_choice.c.chosen_at).where(
        password_choice.c.guardian_id == THEM
    ),
    Part.LINKS: select(
        access_token.c.purpose,
        access_token.c.issued_at,
        access_token.c.expires_at,
        access_token.c.used_at,
        access_token.c.revoked_at,
    )
    .where(access_token.c.guardian_id == THEM)
    .order_by(access_token.c.id),
    Part.DEVICES: select(
        _session.user_id.label("telegram_user"),
        _structure,
        _session.opened_at,
        _session.seen_at,
        _session.ended_at,
        _session.blocked_at,
        _session.blocked_why,
    )
    .join(structure)
    .where(_session.guardian_id == THEM)
    .order_by(_session.id),
    Part.SHOWN_MESSAGES: select(
        screen_message.c.message_id.label("message"), screen_message.c.sent_at
    )
    .join(telegram_session)
    .where(_session.guardian_id == THEM)
    .order_by(screen_message.c.sent_at, screen_message.c.message_id),
    Part.CONVERSATIONS: select(fsm.c.state.label("step"), fsm.c.data.label("facts")).where(
        fsm.c.chat_index.in_(select(_session.user_index).where(_live))
    ),
    Part.WRONG_PASSWORDS: select(
        login_failure.c.subject, login_failure.c.failures, login_failure.c.last_at
    )
    .where(
        or_(
            and_(
                login_failure.c.subject == Subject.IDENTIFIER,
                login_failure.c.subject_index.in_(_identifier),
            ),
            and_(
                login_failure.c.subject == Subject.TELEGRAM_USER,
                login_failure.c.subject_index.in_(_ever),
            ),
        )
    )
    .order_by(login_failure.c.subject, login_failure.c.last_at),
    Part.NOTICE_CHOICES: select(
        notice_choice.c.kind.label("notice"), notice_choice.c.channel, notice_choice.c.wanted
    )
    .where(notice_choice.c.guardian_id == THEM)
    .order_by(notice_choice.c.kind, notice_choice.c.channel),
    Part.NOTICES: select(
        notice.c.kind.label("notice"),
        notice.c.channel,
        notice.c.at,
        notice.c.state.label("delivery"),
        notice.c.attempts,
        notice.c.due_at,
        notice.c.done_at,
        notice.c.why,
        notice.c.params.label("facts"),
    )
    .where(notice.c.guardian_id == THEM)
    .order_by(notice.c.at, notice.c.id),
    Part.ANNOUNCEMENTS: select(
        announcement.c.title.label("announcement"),
        announcement_delivery.c.at,
        announcement_delivery.c.state.label("delivery"),
        announcement_delivery.c.message_id.label("message"),
        announcement_delivery.c.attempts,
        announcement_delivery.c.due_at,
        announcement_delivery.c.why,
    )
    .join(announcement, announcement.c.id == announcement_delivery.c.announcement_id)
    .where(announcement_delivery.c.guardian_id == THEM)
    .order_by(announcement_delivery.c.id),
    Part.CONSENTS: select(
        legal_document.c.title.label("document"),
        legal_document.c.kind.label("document_kind"),
        legal_document.c.version,
        consent.c.opened_at,
        consent.c.given_at,
        consent.c.user_id.label("telegram_user"),
        consent.c.fingerprint,
    )
    .join(legal_document)
    .where(consent.c.guardian_id == THEM)
    .order_by(legal_document.c.id),
    Part.DRAFTS: select(_structure, draft.c.round)
    .join(structure)
    .where(draft.c.guardian_id == THEM)
    .order_by(draft.c.id),
    Part.DRAFT_LINES: select(
        draft_line.c.day,
        _activity,
        _child,
        draft_line.c.wish,
        draft_line.c.arrival,
        draft_line.c.departure,
        draft_line.c.changed_at,
    )
    .join(draft)
    .join(child)
    .join(activity)
    .where(draft.c.guardian_id == THEM)
    .order_by(draft_line.c.day, draft_line.c.child_id, draft_line.c.activity_id),
    Part.DRAFT_HOURS: select(_child, _activity, draft_hours.c.arrival, draft_hours.c.departure)
    .join_from(draft_hours, draft)
    .join(child, child.c.id == draft_hours.c.child_id)
    .join(activity, activity.c.id == draft_hours.c.activity_id)
    .where(draft.c.guardian_id == THEM)
    .order_by(draft_hours.c.child_id, draft_hours.c.activity_id),
    Part.FILTERS: select(
        _structure, _child, _activity, follow_up_filter.c.month, follow_up_filter.c.hidden
    )
    .join_from(follow_up_filter, draft)
    .join(structure, structure.c.id == draft.c.structure_id)
    .outerjoin(child, child.c.id == follow_up_filter.c.child_id)
    .outerjoin(activity, activity.c.id == follow_up_filter.c.activity_id)
    .where(draft.c.guardian_id == THEM)
    .order_by(draft.c.id),
    Part.RECEIPTS: select(
        _structure, receipt.c.round, receipt.c.at, receipt.c.outcomes.label("facts")
    )
    .join(draft, draft.c.id == receipt.c.draft_id)
    .join(structure, structure.c.id == draft.c.structure_id)
    .where(draft.c.guardian_id == THEM)
    .order_by(receipt.c.at),
    Part.EVENTS: select(
        audit.c.at, audit.c.actor, audit.c.what, audit.c.details.label("facts"), audit.c.reason
    )
    .where(audit.c.guardian_id == THEM)
    .order_by(audit.c.at, audit.c.id),
}
