"""A transaction that tells the courier, once committed, that there may be something to deliver."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.work import Transaction

Tx = TypeVar("Tx")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Nudging(Generic[Tx]):
    """For the use cases that may queue a notice; the others do not bother the courier."""

    transaction: Transaction[Tx]
    nudge: Callable[[], object]

    async def write(self, work: Callable[[Tx], Result]) -> Result:
        result = await self.transaction.write(work)
        self.nudge()
        return result

    async def read(self, work: Callable[[Tx], Result]) -> Result:
        return await self.transaction.read(work)
