"""Who works for the town: members, what they work for, how they get in, where they are (S1)."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table

from domain.families.model import Display
from domain.staff.model import Role
from storage.columns import BlindIndex, SealedText, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

staff_member = Table(
    "staff_member",
    metadata,
    own_id(),
    Column("name", SealedText("staff_member.name"), nullable=False),
    Column("role", choice(Role, "role"), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("display", choice(Display, "display"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),  # stays, as the audit log names them
)

staff_structure = Table(
    "staff_structure",
    metadata,
    refers("staff_id", "staff_member", primary_key=True),
    refers("structure_id", "structure", primary_key=True),
)

staff_session = Table(
    "staff_session",
    metadata,
    own_id(),
    refers("staff_id", "staff_member", index=True),
    refers("structure_id", "structure"),  # the one shown now
    Column("user_id", SealedText("staff_session.user_id"), nullable=False),  # also the chat
    Column("user_index", BlindIndex, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)
Index(
    "uq_staff_session_live",
    staff_session.c.user_index,
    unique=True,
    sqlite_where=staff_session.c.ended_at.is_(None),
    postgresql_where=staff_session.c.ended_at.is_(None),
)

staff_screen = Table(
    # Messages that may name families, so that leaving takes them out of the agent's chat (A9).
    "staff_screen",
    metadata,
    refers("session_id", "staff_session", primary_key=True),
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("sent_at", UtcDateTime, nullable=False, index=True),
)

staff_token = Table(
    # An invitation: opened once, by whoever has it.
    "staff_token",
    metadata,
    own_id(),
    refers("staff_id", "staff_member", index=True),
    Column("token_hash", BlindIndex, nullable=False, unique=True),  # SHA-256 of the token
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    CheckConstraint("expires_at > issued_at", name="window"),
)
