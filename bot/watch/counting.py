"""What already works, with its outcome told to the instruments."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from aiogram.dispatcher.event.bases import UNHANDLED

from bot.watch.instruments import Instruments
from domain.accounts.model import Identity
from domain.bookings.model import Receipt
from domain.errors import DomainError
from handlers.errors import Outcome

HANDLED: Final = "handled"
IGNORED: Final = "ignored"  # nobody takes this kind of update
CRASHED: Final = "crashed"


@dataclass(frozen=True, slots=True)
class CountedUpdates:
    """``handle`` answers what aiogram's dispatcher does."""

    handle: Callable[[dict[str, Any]], Awaitable[object]]
    instruments: Instruments
    seconds: Callable[[], float] = time.perf_counter

    async def __call__(self, update: dict[str, Any]) -> None:
        began, outcome = self.seconds(), CRASHED
        try:
            outcome = _outcome(await self.handle(update))
        finally:
            self.instruments.update(outcome, self.seconds() - began)


def _outcome(answer: object) -> str:
    if answer is UNHANDLED:
        return IGNORED
    return answer.value if isinstance(answer, Outcome) else HANDLED


@dataclass(frozen=True, slots=True)
class CountedConfirm:
    confirm: Callable[[Identity, int, str], Awaitable[Receipt]]
    instruments: Instruments

    async def __call__(self, who: Identity, round_: int, digest: str) -> Receipt:
        try:
            receipt = await self.confirm(who, round_, digest)
        except DomainError as refusal:
            self.instruments.not_settled(refusal.code)
            raise
        except Exception:
            self.instruments.not_settled(CRASHED)
            raise
        self.instruments.settled(receipt)
        return receipt
