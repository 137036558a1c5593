"""Telegram's flood limits as token buckets: 30 calls a second overall, 1 message a chat."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.refusals import too_many_requests


@dataclass(slots=True)
class Bucket:
    rate: float
    capacity: float
    tokens: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there; takes nothing."""
        self.tokens = min(self.capacity, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


@dataclass(slots=True)
class Floods:
    """Off by default. ``chat_burst`` messages may follow each other at once in one chat.

    Messages (``send...``) count for their chat and overall; edits count overall only, since
    Telegram bears a user who taps quickly; answers to callbacks and questions never count.
    """

    enabled: bool = False
    overall_per_second: float = 30
    chat_per_second: float = 1
    chat_burst: float = 3
    monotonic: Callable[[], float] = time.monotonic
    _overall: Bucket | None = None
    _chats: dict[int, Bucket] = field(default_factory=dict)

    def configure(self, *, enabled: bool, overall: float, chat: float, burst: float) -> None:
        self.enabled = enabled
        self.overall_per_second, self.chat_per_second, self.chat_burst = overall, chat, burst
        self._overall = None
        self._chats.clear()

    def pass_or_refuse(self, method: str, chat: int | None) -> None:
        """``method`` in lower case; raises the 429 that Telegram would answer."""
        if not self.enabled or chat is None or not method.startswith(("send", "edit", "copy")):
            return
        if method == "sendchataction":
            return
        now = self.monotonic()
        buckets = [self._whole(now)]
        if not method.startswith("edit"):
            buckets.append(self._chat(chat, now))
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.tokens -= 1

    def _whole(self, now: float) -> Bucket:
        if self._overall is None:
            rate = self.overall_per_second
            self._overall = Bucket(rate, rate, rate, now)
        return self._overall

    def _chat(self, chat: int, now: float) -> Bucket:
        if chat not in self._chats:
            burst = self.chat_burst
            self._chats[chat] = Bucket(self.chat_per_second, burst, burst, now)
        return self._chats[chat]
