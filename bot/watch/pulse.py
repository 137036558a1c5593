"""Which parts of the process still move."""

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Final


class Part(StrEnum):
    DOOR = "door"
    TICK = "tick"
    COURIER = "courier"


PATIENCE: Final[Mapping[Part, float]] = {
    # Seconds. A long poll lasts 25, a pause after a failure 30, and a request is given 10 more.
    Part.DOOR: 120.0,
    # It comes every 20; one with a whole town's night in it takes minutes.
    Part.TICK: 600.0,
    # A batch is 25 notices; one that hangs is given up by its client before the lease's 5 minutes.
    Part.COURIER: 300.0,
}


class Pulse:
    """Each part beats when it has gone once around."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._last = dict.fromkeys(Part, seconds())

    def beat(self, part: Part) -> None:
        self._last[part] = self._seconds()

    def of(self, part: Part) -> Callable[[], None]:
        return partial(self.beat, part)

    def silence(self, part: Part) -> float:
        """Seconds since its last beat, or since the process began."""
        return self._seconds() - self._last[part]

    def is_stuck(self, part: Part) -> bool:
        return self.silence(part) > PATIENCE[part]
