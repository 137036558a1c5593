"""What goes when somebody leaves (A12). What stays is under a legal hold, or another's.

``tests.storage.test_erasure`` asks for a decision about each column.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, and_, delete, or_, select, update

from domain.documents.model import DocumentKind
from domain.families.model import Display, GuardianId
from domain.notices.model import Channel, Kind
from domain.sessions.model import Ended
from storage.schema import (
    Subject,
    absence,
    access_token,
    announcement_delivery,
    audit,
    consent,
    draft,
    draft_hours,
    draft_line,
    email_check,
    follow_up_filter,
    fsm,
    guardian,
    legal_document,
    login_failure,
    notice,
    notice_choice,
    order_message,
    password_choice,
    receipt,
    screen_message,
    telegram_session,
)

_session, _shown = telegram_session.c, screen_message.c
OPENS_WHAT_IS_GONE: Final = (Kind.EMAIL_CODE, Kind.RESET_LINK)
OWN: Final[Sequence[Table]] = (access_token, password_choice, email_check, notice_choice)
FORGOTTEN: Final[Mapping[str, Any]] = {
    "must_change_password": False,
    "password_until": None,
    "quiet_from": None,
    "quiet_until": None,
    "tidy_screens": False,
    "display": Display.CLASSIC,
}
UNSAID: Final = dict.fromkeys(("reason", "note", "certificate_file", "certificate_kind"))
"""Of an absence: why, which may tell of an illness. That it was, and its bill, the town keeps."""


def withdraw_opt_in(connection: Connection, whose: GuardianId) -> Mapping[str, str | int] | None:
    telegram = select(legal_document).where(legal_document.c.kind == DocumentKind.TELEGRAM)
    documents = telegram.subquery()
    agreed = (
        select(consent.c.document_id, documents.c.version, consent.c.given_at)
        .join(documents, documents.c.id == consent.c.document_id)
        .where(consent.c.guardian_id == whose)
        .order_by(consent.c.given_at.desc())
    )
    rows = connection.execute(agreed).all()
    numbers = [row.document_id for row in rows]
    connection.execute(
        delete(consent).where(consent.c.guardian_id == whose, consent.c.document_id.in_(numbers))
    )
    given = next((row for row in rows if row.given_at is not None), None)
    if given is None:
        return None
    return {
        "document": given.document_id,
        "version": given.version,
        "given_at": given.given_at.isoformat(),
    }


def take_sessions(connection: Connection, whose: GuardianId, since: datetime) -> tuple[Ended, ...]:
    """The sessions, and all that is found by their Telegram users' indexes."""
    rows = connection.execute(
        select(_session.id, _session.user_id, _session.user_index, _session.ended_at)
        .where(_session.guardian_id == whose)
        .order_by(_session.id)
    ).all()
    numbers = [row.id for row in rows]
    shown = connection.execute(
        delete(screen_message)
        .where(_shown.session_id.in_(numbers))
        .returning(_shown.session_id, _shown.message_id, _shown.sent_at)
    ).all()
    connection.execute(delete(order_message).where(order_message.c.session_id.in_(numbers)))
    told = announcement_delivery.c.guardian_id == whose
    connection.execute(delete(announcement_delivery).where(told))
    connection.execute(delete(telegram_session).where(_session.id.in_(numbers)))
    _forget_users(connection, whose, [row.user_index for row in rows])
    return tuple(
        Ended(
            int(row.user_id),
            tuple(sorted(m.message_id for m in shown if m[0] == row.id and m.sent_at >= since)),
        )
        for row in rows
        if row.ended_at is None
    )


def _forget_users(connection: Connection, whose: GuardianId, indexes: Sequence[bytes]) -> None:
    nobodys = and_(audit.c.guardian_id.is_(None), audit.c.user_index.in_(indexes))
    connection.execute(
        update(audit).where(or_(audit.c.guardian_id == whose, nobodys)).values(user_index=None)
    )
    # A phone that somebody else is connected with by now keeps what is theirs.
    theirs = select(_session.user_index).where(_session.ended_at.is_(None))
    connection.execute(
        delete(fsm).where(fsm.c.chat_index.in_(indexes), fsm.c.chat_index.not_in(theirs))
    )
    connection.execute(
        delete(login_failure).where(
            login_failure.c.subject == Subject.TELEGRAM_USER,
            login_failure.c.subject_index.in_(indexes),
            login_failure.c.subject_index.not_in(theirs),
        )
    )


def erase(connection: Connection, whose: GuardianId, at: datetime, password_hash: str) -> None:
    drafts = select(draft.c.id).where(draft.c.guardian_id == whose)
    connection.execute(drafts.with_for_update())  # whoever confirms ends first
    for part in (draft_line, draft_hours, follow_up_filter, receipt):
        connection.execute(delete(part).where(part.c.draft_id.in_(drafts)))
    for own in OWN:
        connection.execute(delete(own).where(own.c.guardian_id == whose))
    connection.execute(
        delete(notice).where(
            notice.c.guardian_id == whose,
            or_(notice.c.channel == Channel.TELEGRAM, notice.c.kind.in_(OPENS_WHAT_IS_GONE)),
        )
    )
    _keep_bare_proof(connection, whose)
    connection.execute(update(absence).where(absence.c.guardian_id == whose).values(UNSAID))
    identifier = select(guardian.c.identifier_index).where(guardian.c.id == whose)
    connection.execute(
        delete(login_failure).where(
            login_failure.c.subject == Subject.IDENTIFIER,
            login_failure.c.subject_index == identifier.scalar_subquery(),
        )
    )
    said = {"erased_at": at, "password_hash": password_hash, **FORGOTTEN}
    connection.execute(update(guardian).where(guardian.c.id == whose).values(said))


def _keep_bare_proof(connection: Connection, whose: GuardianId) -> None:
    """Of what was agreed to: which text, and when; what was only opened proves nothing."""
    theirs = consent.c.guardian_id == whose
    connection.execute(delete(consent).where(theirs, consent.c.given_at.is_(None)))
    connection.execute(update(consent).where(theirs).values(user_id=None))
