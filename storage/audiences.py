"""Whom an announcement is for: one truth for the home screens, the count and the sending (S2)."""

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_, select

from domain.announcements.composed import Reach
from domain.bookings.model import HOLDING
from domain.notices.model import Channel, Kind
from storage.schema import (
    activity,
    announcement,
    booking,
    child,
    child_family,
    enrolment,
    guardian,
    guardian_structure,
    notice_choice,
    telegram_session,
)

_told, _session = announcement.c, telegram_session.c


def is_for(family: Any, today: date) -> ColumnElement[bool]:
    """Of each row of ``announcement``: whether this family (a column, or a number) is meant."""
    enrolled = exists().where(
        child_family.c.family_id == family,
        enrolment.c.child_id == child_family.c.child_id,
        enrolment.c.valid_to >= today,
    )
    there = enrolled.where(enrolment.c.activity_id == _told.activity_id)
    alike = enrolled.where(
        enrolment.c.age_group == _told.age_group,
        activity.c.id == enrolment.c.activity_id,
        activity.c.structure_id == _told.structure_id,
    )
    classmate = enrolled.where(
        child.c.id == enrolment.c.child_id,
        child.c.school_class == _told.school_class,
        activity.c.id == enrolment.c.activity_id,
        activity.c.structure_id == _told.structure_id,
    )
    booked = exists().where(
        booking.c.family_id == family,
        booking.c.day == _told.day,
        booking.c.state.in_(HOLDING),
        activity.c.id == booking.c.activity_id,
        activity.c.structure_id == _told.structure_id,
        or_(_told.activity_id.is_(None), booking.c.activity_id == _told.activity_id),
    )
    return or_(
        _told.reach.in_((Reach.EVERYONE, Reach.STRUCTURE)),
        and_(_told.reach == Reach.ACTIVITY, there.correlate(announcement, guardian)),
        and_(_told.reach == Reach.GROUP, alike.correlate(announcement, guardian)),
        and_(_told.reach == Reach.CLASS, classmate.correlate(announcement, guardian)),
        and_(_told.reach == Reach.BOOKED, booked.correlate(announcement, guardian)),
    )


def is_meant(today: date) -> ColumnElement[bool]:
    """Of each pair of rows of ``announcement`` and ``guardian``."""
    theirs = (
        exists()
        .where(
            guardian_structure.c.guardian_id == guardian.c.id,
            guardian_structure.c.structure_id == _told.structure_id,
        )
        .correlate(announcement, guardian)
    )
    return and_(
        guardian.c.erased_at.is_(None),
        or_(_told.reach == Reach.EVERYONE, theirs),
        is_for(guardian.c.family_id, today),
    )


def _chose(channel: Channel, *, wanted: bool) -> ColumnElement[bool]:
    choice = notice_choice.c
    return (
        exists()
        .where(
            choice.guardian_id == guardian.c.id,
            choice.kind == Kind.ANNOUNCEMENT,
            choice.channel == channel,
            choice.wanted == wanted,
        )
        .correlate(guardian)
    )


IS_MUTED: Final = _chose(Channel.TELEGRAM, wanted=False)
CHATS: Final = and_(
    _session.guardian_id == guardian.c.id,
    _session.ended_at.is_(None),
    _session.blocked_at.is_(None),
    ~IS_MUTED,
)
"""Joins the chats of ``guardian`` that it can go to."""
HAS_BLOCKED: Final = (
    select(_session.id)
    .where(
        _session.guardian_id == guardian.c.id,
        _session.ended_at.is_(None),
        _session.blocked_at.isnot(None),
    )
    .correlate(guardian)
    .exists()
)
_has_chat: Final = select(_session.id).where(CHATS).correlate(guardian).exists()
IS_MAILED: Final = or_(
    _chose(Channel.MAIL, wanted=True),
    and_(~IS_MUTED, ~_has_chat, ~_chose(Channel.MAIL, wanted=False)),
)
"""By mail as well, for whoever asked for it; instead, for whoever has no chat left (N7)."""
