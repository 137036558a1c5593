"""Operations to pay: what the real service keeps of them, with its delays (the guide's 15 minutes
to open the page, and the night that forgets who never paid).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import uuid4

from bot.playground.clock import PARIS, ShiftableClock
from bot.playground.model import Json

OPENS_FOR = timedelta(minutes=15)
Result = Literal["P", "V", "A", "R", "Z"]
PAID = ("P", "V")


@dataclass(slots=True)
class Operation:
    """``asked``: the fields of the request, in lower case. ``cents``: what was really paid."""

    idop: str
    asked: dict[str, str]
    created_at: datetime
    cents: int
    result: Result | None = None
    paid_at: datetime | None = None
    told: int = 0  # notifications that were answered with 2xx

    @property
    def is_over(self) -> bool:
        """Who gave up may still pay; a card that was refused needs a new operation."""
        return self.result not in (None, "A")

    def as_json(self) -> Json:
        asked = {name: self.asked[name] for name in ("refdet", "montant", "mel", "saisie")}
        return {
            "idop": self.idop,
            **asked,
            "cents": self.cents,
            "result": self.result,
            "told": self.told,
        }


@dataclass(slots=True)
class Treasury:
    clock: ShiftableClock
    operations: dict[str, Operation] = field(default_factory=dict)

    def begin(self, asked: dict[str, str]) -> Operation:
        operation = Operation(str(uuid4()), asked, self.clock.now(), int(asked["montant"]))
        self.operations[operation.idop] = operation
        return operation

    def can_open(self, operation: Operation) -> bool:
        return self.clock.now() <= operation.created_at + OPENS_FOR

    def settle(self, operation: Operation, result: Result, more_cents: int = 0) -> None:
        operation.result, operation.paid_at = result, self.clock.now()
        if result in PAID:
            operation.cents += more_cents

    def refusal(self, idop: str) -> str | None:
        """The code by which its details are refused: P1 unknown or forgotten, P5 no result."""
        operation = self.operations.get(idop)
        if operation is None:
            return "P1"
        if operation.result is not None:
            return None
        begun, now = (at.astimezone(PARIS) for at in (operation.created_at, self.clock.now()))
        return "P5" if begun.date() == now.date() else "P1"
