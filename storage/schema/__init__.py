"""Every table, on one MetaData. Named in the singular, after the words of the glossary."""

from storage.schema.absences import absence
from storage.schema.access import (
    access_token,
    audit,
    email_check,
    notice_choice,
    password_choice,
    screen_message,
)
from storage.schema.alerts import staff_alert
from storage.schema.announcements import announcement_delivery
from storage.schema.base import metadata
from storage.schema.bookings import (
    booking,
    draft,
    draft_hours,
    draft_line,
    follow_up_filter,
    movement,
    receipt,
)
from storage.schema.documents import consent, legal_document, signature
from storage.schema.exchange import absence_news, imported, taken_file
from storage.schema.handover import job_run, notice, transmission
from storage.schema.money import ledger_entry, payment
from storage.schema.payments import order_message, payment_order, stray_payment
from storage.schema.people import (
    Subject,
    child,
    child_family,
    enrolment,
    family,
    family_quotient,
    fsm,
    guardian,
    guardian_structure,
    login_failure,
    telegram_session,
    wallet,
)
from storage.schema.reminders import reminder, reminder_day
from storage.schema.staff import (
    staff_member,
    staff_screen,
    staff_session,
    staff_structure,
    staff_token,
)
from storage.schema.town import (
    activity,
    activity_draw,
    activity_exclusion,
    announcement,
    opening_day,
    pool,
    pool_day,
    public_holiday,
    school_holiday,
    structure,
    tariff,
    town,
)

__all__ = [
    "Subject",
    "absence",
    "absence_news",
    "access_token",
    "activity",
    "activity_draw",
    "activity_exclusion",
    "announcement",
    "announcement_delivery",
    "audit",
    "booking",
    "child",
    "child_family",
    "consent",
    "draft",
    "draft_hours",
    "draft_line",
    "email_check",
    "enrolment",
    "family",
    "family_quotient",
    "follow_up_filter",
    "fsm",
    "guardian",
    "guardian_structure",
    "imported",
    "job_run",
    "ledger_entry",
    "legal_document",
    "login_failure",
    "metadata",
    "movement",
    "notice",
    "notice_choice",
    "opening_day",
    "order_message",
    "password_choice",
    "payment",
    "payment_order",
    "pool",
    "pool_day",
    "public_holiday",
    "receipt",
    "reminder",
    "reminder_day",
    "school_holiday",
    "screen_message",
    "signature",
    "staff_alert",
    "staff_member",
    "staff_screen",
    "staff_session",
    "staff_structure",
    "staff_token",
    "stray_payment",
    "structure",
    "taken_file",
    "tariff",
    "telegram_session",
    "town",
    "transmission",
    "wallet",
]
