"""Rows that are older than the town keeps them: ``domain.privacy.ports.Aging``.

Entries of the ledger stay for ever, which triggers see to (decision 25): they hold numbers, days
and amounts. So does the booking that an entry refers to, but for who asked and why.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Select,
    Table,
    and_,
    delete,
    or_,
    select,
    tuple_,
    update,
)

from domain.privacy.model import Aged, Limit
from storage.privacy.departed import forget_departed, has_left
from storage.schema import (
    absence,
    absence_news,
    audit,
    booking,
    consent,
    family,
    ledger_entry,
    legal_document,
    movement,
    notice,
    payment,
    receipt,
    reminder,
    reminder_day,
    signature,
    stray_payment,
)

_entry, _booking = ledger_entry.c, booking.c
_debited = (
    select(_entry.id)
    .where(
        _entry.activity_id == _booking.activity_id,
        _entry.day == _booking.day,
        _entry.ticket == _booking.ticket,
    )
    .exists()
)
_says_who = or_(_booking.guardian_id.isnot(None), _booking.reason.isnot(None))


def _replaced(before: Limit) -> Select[Any]:
    return select(legal_document.c.id).where(legal_document.c.superseded_at < before.at)


Condition = Callable[[Limit], ColumnElement[bool]]
WHICH: Final[Mapping[Aged, tuple[Table, Condition]]] = {
    Aged.ABSENCES_TOLD: (absence_news, lambda before: absence_news.c.day < before.day),
    Aged.ABSENCES: (
        absence,
        lambda before: absence.c.booking_id.in_(
            select(_booking.id).where(_booking.day < before.day)
        ),
    ),
    Aged.MOVEMENTS: (movement, lambda before: movement.c.day < before.day),
    Aged.BOOKINGS: (booking, lambda before: and_(_booking.day < before.day, ~_debited)),
    Aged.DEBITED: (booking, lambda before: and_(_booking.day < before.day, _debited, _says_who)),
    Aged.REMINDERS: (reminder, lambda before: reminder.c.limit_at < before.at),
    Aged.RECEIPTS: (receipt, lambda before: receipt.c.at < before.at),
    Aged.NOTICES: (
        notice,
        lambda before: and_(notice.c.at < before.at, notice.c.done_at.isnot(None)),
    ),
    Aged.EVENTS: (audit, lambda before: audit.c.at < before.at),
    Aged.PAYMENTS: (
        payment,
        lambda before: payment.c.entry_id.in_(select(_entry.id).where(_entry.day < before.day)),
    ),
    Aged.STRAYS: (
        stray_payment,
        lambda before: and_(
            stray_payment.c.paid_at < before.at, stray_payment.c.settled_at.isnot(None)
        ),
    ),
    Aged.SIGNATURES: (
        signature,
        lambda before: and_(
            signature.c.signed_at < before.at, signature.c.document_id.in_(_replaced(before))
        ),
    ),
    Aged.CONSENTS: (
        consent,
        lambda before: and_(
            consent.c.opened_at < before.at, consent.c.document_id.in_(_replaced(before))
        ),
    ),
    Aged.FAMILIES: (family, has_left),
}


class SqlAging:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has_aged(self, aged: Aged, before: Limit) -> bool:
        return self._connection.execute(_some(aged, before, 1)).first() is not None

    def forget_aged(self, aged: Aged, before: Limit, most: int) -> int:
        table, _ = WHICH[aged]
        some = _some(aged, before, most)
        if aged is Aged.FAMILIES:
            return forget_departed(self._connection, self._connection.scalars(some).all())
        if aged is Aged.REMINDERS:
            its_days = reminder_day.c.reminder_id.in_(some)
            self._connection.execute(delete(reminder_day).where(its_days))
        chosen = _key(table).in_(some)
        done: CursorResult[Any]
        if aged is Aged.DEBITED:
            unsaid = {"guardian_id": None, "reason": None}
            done = self._connection.execute(update(table).where(chosen).values(unsaid))
        else:
            done = self._connection.execute(delete(table).where(chosen))
        return done.rowcount


def _some(aged: Aged, before: Limit, most: int) -> Select[Any]:
    table, which = WHICH[aged]
    key = tuple(table.primary_key)
    return select(*key).where(which(before)).order_by(*key).limit(most)


def _key(table: Table) -> ColumnElement[Any]:
    key = tuple(table.primary_key)
    return key[0] if len(key) == 1 else tuple_(*key)
