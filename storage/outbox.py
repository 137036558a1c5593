"""Notices on their way out: ``domain.notices.ports.Outbox``.

``due_at`` says when a notice is to be sent; a claim moves it to the end of its lease. So what is
due is one condition, whether it is new, put off, or was left by somebody who died.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.families.model import GuardianId
from domain.notices.choosing import CHOOSABLE, channels, is_refused
from domain.notices.model import Channel, Delivery, Due, FamilyNotice, Notice, NoticeId
from storage.addressees import addressees, guardians_of, offers_of
from storage.choices import Preference, preferences
from storage.columns import keyring_of
from storage.lookups import telegram_index
from storage.schema import notice, telegram_session
from storage.sessions import SqlSessions
from storage.upserts import insert_into


class SqlOutbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def post(self, notices: Sequence[Notice]) -> None:
        asked = {posted.guardian_id for posted in notices if posted.kind in CHOOSABLE}
        chosen = preferences(self._connection, asked)
        self._queue([one for one in notices if not _is_refused(one, chosen)], chosen)

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        """Three statements, however many families."""
        guardians = guardians_of(self._connection, {posted.family_id for posted in notices})
        chosen = preferences(self._connection, set(chain.from_iterable(guardians.values())))
        self._queue(
            [
                Notice(
                    key=f"{posted.key}:{guardian}:{channel}",
                    guardian_id=guardian,
                    channel=channel,
                    kind=posted.kind,
                    params=posted.params,
                    at=posted.at,
                )
                for posted in notices
                for guardian, has_chat in guardians.get(posted.family_id, {}).items()
                for channel in channels(posted.kind, chosen[guardian].wanted, has_chat=has_chat)
            ],
            chosen,
        )

    def _queue(self, notices: Sequence[Notice], chosen: Mapping[GuardianId, Preference]) -> None:
        query = insert_into(self._connection, notice).on_conflict_do_nothing()
        rows = [_row(posted, chosen.get(posted.guardian_id)) for posted in notices]
        if rows:
            self._connection.execute(query, rows)

    def claim(self, now: datetime, *, limit: int, lease_until: datetime) -> tuple[Due, ...]:
        """``attempts`` counts this one, so that a notice that kills its sender is noticed."""
        picked = (
            select(notice.c.id)
            .where(notice.c.done_at.is_(None), notice.c.due_at <= now)
            .order_by(notice.c.due_at, notice.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        claimed = (
            update(notice)
            .where(notice.c.id.in_(select(picked.c.id)))
            .values(
                state=Delivery.SENDING,
                due_at=lease_until,
                attempts=notice.c.attempts + 1,
            )
            .returning(notice)
        )
        rows = self._connection.execute(claimed).all()
        people = addressees(self._connection, {row.guardian_id for row in rows})
        offers = offers_of(
            self._connection, {row.params["order"] for row in rows if _redraws(row)}
        )
        return tuple(
            replace(
                people[row.guardian_id].due(row),
                offers=tuple(offers[row.params["order"]]) if _redraws(row) else (),
            )
            for row in sorted(rows, key=lambda r: (r.at, r.id))
        )

    def sent(self, notice: NoticeId, at: datetime) -> None:
        self._end(notice, Delivery.SENT, at)

    def uncertain(self, notice: NoticeId, at: datetime) -> None:
        self._end(notice, Delivery.UNCERTAIN, at)

    def failed(self, notice: NoticeId, at: datetime, why: str) -> None:
        self._end(notice, Delivery.FAILED, at, why)

    def retry(self, notice: NoticeId, due: datetime, why: str) -> None:
        self._change(notice, state=Delivery.PENDING, due_at=due, why=why)

    def remember_message(self, chat: int, message: int, at: datetime) -> None:
        SqlSessions(self._connection).remember_message(chat, message, at)

    def chat_gone(self, chat: int, at: datetime, why: str) -> None:
        self._block(chat, at, why)

    def chat_back(self, chat: int) -> None:
        self._block(chat, None, None)

    def next_due(self) -> datetime | None:
        query = select(notice.c.due_at).where(notice.c.done_at.is_(None))
        query = query.order_by(notice.c.due_at).limit(1)
        return self._connection.scalars(query).first()

    def _end(
        self, notice: NoticeId, state: Delivery, at: datetime, why: str | None = None
    ) -> None:
        """What was secret has served."""
        self._change(notice, state=state, done_at=at, why=why, secret=None)

    def _change(self, notice_id: NoticeId, **values: object) -> None:
        query = update(notice).where(notice.c.id == notice_id)
        self._connection.execute(query.values(**values))

    def _block(self, chat: int, at: datetime | None, why: str | None) -> None:
        session = telegram_session.c
        index = telegram_index(keyring_of(self._connection.dialect), chat)
        query = update(telegram_session).where(session.user_index == index)
        query = query.where(session.ended_at.is_(None))
        self._connection.execute(query.values(blocked_at=at, blocked_why=why))


def _redraws(row: Row[Any]) -> bool:
    """One of the notice table: a receipt in a chat, of an order that may be offered there."""
    return row.channel is Channel.TELEGRAM and "order" in row.params


def _is_refused(posted: Notice, chosen: Mapping[GuardianId, Preference]) -> bool:
    by = chosen.get(posted.guardian_id)
    return by is not None and is_refused(posted.kind, posted.channel, by.wanted)


def _row(posted: Notice, to: Preference | None) -> dict[str, object]:
    due = posted.at if to is None else to.due(posted.kind, posted.channel, posted.at)
    return {
        "key": posted.key,
        "guardian_id": posted.guardian_id,
        "channel": posted.channel,
        "kind": posted.kind,
        "params": dict(posted.params),
        "secret": posted.secret and dict(posted.secret),
        "at": posted.at,
        "due_at": due,
        "state": Delivery.PENDING,
    }
