"""Getting in and staying in: tokens, chosen passwords, mail codes, choices, and the audit log."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
)

from domain.accounts.tokens import Purpose
from domain.audit.model import Actor
from domain.notices.model import Channel, Kind
from storage.columns import BlindIndex, SealedText, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

access_token = Table(
    "access_token",
    metadata,
    own_id(),
    refers("guardian_id", "guardian", index=True),
    Column("purpose", choice(Purpose, "purpose"), nullable=False),
    Column("token_hash", BlindIndex, nullable=False, unique=True),  # SHA-256 of the token
    Column("user_index", BlindIndex),  # the Telegram user who asked, and may open it
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    CheckConstraint("expires_at > issued_at", name="window"),
)

password_choice = Table(
    # The new password typed once, as a hash, until it is typed again.
    "password_choice",
    metadata,
    refers("guardian_id", "guardian", primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("chosen_at", UtcDateTime, nullable=False),
)

email_check = Table(
    "email_check",
    metadata,
    refers("guardian_id", "guardian", primary_key=True),
    Column("address_index", BlindIndex, primary_key=True),
    Column("address", SealedText("email_check.address"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("code_hash", BlindIndex, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    # The addresses of before go when the first of these is proved.
    Column("replaces", Boolean, nullable=False, server_default=false()),
    CheckConstraint("tries >= 0", name="tries"),
)

notice_choice = Table(
    # A row where the guardian chose otherwise than what the product does by itself.
    "notice_choice",
    metadata,
    refers("guardian_id", "guardian", primary_key=True),
    Column("kind", choice(Kind, "kind", check=False), primary_key=True),
    Column("channel", choice(Channel, "channel"), primary_key=True),
    Column("wanted", Boolean, nullable=False),
)

screen_message = Table(
    # Messages that hold personal data, so that they can be taken out of the chat (A9, A12).
    "screen_message",
    metadata,
    refers("session_id", "telegram_session", primary_key=True),
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("sent_at", UtcDateTime, nullable=False, index=True),
)

audit = Table(
    # Added to, never changed, but that an erasure takes the Telegram user out (A12). Holds ids,
    # never names or addresses.
    "audit",
    metadata,
    own_id(),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", choice(Actor, "actor"), nullable=False),
    refers("guardian_id", "guardian", nullable=True),
    Column("user_index", BlindIndex),  # the Telegram user, where there was one
    Column("what", String(64), nullable=False),
    Column("details", JSON, nullable=False),
    refers("staff_id", "staff_member", nullable=True),  # the agent who did it (S1)
    refers("structure_id", "structure", nullable=True),  # for which structure
)
Index("ix_audit_staff_id_at", audit.c.staff_id, audit.c.at)
Index("ix_audit_structure_id_at", audit.c.structure_id, audit.c.at)
Index("ix_audit_guardian_id_at", audit.c.guardian_id, audit.c.at)
Index("ix_audit_user_index_at", audit.c.user_index, audit.c.at)
