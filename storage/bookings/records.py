"""Changes as rows: column names to values, the same for both databases."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias

from domain.bookings.model import Booking, LineOutcome, Movement, MovementKind, Places
from domain.bookings.ports import Changes

Record: TypeAlias = dict[str, Any]


def of_places(places: Places) -> Record:
    return {
        "pool_id": places.pool_id,
        "day": places.day,
        "capacity": places.capacity,
        "taken": places.taken,
        "next_ticket": places.next_ticket,
    }


def of_added(booking: Booking) -> Record:
    return {
        "child_id": booking.slot.child_id,
        "activity_id": booking.slot.activity_id,
        "day": booking.slot.day,
        "family_id": booking.family_id,
        "guardian_id": booking.guardian_id,
        "state": booking.state,
        "ticket": booking.ticket,
        "arrival": booking.arrival,
        "departure": booking.departure,
        "price": booking.price,
        "age_group": booking.group,
        "offer_until": booking.offer_until,
        "reason": booking.reason,
        "together": booking.together,
    }


def of_changed(booking: Booking) -> Record:
    return {
        "id": booking.id,
        "state": booking.state,
        "offer_until": booking.offer_until,
        "reason": booking.reason,
        "arrival": booking.arrival,
        "departure": booking.departure,
        "price": booking.price,
    }


def of_movement(movement: Movement) -> Record:
    return {
        "activity_id": movement.slot.activity_id,
        "day": movement.slot.day,
        "ticket": movement.ticket,
        "kind": movement.kind,
        "structure_id": movement.structure_id,
        "guardian_id": movement.guardian_id,
        "at": movement.at,
        "state": movement.state,
        "arrival": movement.arrival,
        "departure": movement.departure,
        "price": movement.price,
    }


def of_answered(outcome: LineOutcome) -> Record:
    """The line that this outcome answers."""
    return {
        "child_id": outcome.slot.child_id,
        "activity_id": outcome.slot.activity_id,
        "day": outcome.slot.day,
        "wish": outcome.wish,
    }


def cancelled(movements: Iterable[Movement]) -> list[Record]:
    """The bookings that are cancelled at their family's wish."""
    return [
        {
            "activity_id": movement.slot.activity_id,
            "day": movement.slot.day,
            "ticket": movement.ticket,
        }
        for movement in movements
        if movement.kind is MovementKind.CANCELLATION
    ]


def plain(value: object) -> object:
    """For ``json``: what it does not know, as PostgreSQL reads it. Amounts are kept in cents."""
    match value:
        case Decimal():
            cents = value.scaleb(2)
            if cents != cents.to_integral_value():
                raise ValueError(f"{value} is not in whole cents")
            return int(cents)
        case datetime() if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        case date() | time():
            return value.isoformat()
        case _:
            raise TypeError(f"{value!r} is nothing that a row holds")


def check(changes: Changes) -> None:
    """A slot is left or taken in one unit of work, never both: databases differ in the order."""
    added = {booking.slot for booking in changes.added}
    both: Sequence[object] = [b.slot for b in changes.changed if b.slot in added]
    if both:
        raise ValueError(f"changed and added at once: {both}")
