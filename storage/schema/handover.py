"""What leaves: the nightly transmission, the jobs that run it, and the outbox of notices."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from domain.notices.model import Channel, Delivery, Kind
from storage.columns import SealedJson, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

transmission = Table(
    "transmission",
    metadata,
    own_id(),
    refers("structure_id", "structure"),
    Column("night", Date, nullable=False),
    Column("number", Integer, nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("movements", Integer, nullable=False),
    Column("checksum", String(64)),
    Column("written_at", UtcDateTime),
    Column(
        "taken_at", UtcDateTime
    ),  # the back office said so; until then the files are kept there
    UniqueConstraint("structure_id", "night"),
    UniqueConstraint("structure_id", "number"),
)

job_run = Table(
    "job_run",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("business_date", Date, primary_key=True),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
)

notice = Table(
    "notice",
    metadata,
    own_id(),
    Column("key", Text, nullable=False, unique=True),
    refers("guardian_id", "guardian"),
    Column("channel", choice(Channel, "channel"), nullable=False),
    Column("kind", choice(Kind, "kind", check=False), nullable=False),
    Column("params", JSON, nullable=False),
    # What only the addressee may read (a link, a code, a new address): wiped once delivered.
    Column("secret", SealedJson("notice.secret")),
    Column("at", UtcDateTime, nullable=False),
    Column("state", choice(Delivery, "state"), nullable=False),
    # When to send it; once claimed, until when the claim holds. Due again when that has passed.
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("done_at", UtcDateTime),
    Column("why", Text),
)
Index(
    "ix_notice_due",
    notice.c.due_at,
    sqlite_where=notice.c.done_at.is_(None),
    postgresql_where=notice.c.done_at.is_(None),
)
