"""The playground's time: the machine's, moved forward on demand."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
AFTER_THE_NIGHT = wall_time(3, 20)
"""A little later than the nightly work, which runs after the hour that a clock change repeats."""

Listener = Callable[[datetime], Awaitable[None]]


class ShiftableClock:
    """Aware times in UTC. ``listeners`` are awaited, in order, after each jump.

    ``source`` gives the unshifted time in seconds since the epoch. A clock that ``stands_still``
    only moves by jumps.
    """

    def __init__(
        self, source: Callable[[], float] = time.time, *, stands_still: bool = False
    ) -> None:
        self._source = source
        self.stands_still = stands_still
        self._shift = timedelta()
        self.listeners: list[Listener] = []

    @classmethod
    def frozen(cls, at: datetime) -> "ShiftableClock":
        instant = at.timestamp()
        return cls(lambda: instant, stands_still=True)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._source(), UTC) + self._shift

    def __call__(self) -> datetime:
        return self.now()

    @property
    def shifted_by(self) -> float:
        """Seconds ahead of the source."""
        return self._shift.total_seconds()

    def tonight(self) -> datetime:
        """The next 03:20 in Paris."""
        here = self.now().astimezone(PARIS)
        night = datetime.combine(here.date(), AFTER_THE_NIGHT, PARIS)
        if night <= here:
            night = datetime.combine(here.date() + timedelta(days=1), AFTER_THE_NIGHT, PARIS)
        return night

    async def jump(self, to: datetime) -> None:
        """Only forward: messages and deadlines of the past stay in the past."""
        ahead = to.astimezone(UTC) - self.now()
        if ahead < timedelta():
            raise ValueError("The clock only moves forward.")
        self._shift += ahead
        for listener in tuple(self.listeners):
            await listener(self.now())
