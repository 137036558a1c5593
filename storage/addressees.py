"""Who a notice goes to, and where they can be reached now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.families.model import Child, ChildId, Display, FamilyId, GuardianId
from domain.notices.model import Due, Notice, NoticeId
from storage.schema import child, child_family, guardian, order_message, telegram_session

_session = telegram_session.c
_reachable = _session.ended_at.is_(None) & _session.blocked_at.is_(None)
_chats = (_session.guardian_id == guardian.c.id) & _reachable


@dataclass(frozen=True, slots=True)
class Addressee:
    locale: str
    display: Display
    chats: Mapping[int, int]  # by session
    emails: tuple[str, ...]
    name: str
    children: tuple[Child, ...]

    def due(self, row: Row[Any]) -> Due:
        """``row`` is one of the notice table."""
        return Due(
            id=NoticeId(row.id),
            notice=Notice(
                key=row.key,
                guardian_id=GuardianId(row.guardian_id),
                channel=row.channel,
                kind=row.kind,
                params=row.params,
                at=row.at,
                secret=row.secret,
            ),
            attempts=row.attempts,
            locale=self.locale,
            display=self.display,
            chats=tuple(
                chat for key, chat in self.chats.items() if key != row.params.get("session")
            ),
            emails=self.emails,
            addressee=self.name,
            children=self.children,
        )


def guardians_of(
    connection: Connection, families: Set[FamilyId]
) -> Mapping[FamilyId, Mapping[GuardianId, bool]]:
    """The guardians of each family, and whether a chat is left to reach them."""
    has_chat = select(_session.id).where(_chats).exists()
    query = select(guardian.c.family_id, guardian.c.id, has_chat).order_by(guardian.c.id)
    found = defaultdict[FamilyId, dict[GuardianId, bool]](dict)
    if families:
        for family_id, guardian_id, reached in connection.execute(
            query.where(guardian.c.family_id.in_(families))
        ):
            found[FamilyId(family_id)][GuardianId(guardian_id)] = bool(reached)
    return found


def addressees(
    connection: Connection, guardians: Set[GuardianId]
) -> Mapping[GuardianId, Addressee]:
    """In two statements, however many."""
    if not guardians:
        return {}
    query = (
        select(guardian, _session.id.label("session_id"), _session.user_id)
        .outerjoin(telegram_session, _chats)
        .where(guardian.c.id.in_(guardians))
        .order_by(_session.id)
    )
    rows = connection.execute(query).all()
    children = _children(connection, {row.family_id for row in rows})
    chats = defaultdict[int, dict[int, int]](dict)
    for row in rows:
        if row.user_id is not None:
            chats[row.id][row.session_id] = int(row.user_id)
    return {
        GuardianId(row.id): Addressee(
            locale=row.locale,
            display=row.display,
            chats=chats[row.id],
            emails=tuple(row.emails),
            name=" ".join(filter(None, (row.civility, row.last_name.upper(), row.first_name))),
            children=tuple(children[row.family_id]),
        )
        for row in rows
    }


def offers_of(connection: Connection, orders: Set[int]) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Chat and message where each of these orders was offered, and can still be redrawn."""
    found = defaultdict[int, list[tuple[int, int]]](list)
    if orders:
        query = (
            select(order_message.c.order_id, _session.user_id, order_message.c.message_id)
            .join_from(order_message, telegram_session)
            .where(order_message.c.order_id.in_(orders), _reachable)
            .order_by(order_message.c.session_id, order_message.c.message_id)
        )
        for order, user, message in connection.execute(query):
            found[order].append((int(user), message))
    return found


def _children(connection: Connection, families: Set[int]) -> dict[int, list[Child]]:
    query = select(child_family.c.family_id, child).join(child)
    children = defaultdict[int, list[Child]](list)
    for row in connection.execute(query.where(child_family.c.family_id.in_(families))):
        children[row.family_id].append(Child(ChildId(row.id), row.first_name, row.last_name))
    for siblings in children.values():
        siblings.sort(key=lambda child: (child.first_name, child.id))
    return children
