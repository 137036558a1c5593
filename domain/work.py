"""How a use case reaches its data: one transaction a unit of work, run where the database likes.

The work is a plain function: it reads, decides with pure rules, writes, and returns facts. The
adapter opens the transaction, runs the work in it and commits; an exception rolls it back. Being
synchronous inside, a whole unit costs one hop on SQLite, and the same code serves both databases
and the fakes of the tests.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

Tx_co = TypeVar("Tx_co", covariant=True)
Result = TypeVar("Result")


class Transaction(Protocol[Tx_co]):
    """Runs one unit of work; ``write`` serialises writers, ``read`` never waits for one."""

    async def write(self, work: Callable[[Tx_co], Result]) -> Result: ...

    async def read(self, work: Callable[[Tx_co], Result]) -> Result: ...
