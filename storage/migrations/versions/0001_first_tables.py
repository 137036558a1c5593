"""The first tables: the town, its people, their bookings, and what is handed over."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = (
    "town",
    "structure",
    "school_holiday",
    "public_holiday",
    "activity",
    "activity_exclusion",
    "pool",
    "activity_draw",
    "tariff",
    "opening_day",
    "pool_day",
    "announcement",
    "family",
    "family_quotient",
    "guardian",
    "guardian_structure",
    "child",
    "child_family",
    "enrolment",
    "wallet",
    "telegram_session",
    "login_failure",
    "fsm",
    "draft",
    "draft_line",
    "receipt",
    "booking",
    "transmission",
    "movement",
    "job_run",
    "notice",
)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BLIND = sa.LargeBinary(length=32)
EXACT = sa.String(40).with_variant(sa.Numeric(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_town()
    _create_people()
    _create_logins()
    _create_bookings()
    _create_delivery()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_town() -> None:
    op.create_table(
        "town",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_version", sa.Integer(), nullable=False),
        sa.Column("key_check", sa.LargeBinary(), nullable=True),
        sa.Column("index_check", BLIND, nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_town_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town")),
    )
    op.create_table(
        "structure",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("welcome", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("draft_hours", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("draft_hours > 0", name=op.f("ck_structure_kept")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure")),
    )
    op.create_table(
        "school_holiday",
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_school_holiday_order")),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_school_holiday_structure_id")
        ),
        sa.PrimaryKeyConstraint("structure_id", "first", name=op.f("pk_school_holiday")),
    )
    op.create_table(
        "public_holiday",
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_public_holiday_structure_id")
        ),
        sa.PrimaryKeyConstraint("structure_id", "day", name=op.f("pk_public_holiday")),
    )
    op.create_table(
        "activity",
        sa.Column("id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("arrival", sa.Time(), nullable=False),
        sa.Column("departure", sa.Time(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("book_by", sa.JSON(), nullable=False),
        sa.Column("cancel_by", sa.JSON(), nullable=False),
        sa.Column("wallet", sa.Text(), nullable=False),
        sa.Column("waitlist", _choice("waitlist", "none automatic offered"), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("offer_minutes", sa.Integer(), nullable=False),
        sa.Column("may_overlap", sa.Boolean(), nullable=False),
        sa.CheckConstraint("arrival < departure", name=op.f("ck_activity_hours")),
        sa.CheckConstraint("offer_minutes > 0", name=op.f("ck_activity_offer")),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_activity_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_table(
        "activity_exclusion",
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("excluded_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_exclusion_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["excluded_id"], ["activity.id"], name=op.f("fk_activity_exclusion_excluded_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "excluded_id", name=op.f("pk_activity_exclusion")),
    )
    op.create_table(
        "pool",
        sa.Column("id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_pool_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
    )
    op.create_table(
        "activity_draw",
        sa.Column("id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("pool_id", ID, nullable=False),
        sa.Column("age_group", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_draw_activity_id")
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_activity_draw_pool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_draw")),
        sa.UniqueConstraint(
            "activity_id",
            "pool_id",
            "age_group",
            name=op.f("uq_activity_draw_activity_id_pool_id_age_group"),
        ),
    )
    op.create_table(
        "tariff",
        sa.Column("id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("day_kind", _choice("day_kind", "any school holiday"), nullable=False),
        sa.Column("bracket_min", EXACT, nullable=True),
        sa.Column("bracket_max", EXACT, nullable=True),
        sa.Column("slice_minutes", sa.Integer(), nullable=True),
        sa.Column("amount", EXACT, nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=True),
        sa.Column("cap", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("slice_minutes > 0", name=op.f("ck_tariff_slice")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_tariff_order")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_tariff_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff")),
    )
    op.create_table(
        "opening_day",
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("arrival", sa.Time(), nullable=True),
        sa.Column("departure", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_opening_day_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "day", name=op.f("pk_opening_day")),
    )
    op.create_table(
        "pool_day",
        sa.Column("pool_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_ticket", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_pool_day_capacity")),
        sa.CheckConstraint("next_ticket >= 1", name=op.f("ck_pool_day_ticket")),
        sa.CheckConstraint(
            "taken >= 0 AND (capacity IS NULL OR taken <= capacity)",
            name=op.f("ck_pool_day_taken"),
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_pool_day_pool_id")),
        sa.PrimaryKeyConstraint("pool_id", "day", name=op.f("pk_pool_day")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_announcement_window")),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_announcement_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )


def _create_people() -> None:
    op.create_table(
        "family",
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
    )
    op.create_table(
        "family_quotient",
        sa.Column("family_id", ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("value", EXACT, nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_family_quotient_order")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_family_quotient_family_id")
        ),
        sa.PrimaryKeyConstraint("family_id", "valid_from", name=op.f("pk_family_quotient")),
    )
    op.create_table(
        "guardian",
        sa.Column("id", ID, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("civility", sa.LargeBinary(), nullable=False),
        sa.Column("first_name", sa.LargeBinary(), nullable=False),
        sa.Column("last_name", sa.LargeBinary(), nullable=False),
        sa.Column("emails", sa.LargeBinary(), nullable=False),
        sa.Column("identifier", sa.LargeBinary(), nullable=False),
        sa.Column("identifier_index", BLIND, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("display", _choice("display", "classic rich"), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_guardian_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
        sa.UniqueConstraint("identifier_index", name=op.f("uq_guardian_identifier_index")),
    )
    op.create_index(op.f("ix_guardian_family_id"), "guardian", ["family_id"])
    op.create_table(
        "guardian_structure",
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_guardian_structure_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_guardian_structure_structure_id")
        ),
        sa.PrimaryKeyConstraint("guardian_id", "structure_id", name=op.f("pk_guardian_structure")),
    )
    op.create_table(
        "child",
        sa.Column("id", ID, nullable=False),
        sa.Column("first_name", sa.LargeBinary(), nullable=False),
        sa.Column("last_name", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
    )
    op.create_table(
        "child_family",
        sa.Column("family_id", ID, nullable=False),
        sa.Column("child_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_child_family_child_id")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_child_family_family_id")
        ),
        sa.PrimaryKeyConstraint("family_id", "child_id", name=op.f("pk_child_family")),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", ID, nullable=False),
        sa.Column("child_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=True),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_enrolment_order")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_enrolment_activity_id")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_enrolment_child_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "child_id",
            "activity_id",
            "valid_from",
            name=op.f("uq_enrolment_child_id_activity_id_valid_from"),
        ),
    )
    op.create_table(
        "wallet",
        sa.Column("id", ID, nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_wallet_family_id")),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_wallet_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wallet")),
        sa.UniqueConstraint(
            "family_id", "structure_id", "name", name=op.f("uq_wallet_family_id_structure_id_name")
        ),
    )


def _create_logins() -> None:
    op.create_table(
        "telegram_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("user_id", sa.LargeBinary(), nullable=False),
        sa.Column("user_index", BLIND, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("blocked_at", INSTANT, nullable=True),
        sa.Column("blocked_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_telegram_session_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_telegram_session_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_session")),
    )
    op.create_index("ix_telegram_session_guardian_id", "telegram_session", ["guardian_id"])
    op.create_index(
        "uq_telegram_session_live",
        "telegram_session",
        ["user_index"],
        unique=True,
        **_where("ended_at IS NULL"),
    )
    op.create_table(
        "login_failure",
        sa.Column("subject", _choice("subject", "telegram_user identifier"), nullable=False),
        sa.Column("subject_index", BLIND, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("subject", "subject_index", name=op.f("pk_login_failure")),
    )
    op.create_table(
        "fsm",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_index", BLIND, nullable=False),
        sa.Column("user_index", BLIND, nullable=False),
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("business_connection_id", sa.Text(), nullable=False),
        sa.Column("destiny", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint(
            "bot_id",
            "chat_index",
            "user_index",
            "thread_id",
            "business_connection_id",
            "destiny",
            name=op.f("pk_fsm"),
        ),
    )


def _create_bookings() -> None:
    op.create_table(
        "draft",
        sa.Column("id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_draft_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_draft_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "guardian_id", "structure_id", name=op.f("uq_draft_guardian_id_structure_id")
        ),
    )
    op.create_table(
        "draft_line",
        sa.Column("draft_id", ID, nullable=False),
        sa.Column("child_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wish", _choice("wish", "book cancel keep"), nullable=False),
        sa.Column("arrival", sa.Time(), nullable=False),
        sa.Column("departure", sa.Time(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint("arrival < departure", name=op.f("ck_draft_line_hours")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_draft_line_activity_id")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_draft_line_child_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_line_draft_id")),
        sa.PrimaryKeyConstraint(
            "draft_id", "child_id", "activity_id", "day", name=op.f("pk_draft_line")
        ),
    )
    op.create_table(
        "receipt",
        sa.Column("draft_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_receipt_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "round", name=op.f("pk_receipt")),
    )
    op.create_table(
        "booking",
        sa.Column("id", ID, nullable=False),
        sa.Column("child_id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=True),
        sa.Column(
            "state",
            _choice("state", "accepted pending waitlisted offered refused cancelled"),
            nullable=False,
        ),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.Time(), nullable=False),
        sa.Column("departure", sa.Time(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=True),
        sa.Column("offer_until", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'offered') = (offer_until IS NOT NULL)", name=op.f("ck_booking_offer")
        ),
        sa.CheckConstraint("arrival < departure", name=op.f("ck_booking_hours")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_booking_price")),
        sa.CheckConstraint("ticket >= 1", name=op.f("ck_booking_ticket")),
        sa.ForeignKeyConstraint(
            ["activity_id", "day"],
            ["opening_day.activity_id", "opening_day.day"],
            name=op.f("fk_booking_activity_id_day"),
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_booking_child_id")),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name=op.f("fk_booking_family_id")),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_booking_guardian_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint(
            "activity_id", "day", "ticket", name=op.f("uq_booking_activity_id_day_ticket")
        ),
    )
    op.create_index("ix_booking_child_day", "booking", ["child_id", "day"])
    op.create_index("ix_booking_family_day", "booking", ["family_id", "day"])
    op.create_index(
        "ix_booking_offer", "booking", ["offer_until"], **_where("offer_until IS NOT NULL")
    )
    op.create_index("ix_booking_queue", "booking", ["activity_id", "day", "state", "ticket"])
    op.create_index(
        "uq_booking_live",
        "booking",
        ["child_id", "activity_id", "day"],
        unique=True,
        **_where("state != 'cancelled'"),
    )
    op.create_table(
        "transmission",
        sa.Column("id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=False),
        sa.Column("movements", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=True),
        sa.Column("written_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_transmission_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmission")),
        sa.UniqueConstraint(
            "structure_id", "night", name=op.f("uq_transmission_structure_id_night")
        ),
        sa.UniqueConstraint(
            "structure_id", "number", name=op.f("uq_transmission_structure_id_number")
        ),
    )
    op.create_table(
        "movement",
        sa.Column("id", ID, nullable=False),
        sa.Column("activity_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column(
            "state",
            _choice("state", "accepted pending waitlisted offered refused cancelled"),
            nullable=False,
        ),
        sa.Column("arrival", sa.Time(), nullable=False),
        sa.Column("departure", sa.Time(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("transmission_id", ID, nullable=True),
        sa.Column("void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id", "day", "ticket"],
            ["booking.activity_id", "booking.day", "booking.ticket"],
            name=op.f("fk_movement_activity_id_day_ticket"),
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_movement_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_movement_structure_id")
        ),
        sa.ForeignKeyConstraint(
            ["transmission_id"], ["transmission.id"], name=op.f("fk_movement_transmission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint(
            "activity_id",
            "day",
            "ticket",
            "kind",
            name=op.f("uq_movement_activity_id_day_ticket_kind"),
        ),
    )
    op.create_index(op.f("ix_movement_transmission_id"), "movement", ["transmission_id"])
    op.create_index(
        "ix_movement_unclaimed",
        "movement",
        ["structure_id"],
        **_where(
            "transmission_id IS NULL AND void IS 0", "transmission_id IS NULL AND void IS false"
        ),
    )


def _create_delivery() -> None:
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=False),
        sa.Column("lease_until", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("name", "business_date", name=op.f("pk_job_run")),
    )
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("channel", _choice("channel", "telegram mail"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column(
            "state", _choice("state", "pending sending sent uncertain failed"), nullable=False
        ),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_notice_guardian_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index("ix_notice_due", "notice", ["due_at"], **_where("done_at IS NULL"))


def _choice(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=32)


def _where(sqlite: str, postgresql: str | None = None) -> Mapping[str, Any]:
    return {
        "sqlite_where": sa.text(sqlite),
        "postgresql_where": sa.text(postgresql or sqlite),
    }
