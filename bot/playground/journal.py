"""Every Bot API call, for assertions on order, rates and oddities."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT = 20_000


@dataclass(slots=True)
class Call:
    """``at`` is the playground's clock, ``seconds`` a steady clock for rates."""

    number: int
    at: str
    seconds: float
    method: str
    chat: int | None = None
    status: int = 200
    ok: bool = True
    error: str | None = None
    fault: str | None = None
    unknown: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


class Journal:
    """``in_flight`` holds the calls whose answer is not decided yet (polling aside)."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._count = 0
        self.in_flight: list[Call] = []

    def open(self, method: str, *, at: str, seconds: float) -> Call:
        self._count += 1
        call = Call(self._count, at, seconds, method)
        self._calls.append(call)
        return call

    @contextmanager
    def running(self, call: Call) -> Iterator[None]:
        self.in_flight.append(call)
        try:
            yield
        finally:
            self.release(call)

    def release(self, call: Call) -> None:
        """It no longer counts as being answered."""
        if call in self.in_flight:
            self.in_flight.remove(call)

    def calls(self, method: str | None = None, chat: int | None = None) -> Sequence[Call]:
        return [
            call
            for call in self._calls
            if (method is None or call.method.lower() == method.lower())
            and (chat is None or call.chat == chat)
        ]

    def as_json(self, method: str | None, chat: int | None) -> list[dict[str, Any]]:
        return [asdict(call) for call in self.calls(method, chat)]

    def clear(self) -> None:
        self._calls.clear()
