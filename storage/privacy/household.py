"""A family's rows, part by part; ``:family`` is theirs, ``:guardian`` who asks.

Of the family's other guardians the first name and what they did, as follow-up shows it (A11); of
a child's other family nothing at all.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, select

from domain.privacy.model import Part
from storage.columns import Id
from storage.privacy.person import THEM
from storage.schema import (
    absence,
    absence_news,
    activity,
    booking,
    child,
    child_family,
    enrolment,
    family,
    family_quotient,
    guardian,
    imported,
    ledger_entry,
    legal_document,
    movement,
    payment,
    payment_order,
    reminder,
    reminder_day,
    signature,
    structure,
    transmission,
    wallet,
)

THEIRS: Final = bindparam("family", type_=Id)
_booking, _movement, _signature = booking.c, movement.c, signature.c
_entry = ledger_entry.c
_absence, _order = absence.c, payment_order.c
_child = child.c.first_name.label("child")
_activity = activity.c.name.label("activity")
_structure = structure.c.name.label("structure")
_of_family = select(child_family.c.child_id).where(child_family.c.family_id == THEIRS)
_its_booking = and_(
    _booking.activity_id == _movement.activity_id,
    _booking.day == _movement.day,
    _booking.ticket == _movement.ticket,
)

_told_booking = and_(
    _booking.activity_id == absence_news.c.activity_id,
    _booking.day == absence_news.c.day,
    _booking.ticket == absence_news.c.ticket,
)


def _own(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """What another guardian wrote of themselves is not given."""
    return case((_signature.guardian_id == THEM, column), else_=None).label(column.key)


def _town_code(kind: str, key: ColumnElement[Any]) -> ColumnElement[Any]:
    """By which the town's other software knows them, where they came from there."""
    found = select(imported.c.code).where(imported.c.kind == kind, imported.c.row_id == key)
    return found.limit(1).scalar_subquery().label("town_code")


HOUSEHOLD: Final[Mapping[Part, Select[Any]]] = {
    Part.FAMILY: select(
        family.c.id.label("number"), family.c.is_resident, _town_code("families", family.c.id)
    ).where(family.c.id == THEIRS),
    Part.GUARDIANS: select(guardian.c.first_name)
    .where(guardian.c.family_id == THEIRS, guardian.c.id != THEM)
    .order_by(guardian.c.id),
    Part.CHILDREN: select(
        child.c.id.label("number"),
        child.c.first_name,
        child.c.last_name,
        child.c.school_class,
        _town_code("children", child.c.id),
    )
    .where(child.c.id.in_(_of_family))
    .order_by(child.c.id),
    Part.QUOTIENTS: select(
        family_quotient.c.valid_from, family_quotient.c.valid_to, family_quotient.c.value
    )
    .where(family_quotient.c.family_id == THEIRS)
    .order_by(family_quotient.c.valid_from),
    Part.ENROLMENTS: select(
        _child,
        _activity,
        enrolment.c.valid_from,
        enrolment.c.valid_to,
        enrolment.c.age_group,
    )
    .join_from(enrolment, child)
    .join(activity)
    .where(enrolment.c.child_id.in_(_of_family))
    .order_by(enrolment.c.child_id, enrolment.c.activity_id, enrolment.c.valid_from),
    Part.WALLETS: select(
        _structure,
        wallet.c.name.label("wallet"),
        wallet.c.balance,
        wallet.c.closed_at,
        wallet.c.reminded_at,
    )
    .join_from(wallet, structure)
    .where(wallet.c.family_id == THEIRS)
    .order_by(wallet.c.id),
    Part.ENTRIES: select(
        wallet.c.name.label("wallet"),
        _entry.day,
        _entry.at,
        _entry.kind.label("entry"),
        _entry.amount,
        _child,
        _activity,
        _entry.unit_price,
        _entry.quantity,
        _entry.booked_price,
        _entry.ticket,
    )
    .join_from(ledger_entry, wallet)
    .outerjoin(child, child.c.id == _entry.child_id)
    .outerjoin(activity, activity.c.id == _entry.activity_id)
    .where(wallet.c.family_id == THEIRS)
    .order_by(_entry.day, _entry.id),
    Part.PAYMENTS: select(
        wallet.c.name.label("wallet"),
        _entry.day,
        _entry.amount,
        payment.c.mode,
        payment.c.number.label("document"),
        payment.c.payer,
        payment.c.bank,
        payment.c.provider,
        payment.c.reference,
        payment.c.nth,
    )
    .join_from(payment, ledger_entry, _entry.id == payment.c.entry_id)
    .join(wallet, wallet.c.id == _entry.wallet_id)
    .where(wallet.c.family_id == THEIRS)
    .order_by(_entry.day, _entry.id),
    Part.ORDERS: select(
        _order.created_at,
        wallet.c.name.label("wallet"),
        _order.amount,
        _order.provider,
        _order.state.label("standing"),
        _order.expires_at,
        _order.reference,
        guardian.c.first_name.label("asked_by"),
    )
    .join_from(payment_order, wallet)
    .join(guardian, guardian.c.id == _order.guardian_id)
    .where(_order.family_id == THEIRS)
    .order_by(_order.id),
    Part.BOOKINGS: select(
        _booking.id.label("number"),
        _booking.day,
        _activity,
        _child,
        _booking.arrival,
        _booking.departure,
        _booking.price,
        _booking.state,
        guardian.c.first_name.label("asked_by"),
        _booking.ticket,
        _booking.age_group,
        _booking.offer_until,
        _booking.reason,
        _booking.together,
    )
    .join_from(booking, child)
    .join(activity, activity.c.id == _booking.activity_id)
    .outerjoin(guardian, guardian.c.id == _booking.guardian_id)
    .where(_booking.family_id == THEIRS)
    .order_by(_booking.day, _booking.id),
    Part.MOVEMENTS: select(
        _movement.at,
        _movement.kind.label("movement"),
        _movement.day,
        _activity,
        _child,
        _movement.arrival,
        _movement.departure,
        _movement.price,
        _movement.state,
        guardian.c.first_name.label("asked_by"),
        _structure,
        transmission.c.night,
        _movement.ticket,
        _movement.void,
    )
    .join_from(movement, booking, _its_booking)
    .join(child, child.c.id == _booking.child_id)
    .join(activity, activity.c.id == _movement.activity_id)
    .join(structure, structure.c.id == _movement.structure_id)
    .outerjoin(guardian, guardian.c.id == _movement.guardian_id)
    .outerjoin(transmission, transmission.c.id == _movement.transmission_id)
    .where(_booking.family_id == THEIRS)
    .order_by(_movement.at, _movement.id),
    Part.ABSENCES: select(
        _booking.day,
        _activity,
        _child,
        _absence.declared_at,
        guardian.c.first_name.label("declared_by"),
        _absence.reason.label("absence"),
        _absence.note,
        _absence.certificate_kind.label("certificate"),
        _absence.billed,
        _booking.id.label("number"),
    )
    .join_from(absence, booking)
    .join(child, child.c.id == _booking.child_id)
    .join(activity, activity.c.id == _booking.activity_id)
    .join(guardian, guardian.c.id == _absence.guardian_id)
    .where(_booking.family_id == THEIRS)
    .order_by(_booking.day, _booking.id),
    Part.ABSENCES_TOLD: select(
        absence_news.c.at,
        absence_news.c.what.label("news"),
        absence_news.c.day,
        _activity,
        _child,
        absence_news.c.billed,
        absence_news.c.certified.label("certificate"),
        absence_news.c.ticket,
        transmission.c.night,
    )
    .join_from(absence_news, booking, _told_booking)
    .join(child, child.c.id == _booking.child_id)
    .join(activity, activity.c.id == absence_news.c.activity_id)
    .outerjoin(transmission, transmission.c.id == absence_news.c.transmission_id)
    .where(_booking.family_id == THEIRS)
    .order_by(absence_news.c.at, absence_news.c.id),
    Part.REMINDERS: select(
        reminder.c.told_at,
        _structure,
        _child,
        _activity,
        reminder_day.c.day,
        reminder.c.limit_at,
        reminder.c.silenced_at,
    )
    .join_from(reminder_day, reminder)
    .join(child, child.c.id == reminder_day.c.child_id)
    .join(activity, activity.c.id == reminder_day.c.activity_id)
    .join(structure, structure.c.id == reminder.c.structure_id)
    .where(reminder.c.family_id == THEIRS)
    .order_by(reminder.c.id, reminder_day.c.child_id, reminder_day.c.day),
    Part.SIGNATURES: select(
        legal_document.c.title.label("document"),
        legal_document.c.version,
        _child,
        _signature.signed_at,
        guardian.c.first_name.label("signed_by"),
        _own(_signature.name),
        _own(_signature.place),
        _own(_signature.user_id),
        _signature.fingerprint,
    )
    .join_from(signature, legal_document)
    .join(child)
    .join(guardian, guardian.c.id == _signature.guardian_id)
    .where(_signature.family_id == THEIRS)
    .order_by(_signature.id),
}
