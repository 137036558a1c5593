"""Faults on demand: the next calls that match go wrong."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["400", "403", "429", "500", "502html", "reset", "timeout_after_accept"]
KINDS: tuple[Kind, ...] = get_args(Kind)
POLLING = "getupdates"


@dataclass(slots=True)
class Fault:
    """``method`` "*" is any call but polling; ``chat`` None is any chat."""

    method: str
    kind: Kind
    times: int = 1
    chat: int | None = None
    retry_after: int = 1
    description: str | None = None

    def matches(self, method: str, chat: int | None) -> bool:
        named = self.method.lower() == method or (self.method == "*" and method != POLLING)
        return named and (self.chat is None or self.chat == chat)


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The first planned fault for this call (method in lower case), counted down."""
        for fault in self._waiting:
            if fault.matches(method, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
