"""What is composed, and where it went: one row a chat that an announcement is for (S2, N7)."""

from collections.abc import Iterator

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, false

from domain.announcements.composed import Fate, Reach, Status
from storage.columns import UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers


def more_of_an_announcement() -> Iterator[Column]:  # type: ignore[type-arg]
    """Columns of the agents' side; what an import writes is in ``town``, and is told at once."""
    yield refers("staff_id", "staff_member", nullable=True)  # who began it; NULL: imported
    yield Column("status", choice(Status, "status"), nullable=False, server_default="sent")
    yield Column("reach", choice(Reach, "reach"), nullable=False, server_default="structure")
    yield Column("age_group", Text)
    yield Column("school_class", Text)
    yield Column("day", Date)
    yield Column("version", Integer, nullable=False, server_default="1")
    yield Column("scheduled_at", UtcDateTime)
    yield Column("shown_days", Integer)
    yield Column("file_is_picture", Boolean, nullable=False, server_default=false())
    yield Column("file_telegram_id", Text)
    # The words that are to replace those that were sent, until they are confirmed.
    yield Column("new_title", Text)
    yield Column("new_text", Text)
    # A change is on its way to the chats: deliveries of the others are not even looked at.
    yield Column("changing", Boolean, nullable=False, server_default=false())
    # Where its progress is told, live: the agent's session, and the message once there is one.
    yield refers("follower_id", "staff_session", nullable=True)
    yield Column("progress_message", Integer)
    yield Column("progress_stale", Boolean, nullable=False, server_default=false())


announcement_delivery = Table(
    "announcement_delivery",
    metadata,
    own_id(),
    refers("announcement_id", "announcement"),
    refers("guardian_id", "guardian"),
    refers("session_id", "telegram_session", nullable=True),  # NULL: no chat was left
    Column("state", choice(Fate, "state"), nullable=False),
    # When to send, or to look again; of a claimed one, until when the claim holds. NULL: never.
    Column("due_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="0"),  # of the words that are there
    Column("message_id", Integer),
    Column("at", UtcDateTime, nullable=False),  # of the last thing that happened to it
    Column("why", Text),
)
_delivery = announcement_delivery.c
# A chat is told once: without a chat, the guardian is one row.
Index(
    "uq_announcement_delivery_chat",
    _delivery.announcement_id,
    _delivery.session_id,
    unique=True,
    sqlite_where=_delivery.session_id.isnot(None),
    postgresql_where=_delivery.session_id.isnot(None),
)
Index(
    "uq_announcement_delivery_no_chat",
    _delivery.announcement_id,
    _delivery.guardian_id,
    unique=True,
    sqlite_where=_delivery.session_id.is_(None),
    postgresql_where=_delivery.session_id.is_(None),
)
Index("ix_announcement_delivery_due", _delivery.announcement_id, _delivery.state, _delivery.due_at)
Index("ix_announcement_delivery_guardian_id", _delivery.guardian_id)
Index("ix_announcement_delivery_session_id", _delivery.session_id)
