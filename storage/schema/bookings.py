"""Drafts, bookings and movements.

``(activity_id, day, ticket)`` names a booking for ever: movements refer to it, so that both can
be written by one statement each, without asking for numbers first.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    or_,
)

from domain.bookings.model import MovementKind, State, Wish
from storage.columns import Id, Money, UtcDateTime, choice
from storage.schema.base import metadata, own_id, refers

draft = Table(
    "draft",
    metadata,
    own_id(),
    refers("guardian_id", "guardian"),
    refers("structure_id", "structure"),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("together", Boolean, nullable=False, server_default=false()),  # siblings linked (B16)
    UniqueConstraint("guardian_id", "structure_id"),
)

draft_line = Table(
    "draft_line",
    metadata,
    refers("draft_id", "draft", primary_key=True),
    refers("child_id", "child", primary_key=True),
    refers("activity_id", "activity", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("wish", choice(Wish, "wish"), nullable=False),
    Column("arrival", Time, nullable=False),
    Column("departure", Time, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("arrival < departure", name="hours"),
)

draft_hours = Table(
    "draft_hours",  # chosen once for all the days of a child and an activity (B6)
    metadata,
    refers("draft_id", "draft", primary_key=True),
    refers("child_id", "child", primary_key=True),
    refers("activity_id", "activity", primary_key=True),
    Column("arrival", Time, nullable=False),
    Column("departure", Time, nullable=False),
    CheckConstraint("arrival < departure", name="hours"),
)

follow_up_filter = Table(
    "follow_up_filter",  # what a guardian wants to see of a structure (F1); no row: everything
    metadata,
    refers("draft_id", "draft", primary_key=True),
    refers("child_id", "child", nullable=True),
    refers("activity_id", "activity", nullable=True),
    Column("month", Date),
    Column("hidden", JSON, nullable=False),  # ["transmitted"]
)

receipt = Table(
    "receipt",
    metadata,
    refers("draft_id", "draft", primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("outcomes", JSON, nullable=False),
)

booking = Table(
    "booking",
    metadata,
    own_id(),
    refers("child_id", "child"),
    Column("activity_id", Id, nullable=False),
    Column("day", Date, nullable=False),
    refers("family_id", "family"),
    refers("guardian_id", "guardian", nullable=True),
    Column("state", choice(State, "state"), nullable=False),
    Column("ticket", Integer, nullable=False),
    Column("arrival", Time, nullable=False),
    Column("departure", Time, nullable=False),
    Column("price", Money, nullable=False),
    Column("age_group", Text),
    Column("offer_until", UtcDateTime),
    Column("reason", Text),
    Column("turn", BigInteger),  # where the town moved it in its queue (S5)
    Column("together", Integer),  # the ticket of the first of the siblings who wait together (B16)
    ForeignKeyConstraint(["activity_id", "day"], ["opening_day.activity_id", "opening_day.day"]),
    UniqueConstraint("activity_id", "day", "ticket"),
    CheckConstraint("(state = 'offered') = (offer_until IS NOT NULL)", name="offer"),
    CheckConstraint("arrival < departure", name="hours"),
    CheckConstraint("ticket >= 1", name="ticket"),
    CheckConstraint("price >= 0", name="price"),
)
_live = booking.c.state != State.CANCELLED
Index(
    "uq_booking_live",  # a child is booked once for a slot, whichever family asks (A11)
    booking.c.child_id,
    booking.c.activity_id,
    booking.c.day,
    unique=True,
    sqlite_where=_live,
    postgresql_where=_live,
)
# Whole and not partial: a bound parameter never proves a partial index's condition.
Index("ix_booking_queue", *(booking.c[name] for name in ("activity_id", "day", "state", "ticket")))


def awaits_answer(of: FromClause) -> ColumnElement[bool]:
    """The town's answer: asked for, or set aside by the town (B17). Written out, and asked for in
    these words, so that the index of it serves.
    """
    pending = of.c.state == literal_column("'pending'")
    aside = and_(of.c.state == literal_column("'waitlisted'"), of.c.reason.isnot(None))
    return or_(pending, aside)


Index(
    "ix_booking_answer",
    booking.c.activity_id,
    booking.c.day,
    sqlite_where=awaits_answer(booking),
    postgresql_where=awaits_answer(booking),
)
Index("ix_booking_family_day", booking.c.family_id, booking.c.day)
Index("ix_booking_child_day", booking.c.child_id, booking.c.day)
Index(
    "ix_booking_offer",
    booking.c.offer_until,
    sqlite_where=booking.c.offer_until.isnot(None),
    postgresql_where=booking.c.offer_until.isnot(None),
)

movement = Table(
    "movement",
    metadata,
    own_id(),
    # The child and the family are the booking's own, which never change.
    Column("activity_id", Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("ticket", Integer, nullable=False),
    Column("kind", choice(MovementKind, "kind", check=False), nullable=False),
    refers("structure_id", "structure"),
    refers("guardian_id", "guardian", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("state", choice(State, "state"), nullable=False),
    Column("arrival", Time, nullable=False),
    Column("departure", Time, nullable=False),
    Column("price", Money, nullable=False),
    refers("transmission_id", "transmission", nullable=True, index=True),
    # Cancelled before the night: nobody hears of it, the history keeps it (B15).
    Column("void", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(
        ["activity_id", "day", "ticket"],
        ["booking.activity_id", "booking.day", "booking.ticket"],
    ),
)
_one_of_a_kind = movement.c.kind != MovementKind.CHANGE
Index(
    "uq_movement_once",  # hours may change again and again, all else happens to a booking once
    *(movement.c[name] for name in ("activity_id", "day", "ticket", "kind")),
    unique=True,
    sqlite_where=_one_of_a_kind,
    postgresql_where=_one_of_a_kind,
)
# So that what refers to a booking is found when it goes (A12); the one above is partial.
Index("ix_movement_booking", *(movement.c[name] for name in ("activity_id", "day", "ticket")))
_unclaimed = movement.c.transmission_id.is_(None) & movement.c.void.is_(False)
Index(
    "ix_movement_unclaimed",
    movement.c.structure_id,
    sqlite_where=_unclaimed,
    postgresql_where=_unclaimed,
)
