"""Deadlines that families were told of (N3): once each, and with which days."""

from sqlalchemy import Column, Date, Table, UniqueConstraint

from storage.columns import UtcDateTime
from storage.schema.base import metadata, own_id, refers

reminder = Table(
    "reminder",
    metadata,
    own_id(),
    refers("family_id", "family"),
    refers("structure_id", "structure"),
    Column("limit_at", UtcDateTime, nullable=False, index=True),
    Column("told_at", UtcDateTime, nullable=False),
    Column("silenced_at", UtcDateTime),  # "not this time"
    UniqueConstraint("family_id", "structure_id", "limit_at"),
)

reminder_day = Table(
    "reminder_day",
    metadata,
    refers("reminder_id", "reminder", primary_key=True),
    refers("child_id", "child", primary_key=True),
    refers("activity_id", "activity", primary_key=True),
    Column("day", Date, primary_key=True),
)
