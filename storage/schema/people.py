"""Families and their logins. What names or reaches a person is sealed (A12)."""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    true,
)

from domain.families.model import Display
from storage.columns import (
    BlindIndex,
    ExactDecimal,
    Money,
    SealedJson,
    SealedText,
    UtcDateTime,
    choice,
)
from storage.schema.base import metadata, own_id, refers


class Subject(StrEnum):
    """Whose wrong passwords are counted (A8)."""

    TELEGRAM_USER = "telegram_user"
    IDENTIFIER = "identifier"


family = Table(
    "family",
    metadata,
    own_id(),
    Column("is_resident", Boolean, nullable=False, server_default=true()),  # books first (B1)
)

family_quotient = Table(
    "family_quotient",
    metadata,
    refers("family_id", "family", primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("value", ExactDecimal, nullable=False),
    CheckConstraint("valid_to >= valid_from", name="order"),
)

guardian = Table(
    "guardian",
    metadata,
    own_id(),
    refers("family_id", "family", index=True),
    Column("civility", SealedText("guardian.civility"), nullable=False),
    Column("first_name", SealedText("guardian.first_name"), nullable=False),
    Column("last_name", SealedText("guardian.last_name"), nullable=False),
    Column("emails", SealedJson("guardian.emails"), nullable=False),
    Column("identifier", SealedText("guardian.identifier"), nullable=False),
    Column("identifier_index", BlindIndex, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),  # argon2id
    Column("locale", String(16), nullable=False),
    Column("display", choice(Display, "display"), nullable=False),
    Column("must_change_password", Boolean, nullable=False, server_default=false()),  # A4
    Column("password_until", UtcDateTime),  # of a temporary password; NULL: no end
    Column("quiet_from", Time),  # no notice between these, but urgent ones (N7)
    Column("quiet_until", Time),
    Column("tidy_screens", Boolean, nullable=False, server_default=false()),  # A12
    Column("erased_at", UtcDateTime),
    CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet"),
)

guardian_structure = Table(
    "guardian_structure",
    metadata,
    refers("guardian_id", "guardian", primary_key=True),
    refers("structure_id", "structure", primary_key=True),
)

child = Table(
    "child",
    metadata,
    own_id(),
    Column("first_name", SealedText("child.first_name"), nullable=False),
    Column("last_name", SealedText("child.last_name"), nullable=False),
    Column("school_class", Text),  # not sealed: it names nobody, and is asked for by name
)

child_family = Table(
    "child_family",
    metadata,
    refers("family_id", "family", primary_key=True),
    refers("child_id", "child", primary_key=True),  # of two families, where parents live apart
)

enrolment = Table(
    "enrolment",
    metadata,
    own_id(),
    refers("child_id", "child"),
    refers("activity_id", "activity"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("age_group", Text),
    UniqueConstraint("child_id", "activity_id", "valid_from"),
    CheckConstraint("valid_to >= valid_from", name="order"),
)

wallet = Table(
    "wallet",
    metadata,
    own_id(),
    refers("family_id", "family"),
    refers("structure_id", "structure"),
    Column("name", Text, nullable=False),
    Column("balance", Money, nullable=False),
    Column("closed_at", UtcDateTime),  # nothing is paid into it any more (M4)
    Column("reminded_at", UtcDateTime),  # when the family was last told that it owes (N6)
    UniqueConstraint("family_id", "structure_id", "name"),
)

telegram_session = Table(
    "telegram_session",
    metadata,
    own_id(),
    refers("guardian_id", "guardian"),
    refers("structure_id", "structure"),  # the one shown now
    Column("user_id", SealedText("telegram_session.user_id"), nullable=False),  # also the chat
    Column("user_index", BlindIndex, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("blocked_at", UtcDateTime),  # no push reaches this chat, since then
    Column("blocked_why", Text),
)
Index(
    "uq_telegram_session_live",
    telegram_session.c.user_index,
    unique=True,
    sqlite_where=telegram_session.c.ended_at.is_(None),
    postgresql_where=telegram_session.c.ended_at.is_(None),
)
Index("ix_telegram_session_guardian_id", telegram_session.c.guardian_id)

login_failure = Table(
    "login_failure",
    metadata,
    Column("subject", choice(Subject, "subject"), primary_key=True),
    Column("subject_index", BlindIndex, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)

fsm = Table(
    "fsm",
    metadata,
    # The six parts of aiogram's StorageKey; what is absent there is 0 or empty here.
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_index", BlindIndex, primary_key=True),
    Column("user_index", BlindIndex, primary_key=True),
    Column("thread_id", Integer, primary_key=True, autoincrement=False),
    Column("business_connection_id", Text, primary_key=True),
    Column("destiny", Text, primary_key=True),
    Column("state", Text),
    Column("data", SealedJson("fsm.data")),
)
