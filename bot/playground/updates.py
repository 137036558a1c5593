"""The queue of updates, and long polling on it."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.playground.clock import ShiftableClock
from bot.playground.model import Json
from bot.playground.pulse import Pulse
from bot.playground.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET, conflict

FIRST_ID = 700_000_001
SHORT_LIVED = {"callback_query", "pre_checkout_query", "shipping_query", "inline_query"}
SHORT_LIFE = 150.0
LONG_LIFE = 86_400.0
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL = 50
LARGEST_BATCH = 100
CONFLICT_PAUSE = 3.0


@dataclass(frozen=True, slots=True)
class Update:
    update_id: int
    kind: str
    body: Json
    chat: int | None
    expires_at: float

    def as_json(self) -> Json:
        return {"update_id": self.update_id, self.kind: self.body}


@dataclass(slots=True)
class Updates:
    """``allowed`` empty means Telegram's default kinds. Expiry follows the playground's clock."""

    clock: ShiftableClock
    pulse: Pulse
    allowed: list[str] = field(default_factory=list)
    webhook_url: str = ""
    _queue: deque[Update] = field(default_factory=deque)
    _next_id: int = FIRST_ID
    _poller: object = None
    _aborted_with: str = OTHER_POLLER
    _conflict_at: float = float("-inf")

    @property
    def pending(self) -> Sequence[Update]:
        now = self.clock.now().timestamp()
        if any(update.expires_at <= now for update in self._queue):
            self._queue = deque(update for update in self._queue if update.expires_at > now)
        return self._queue

    def add(self, kind: str, body: Json, chat: int | None) -> int | None:
        """The id of the new update, or None when the bot did not ask for this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted:
            return None
        life = SHORT_LIFE if kind in SHORT_LIVED else LONG_LIFE
        expires_at = self.clock.now().timestamp() + life
        self._queue.append(Update(self._next_id, kind, body, chat, expires_at))
        self._next_id += 1
        self.pulse.beat()
        return self._next_id - 1

    def acknowledge(self, offset: int) -> None:
        """Forgets what comes before ``offset``; a negative one keeps that many of the last."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        while self._queue and self._queue[0].update_id < offset:
            self._queue.popleft()
        self.pulse.beat()

    def forget(self, update: Update) -> None:
        """A webhook took it."""
        if update in self._queue:
            self._queue.remove(update)
        self.pulse.beat()

    def drop_all(self) -> None:
        self._queue.clear()
        self.pulse.beat()

    def end_polling(self) -> None:
        self._aborted_with, self._poller = WEBHOOK_SET, None
        self.pulse.beat()

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - the method's own name for it
        if self.webhook_url:
            raise conflict(WEBHOOK_ACTIVE)
        self.acknowledge(offset)
        if not self.pending and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL))
        largest = limit if 1 <= limit <= LARGEST_BATCH else LARGEST_BATCH
        return [update.as_json() for update in list(self.pending)[:largest]]

    async def _wait(self, seconds: float) -> None:
        mine = object()
        self._aborted_with, self._poller = OTHER_POLLER, mine
        self.pulse.beat()
        try:
            await self.pulse.until(lambda: bool(self.pending) or self._poller is not mine, seconds)
            if self._poller is not mine:
                await self._conflict()
        finally:
            if self._poller is mine:
                self._poller = None

    async def _conflict(self) -> None:
        """Telegram slows down clients that fight each other."""
        reason = self._aborted_with
        now = self.clock.now().timestamp()
        if now < self._conflict_at:
            await self.pulse.until(lambda: False, CONFLICT_PAUSE)
        else:
            self._conflict_at = now + CONFLICT_PAUSE
        raise conflict(reason)
