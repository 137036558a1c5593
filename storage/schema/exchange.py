"""What came from the town's other software, and what it was told (X1, X2)."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from domain.absences.model import News
from storage.columns import BlindIndex, Id, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

imported = Table(
    # The town's own name for a row of ours, and what its line said the last time.
    "imported",
    metadata,
    Column("kind", String(32), primary_key=True),  # domain.imports.model.Table, or "pools"
    Column("code", String(255), primary_key=True),
    Column("row_id", Id),  # NULL where the row has no number
    Column("fingerprint", BlindIndex, nullable=False),
)
Index("ix_imported_kind_row_id", imported.c.kind, imported.c.row_id)

taken_file = Table(
    # By content: whatever its name, and however often it is sent.
    "taken_file",
    metadata,
    Column("checksum", String(64), primary_key=True),  # SHA-256
    Column("name", Text, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
)

absence_news = Table(
    # Added to, never changed, but that the night claims it: absences change until their day.
    "absence_news",
    metadata,
    own_id(),
    refers("structure_id", "structure"),
    Column("activity_id", Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("ticket", Integer, nullable=False),
    Column("what", choice(News, "what"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("billed", Boolean, nullable=False),
    Column("certified", Boolean, nullable=False),
    refers("transmission_id", "transmission", nullable=True, index=True),
    ForeignKeyConstraint(
        ["activity_id", "day", "ticket"],
        ["booking.activity_id", "booking.day", "booking.ticket"],
    ),
)
_waiting = absence_news.c.transmission_id.is_(None)
Index(
    "ix_absence_news_unclaimed",
    absence_news.c.structure_id,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)
