"""The courier's side of announcements: ``domain.announcements.sending.SendingTx`` (N7)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, exists, func, select, update

from domain.announcements.composed import OPEN, Composed, DeliveryId, Fate, Followed, Status
from domain.announcements.model import AnnouncementId
from domain.announcements.sending import Live, Outcome, Outgoing, Task
from domain.families.model import GuardianId
from domain.notices.model import Channel, Kind, Notice
from domain.notices.quiet import Quiet, not_before
from domain.staff.model import StaffSessionId
from storage.announcing import COLUMNS, to_composed
from storage.following import SqlFollowing, is_outdated
from storage.outbox import SqlOutbox
from storage.schema import (
    announcement,
    announcement_delivery,
    guardian,
    staff_member,
    staff_session,
    structure,
    telegram_session,
)

_told, _delivery, _session = announcement.c, announcement_delivery.c, telegram_session.c
_columns: Any = COLUMNS  # too many for the types of ``select``
_CHAT: Final = (
    _delivery.id,
    _delivery.announcement_id,
    _delivery.attempts,
    _delivery.message_id,
    _session.user_id,
    _session.ended_at,
    _session.blocked_at,
)
_NOTE: Final = (
    update(announcement_delivery)
    .where(_delivery.id == bindparam("delivery"))
    .values({name: bindparam(name) for name in ("state", "due_at", "version", "message_id")})
    .values({name: bindparam(name) for name in ("attempts", "at", "why")})
)


class SqlBroadcasts(SqlFollowing):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # -- which chats are next --------------------------------------------------------------
    def take(self, at: datetime, *, limit: int, lease_until: datetime) -> tuple[Outgoing, ...]:
        self._give_up_lost(at)
        changes = self._changes(at, limit, lease_until)
        taken = changes or self._sends(at, limit, lease_until)
        if not taken:
            self.settle()
        return taken

    def _give_up_lost(self, at: datetime) -> None:
        """Claimed by somebody who died: it may have arrived (N7)."""
        late = select(_delivery.id).where(
            _delivery.announcement_id.in_(_under_way()),
            _delivery.state == Fate.SENDING,
            _delivery.due_at <= at,
        )
        # What somebody holds is not lost: they are telling what became of it.
        free = late.with_for_update(skip_locked=True).cte("late")
        lost = update(announcement_delivery).where(_delivery.id.in_(select(free.c.id)))
        self._connection.execute(
            lost.values(state=Fate.UNCERTAIN, due_at=None, at=at, why="lost with its sender")
        )

    def _changes(self, at: datetime, limit: int, lease_until: datetime) -> tuple[Outgoing, ...]:
        query = _of_chats(_told.status, guardian.c.locale).where(
            _told.changing.is_(True), is_outdated, _delivery.due_at <= at
        )
        rows = self._picked(query, limit)
        self._claim(rows, due_at=lease_until)
        return tuple(
            _outgoing(row, Task.TAKE_AWAY if row.status is Status.WITHDRAWN else Task.EDIT)
            for row in rows
        )

    def _sends(self, at: datetime, limit: int, lease_until: datetime) -> tuple[Outgoing, ...]:
        query = (
            _of_chats(
                guardian.c.locale, guardian.c.quiet_from, guardian.c.quiet_until, structure.c.zone
            )
            .join(structure, structure.c.id == _told.structure_id)
            .where(
                _told.status == Status.SENDING,
                _delivery.state == Fate.PENDING,
                _delivery.due_at <= at,
            )
        )
        while rows := self._picked(query, limit):
            awake = self._awake(rows, at)
            if awake:
                self._claim(awake, due_at=lease_until)
                return tuple(_outgoing(row, Task.SEND) for row in awake)
        return ()

    def _awake(self, rows: Sequence[Row[Any]], at: datetime) -> list[Row[Any]]:
        """Those that it can go to now; the others are put off, or noted to be gone."""
        awake: list[Row[Any]] = []
        asleep = defaultdict[datetime, list[Row[Any]]](list)
        gone = {Fate.NO_CHAT: [], Fate.BLOCKED: []}  # type: dict[Fate, list[Row[Any]]]
        for row in rows:
            until = _quiet_until(row, at)
            if row.ended_at is not None or row.blocked_at is not None:
                gone[Fate.NO_CHAT if row.ended_at is not None else Fate.BLOCKED].append(row)
            elif until > at:
                asleep[until].append(row)
            else:
                awake.append(row)
        for until, put_off in asleep.items():
            self._claim(put_off, due_at=until)
        for fate, lost in gone.items():
            self._claim(lost, state=fate, due_at=None, at=at)
            self._mail_instead([row.id for row in lost], at)
        return awake

    def _picked(self, query: Select[Any], limit: int) -> Sequence[Row[Any]]:
        query = query.order_by(_delivery.announcement_id, _delivery.due_at, _delivery.id)
        locked = query.limit(limit).with_for_update(skip_locked=True, of=announcement_delivery)
        return self._connection.execute(locked).all()

    def _claim(self, rows: Sequence[Row[Any]], **values: object) -> None:
        if rows:
            query = update(announcement_delivery).where(_delivery.id.in_([r.id for r in rows]))
            self._connection.execute(query.values(**values))

    def leaves(self, delivery: DeliveryId, *, lease_until: datetime) -> bool:
        is_sending = exists().where(
            _told.id == _delivery.announcement_id, _told.status == Status.SENDING
        )
        query = update(announcement_delivery).where(
            _delivery.id == delivery, _delivery.state == Fate.PENDING, is_sending
        )
        left = query.values(state=Fate.SENDING, due_at=lease_until).returning(_delivery.id)
        return self._connection.scalar(left) is not None

    def composed(self, announcements: Set[AnnouncementId]) -> Mapping[AnnouncementId, Composed]:
        query = select(*COLUMNS).where(_told.id.in_(announcements))
        found = (to_composed(row) for row in self._connection.execute(query))
        return {one.id: one for one in found}

    def content(self, announcement: AnnouncementId) -> bytes | None:
        query = select(_told.file).where(_told.id == announcement)
        found: bytes | None = self._connection.scalar(query)
        return found

    def keep_file(self, announcement: AnnouncementId, telegram_id: str) -> None:
        self._change(announcement, file_telegram_id=telegram_id)

    # -- what became of them ---------------------------------------------------------------
    def note(self, outcomes: Sequence[Outcome], at: datetime) -> None:
        if not outcomes:
            return
        ids = sorted({one.of.announcement_id for one in outcomes})
        # The announcement first, as whoever withdraws it does: one order of locks.
        in_order = select(_told.id).where(_told.id.in_(ids)).order_by(_told.id)
        self._connection.execute(in_order.with_for_update())
        stale = update(announcement).where(_told.id.in_(ids)).values(progress_stale=True)
        self._connection.execute(stale)
        self._connection.execute(_NOTE, [_noted(one, at) for one in outcomes])
        self._cancel_withdrawn(ids, at)
        gone = [one for one in outcomes if one.is_gone]
        for one in gone:
            SqlOutbox(self._connection).chat_gone(one.of.chat, at, one.why or "")
        self._mail_instead([one.of.id for one in gone], at)
        self.settle()

    def _cancel_withdrawn(self, announcements: Sequence[AnnouncementId], at: datetime) -> None:
        """What was withdrawn while it was held back, by a 429 say: it does not leave any more."""
        withdrawn = select(_told.id).where(
            _told.id.in_(announcements), _told.status == Status.WITHDRAWN
        )
        held = (_delivery.announcement_id.in_(withdrawn), _delivery.state == Fate.PENDING)
        query = update(announcement_delivery).where(*held)
        self._connection.execute(query.values(state=Fate.CANCELLED, due_at=None, at=at))

    def _mail_instead(self, deliveries: Sequence[DeliveryId], at: datetime) -> None:
        """To whom it cannot reach by any other chat, unless they want no mail of this kind."""
        if not deliveries:
            return
        other = announcement_delivery.alias()
        elsewhere = exists().where(
            other.c.announcement_id == _delivery.announcement_id,
            other.c.guardian_id == _delivery.guardian_id,
            other.c.state.in_((Fate.SENT, *OPEN)),
        )
        query = (
            select(_delivery.announcement_id, _delivery.guardian_id, _told.structure_id)
            .join(announcement)
            .where(_delivery.id.in_(deliveries), ~elsewhere)
            .distinct()
        )
        SqlOutbox(self._connection).post(
            [
                Notice(
                    key=f"announcement:{told}:{whose}:mail",
                    guardian_id=GuardianId(whose),
                    channel=Channel.MAIL,
                    kind=Kind.ANNOUNCEMENT,
                    params={"announcement": told, "structure": of},
                    at=at,
                )
                for told, whose, of in self._connection.execute(query)
            ]
        )

    # -- who watches -----------------------------------------------------------------------
    def live(self) -> tuple[Live, ...]:
        query = (
            select(
                *_columns,
                staff_session.c.id.label("session"),
                staff_session.c.user_id,
                staff_member.c.locale,
            )
            .join(staff_session, staff_session.c.id == _told.follower_id)
            .join(staff_member, staff_member.c.id == staff_session.c.staff_id)
            .where(_told.progress_stale.is_(True), staff_session.c.ended_at.is_(None))
            .where(_told.status.notin_((Status.DRAFT, Status.SCHEDULED)))
        )
        return tuple(
            Live(
                Followed(to_composed(row), self.progress(AnnouncementId(row.id))),
                StaffSessionId(row.session),
                int(row.user_id),
                row.locale,
                row.progress_message,
            )
            for row in self._rows(query)
        )

    def _rows(self, query: Any) -> Sequence[Row[Any]]:
        found: Sequence[Row[Any]] = self._connection.execute(query).all()
        return found

    def told(self, live: Live, message: int) -> None:
        whole = select(*_columns).where(_told.id == live.followed.composed.id)
        row = self._connection.execute(whole.with_for_update()).one()
        now = Followed(to_composed(row), self.progress(AnnouncementId(row.id)))
        self._follow(live, progress_message=message, progress_stale=now != live.followed)

    def unwatch(self, live: Live) -> None:
        self._follow(live, follower_id=None, progress_message=None)

    def _follow(self, live: Live, **values: object) -> None:
        """Nothing where somebody else watches by now."""
        query = update(announcement).where(
            _told.id == live.followed.composed.id, _told.follower_id == live.session_id
        )
        self._connection.execute(query.values(**values))

    def next_due(self) -> datetime | None:
        is_sending = _told.status == Status.SENDING
        waiting = (_delivery.state == Fate.PENDING) & is_sending
        in_hand = (_delivery.state == Fate.SENDING) & (is_sending | _told.changing.is_(True))
        query = (
            select(func.min(_delivery.due_at))
            .join(announcement)
            .where(waiting | in_hand | (_told.changing.is_(True) & is_outdated))
        )
        found: datetime | None = self._connection.scalar(query)
        return found

    def _change(self, announcement_id: AnnouncementId, **values: object) -> None:
        query = update(announcement).where(_told.id == announcement_id)
        self._connection.execute(query.values(**values))


def _under_way() -> Select[tuple[int]]:
    """A handful at most, so that old deliveries are not looked at."""
    moving = (Status.SENDING, Status.PAUSED)
    return select(_told.id).where(_told.status.in_(moving) | _told.changing.is_(True))


def _of_chats(*more: Any) -> Select[Any]:
    return (
        select(*_CHAT, *more)
        .join(announcement, _told.id == _delivery.announcement_id)
        .join(telegram_session, _session.id == _delivery.session_id)
        .join(guardian, guardian.c.id == _delivery.guardian_id)
    )


def _outgoing(row: Row[Any], task: Task) -> Outgoing:
    return Outgoing(
        id=DeliveryId(row.id),
        announcement_id=AnnouncementId(row.announcement_id),
        task=task,
        chat=int(row.user_id),
        locale=row.locale,
        attempts=row.attempts,
        message_id=row.message_id,
    )


def _noted(one: Outcome, at: datetime) -> dict[str, object]:
    return {
        "delivery": one.of.id,
        "state": one.fate,
        "due_at": one.due_at,
        "version": one.version,
        "message_id": one.message_id,
        "attempts": one.attempts,
        "at": at,
        "why": one.why,
    }


def _quiet_until(row: Row[Any], at: datetime) -> datetime:
    if row.quiet_from is None:
        return at
    return not_before(at, Quiet(row.quiet_from, row.quiet_until), ZoneInfo(row.zone))
