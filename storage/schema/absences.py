"""Absences that families declare (B19): of bookings, which keep their place."""

from sqlalchemy import Boolean, CheckConstraint, Column, Table

from domain.absences.model import CertificateKind
from storage.columns import SealedText, UtcDateTime, choice
from storage.schema.base import metadata, refers

absence = Table(
    "absence",
    metadata,
    refers("booking_id", "booking", primary_key=True),  # one a booking
    refers("guardian_id", "guardian", index=True),
    Column("declared_at", UtcDateTime, nullable=False),
    Column("billed", Boolean, nullable=False),  # what the family was told
    Column("reason", SealedText("absence.reason")),  # NULL: erased with the access
    Column("note", SealedText("absence.note")),
    # By which Telegram finds the message again; no picture of it is kept here.
    Column("certificate_file", SealedText("absence.certificate_file")),
    Column("certificate_kind", choice(CertificateKind, "certificate_kind")),
    CheckConstraint("(certificate_file IS NULL) = (certificate_kind IS NULL)", name="certificate"),
)
