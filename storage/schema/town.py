"""The town's own data: changed by imports, which raise ``town.catalogue_version``."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from domain.activities.model import Waitlist
from domain.activities.tariffs import DayKind
from storage.columns import BlindIndex, ExactDecimal, Money, SealedText, UtcDateTime, choice
from storage.schema.announcements import more_of_an_announcement
from storage.schema.base import metadata, own_id, refers

town = Table(
    "town",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("catalogue_version", Integer, nullable=False),
    # Known words, so that a wrong keyring is noticed at start and not by the first parent.
    Column("key_check", SealedText("town.key_check")),
    Column("index_check", BlindIndex),
    CheckConstraint("id = 1", name="single"),
)

structure = Table(
    "structure",
    metadata,
    own_id(),
    Column("name", Text, nullable=False),
    Column("welcome", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("draft_hours", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    # EUR: a family with a wallet below it books nothing new (B1).
    Column("debt_threshold", Money, nullable=False, server_default="0"),
    Column("debt_reminder_days", Integer, nullable=False, server_default="14"),
    CheckConstraint("draft_hours > 0", name="kept"),
    CheckConstraint("debt_reminder_days > 0", name="reminded"),
)

school_holiday = Table(
    "school_holiday",
    metadata,
    refers("structure_id", "structure", primary_key=True),
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
    CheckConstraint("last >= first", name="order"),
)

public_holiday = Table(
    "public_holiday",
    metadata,
    refers("structure_id", "structure", primary_key=True),
    Column("day", Date, primary_key=True),
)

activity = Table(
    "activity",
    metadata,
    own_id(),
    refers("structure_id", "structure"),
    Column("name", Text, nullable=False),
    Column("arrival", Time, nullable=False),
    Column("departure", Time, nullable=False),
    Column("weekdays", JSON, nullable=False),  # [0, 1, 3, 4]
    Column("book_by", JSON, nullable=False),  # as domain.calendar.deadlines.to_data writes it
    Column("cancel_by", JSON, nullable=False),
    Column("wallet", Text, nullable=False),
    Column("waitlist", choice(Waitlist, "waitlist"), nullable=False),
    Column("approval", Boolean, nullable=False),
    Column("offer_minutes", Integer, nullable=False),
    Column("may_overlap", Boolean, nullable=False),
    Column("booking_opens_at", UtcDateTime),
    Column("booking_opens_residents_at", UtcDateTime),
    Column("booking_closes_at", UtcDateTime),
    Column("hours", JSON(none_as_null=True)),  # as domain.activities.hours_model.to_data writes it
    # As domain.activities.absence_billing.to_data writes it (B19).
    Column("absence_billing", JSON, nullable=False, server_default='{"kind": "billed"}'),
    CheckConstraint("arrival < departure", name="hours"),
    CheckConstraint("offer_minutes > 0", name="offer"),
)

activity_exclusion = Table(
    "activity_exclusion",
    metadata,
    refers("activity_id", "activity", primary_key=True),
    refers("excluded_id", "activity", primary_key=True),
)

pool = Table(
    "pool",
    metadata,
    own_id(),
    refers("structure_id", "structure"),
    Column("name", Text, nullable=False),
)

activity_draw = Table(
    "activity_draw",
    metadata,
    own_id(),
    refers("activity_id", "activity"),
    refers("pool_id", "pool"),
    Column("age_group", Text),  # NULL: every child of the activity
    UniqueConstraint("activity_id", "pool_id", "age_group"),
)

tariff = Table(
    "tariff",
    metadata,
    own_id(),
    refers("activity_id", "activity"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("day_kind", choice(DayKind, "day_kind"), nullable=False),
    Column("bracket_min", ExactDecimal),
    Column("bracket_max", ExactDecimal),
    Column("slice_minutes", Integer),  # NULL: for the day
    Column("amount", ExactDecimal, nullable=False),  # may hold fractions of a cent
    Column("minimum", Money),
    Column("cap", Money),
    CheckConstraint("valid_to >= valid_from", name="order"),
    CheckConstraint("slice_minutes > 0", name="slice"),
)

opening_day = Table(
    "opening_day",
    metadata,
    refers("activity_id", "activity", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("is_open", Boolean, nullable=False),
    Column("arrival", Time),  # NULL: the activity's
    Column("departure", Time),
)

pool_day = Table(
    "pool_day",
    metadata,
    refers("pool_id", "pool", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("capacity", Integer),  # NULL is unlimited, 0 is nothing left
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("next_ticket", Integer, nullable=False, server_default="1"),
    CheckConstraint("capacity >= 0", name="capacity"),
    CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="taken"),
    CheckConstraint("next_ticket >= 1", name="ticket"),
)

announcement = Table(
    "announcement",
    metadata,
    own_id(),
    refers("structure_id", "structure"),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime),
    # NULL: everybody of the structure; else the families of those enrolled there.
    refers("activity_id", "activity", nullable=True),
    Column("file_name", Text),  # a picture or a document beside the text
    Column("file", LargeBinary),
    *more_of_an_announcement(),
    CheckConstraint("ends_at > starts_at", name="window"),
    CheckConstraint("(file IS NULL) = (file_name IS NULL)", name="file"),
)
