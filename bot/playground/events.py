"""What the chat page hears: one event for each change."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Event = dict[str, Any]
Queue = asyncio.Queue[Event | None]


class Hub:
    """Bodies are only built when somebody listens. ``None`` in a queue means the end."""

    def __init__(self) -> None:
        self._listeners: dict[Queue, int | None] = {}

    def publish(self, kind: str, chat: int | None, body: Callable[[], Event] = dict) -> None:
        wanted = [
            queue
            for queue, only in self._listeners.items()
            if only is None or chat is None or only == chat
        ]
        if not wanted:
            return
        event = {"type": kind, **({} if chat is None else {"chat": chat}), **body()}
        for queue in wanted:
            queue.put_nowait(event)

    @contextmanager
    def listen(self, only: int | None) -> Iterator[Queue]:
        queue: Queue = asyncio.Queue()
        self._listeners[queue] = only
        try:
            yield queue
        finally:
            del self._listeners[queue]

    def close(self) -> None:
        for queue in self._listeners:
            queue.put_nowait(None)
