"""Whether this process does its work, part by part."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.watch.pulse import Part, Pulse
from storage.watching import Watched

OK = "ok"


@dataclass(frozen=True, slots=True)
class Readiness:
    """``is_open``: whether updates may come in, where the door does not beat (a webhook)."""

    look: Callable[[], Awaitable[Watched | None]]
    pulse: Pulse
    is_open: Callable[[], bool] | None = None

    async def __call__(self) -> Mapping[str, str]:
        """By part: "ok", or what is wrong with it."""
        seen = await self.look()
        return {
            "database": OK if seen is not None else "does not answer",
            "door": self._door(),
            "scheduler": self._moves(Part.TICK),
            "courier": self._moves(Part.COURIER),
        }

    def _door(self) -> str:
        if self.is_open is None:
            return self._moves(Part.DOOR)
        return OK if self.is_open() else "the webhook is not set"

    def _moves(self, part: Part) -> str:
        if not self.pulse.is_stuck(part):
            return OK
        return f"silent for {self.pulse.silence(part):.0f} s"
