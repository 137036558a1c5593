"""Receipts, with their outcomes as JSON: kept for as long as a button may be pressed again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from domain.activities.model import ActivityId
from domain.bookings.model import DraftId, LineOutcome, Reason, Receipt, Result, Slot, Wish
from domain.families.model import ChildId
from storage.schema import receipt

_RECEIPT: Final = select(receipt).where(
    receipt.c.draft_id == bindparam("draft"), receipt.c.round == bindparam("round")
)


def read_receipt(connection: Connection, draft_id: DraftId, round_: int) -> Receipt | None:
    row = connection.execute(_RECEIPT, {"draft": draft_id, "round": round_}).one_or_none()
    if row is None:
        return None
    return Receipt(row.draft_id, row.round, row.digest, row.at, from_json(row.outcomes))


def to_json(outcomes: Sequence[LineOutcome]) -> list[dict[str, Any]]:
    return [
        {
            "child": outcome.slot.child_id,
            "activity": outcome.slot.activity_id,
            "day": outcome.slot.day.isoformat(),
            "wish": outcome.wish.value,
            "result": outcome.result.value,
            "arrival": outcome.arrival.isoformat(),
            "departure": outcome.departure.isoformat(),
            "price": str(outcome.price),
            "rank": outcome.rank,
            "reason": outcome.reason and outcome.reason.value,
            "limit": outcome.limit and outcome.limit.isoformat(),
        }
        for outcome in outcomes
    ]


def from_json(written: Sequence[Mapping[str, Any]]) -> tuple[LineOutcome, ...]:
    return tuple(
        LineOutcome(
            slot=Slot(
                ChildId(line["child"]),
                ActivityId(line["activity"]),
                date.fromisoformat(line["day"]),
            ),
            wish=Wish(line["wish"]),
            result=Result(line["result"]),
            arrival=time.fromisoformat(line["arrival"]),
            departure=time.fromisoformat(line["departure"]),
            price=Decimal(line["price"]),
            rank=line["rank"],
            reason=None if line["reason"] is None else Reason(line["reason"]),
            limit=None if line["limit"] is None else datetime.fromisoformat(line["limit"]),
        )
        for line in written
    )
