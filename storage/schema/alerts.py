"""What the town must look at, until somebody has."""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text

from domain.alerts.model import AlertKind
from storage.columns import UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

staff_alert = Table(
    "staff_alert",
    metadata,
    own_id(),
    Column("key", Text, nullable=False, unique=True),  # told once
    Column("kind", choice(AlertKind, "kind", check=False), nullable=False),
    refers("structure_id", "structure", nullable=True),  # NULL: for the agents of all of them
    Column("details", JSON, nullable=False),  # ids and amounts, no names
    Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),  # to the agents who were connected then
    Column("settled_at", UtcDateTime),
    Column("settled_by", Integer),  # the agent's number
)
Index(
    "ix_staff_alert_open",
    staff_alert.c.at,
    sqlite_where=staff_alert.c.settled_at.is_(None),
    postgresql_where=staff_alert.c.settled_at.is_(None),
)
Index(
    "ix_staff_alert_untold",
    staff_alert.c.id,
    sqlite_where=staff_alert.c.told_at.is_(None),
    postgresql_where=staff_alert.c.told_at.is_(None),
)
