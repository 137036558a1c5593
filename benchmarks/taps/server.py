"""The other end, in a process of its own: hands out taps by long polling, and counts the answers.

`POST /bench/{token}` with updates, an edited message and how many buttons an edit must carry;
it answers when every update was answered and edited once.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

BATCH, AT_ONCE = 100, 300  # updates a request; taken and not yet edited
BOTH = ("answerCallbackQuery", "editMessageText")
LONGEST = 60
PROFILE = {"id": 42, "is_bot": True, "first_name": "Cartable", "username": "cartable_bot"}
MUCH = 32 * 1024**2


@dataclass(slots=True)
class Queue:
    """One bot's updates, as Telegram keeps them: until a higher offset is heard."""

    pending: list[dict[str, Any]] = field(default_factory=list)
    edited: bytes = b""
    buttons: int = 0
    expected: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)  # the last polls, for a round that stalls
    began: float = 0
    ended: float = 0
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def load(self, updates: list[dict[str, Any]], edited: bytes, buttons: int) -> None:
        self.pending, self.edited, self.buttons = updates, edited, buttons
        self.expected, self.began = len(updates), 0
        self.calls.clear()
        self.over.clear()
        self.moved.set()

    def count(self, method: str) -> None:
        self.calls[method] += 1
        self.moved.set()
        if min(self.calls[name] for name in BOTH) >= self.expected and not self.over.is_set():
            self.ended = time.perf_counter()
            self.over.set()

    def told(self) -> dict[str, Any]:
        """For a round that did not end: what came, what waits, and how it was last asked for."""
        first = self.pending[0]["update_id"] if self.pending else None
        return {
            "expected": self.expected,
            "calls": self.calls,
            "unread": len(self.pending),
            "first unread": first,
            "asked": self.asked[-5:],
        }

    def batch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        self.pending = [u for u in self.pending if u["update_id"] >= offset]
        heard = self.expected - len(self.pending)
        allowed = AT_ONCE + self.calls["editMessageText"] - heard
        batch = self.pending[: max(0, min(limit, BATCH, allowed))]
        self.began = self.began or time.perf_counter()
        return batch


class Server:
    """``longest``: seconds that a round may take."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._queues: dict[str, Queue] = {}

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MUCH)
        app.router.add_post("/bench/{token}", self._load)
        app.router.add_post("/bot{token}/getUpdates", self._updates)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        return app

    def _queue(self, request: web.Request) -> Queue:
        return self._queues.setdefault(request.match_info["token"], Queue())

    async def _load(self, request: web.Request) -> web.Response:
        queue, asked = self._queue(request), await request.json()
        edited = json.dumps(asked["edited"], ensure_ascii=False).encode()
        queue.load(asked["updates"], edited, asked["buttons"])
        try:
            async with asyncio.timeout(self._longest):
                await queue.over.wait()
        except TimeoutError:
            return web.json_response({"stalled": queue.told()})
        return web.json_response({"seconds": queue.ended - queue.began, "calls": queue.calls})

    async def _updates(self, request: web.Request) -> web.Response:
        queue, asked = self._queue(request), await _params(request)
        offset, limit = int(asked.get("offset", 0)), int(asked.get("limit", 100))
        queue.asked = [*queue.asked[-4:], f"{offset} for {asked.get('timeout', 0)} s"]
        batch: list[dict[str, Any]] = queue.batch(offset, limit) if queue.pending else []
        try:
            async with asyncio.timeout(float(asked.get("timeout", 0))):
                while not batch:
                    queue.moved.clear()
                    await queue.moved.wait()
                    batch = queue.batch(offset, limit) if queue.pending else []
        except TimeoutError:
            return _result([])
        return _result(batch)

    async def _call(self, request: web.Request) -> web.Response:
        queue, method = self._queue(request), request.match_info["method"]
        body = await request.read()
        if method == "getMe":
            return _result(PROFILE)
        if method == "editMessageText":
            if body.count(b"callback_data") < queue.buttons:
                return web.json_response({"ok": False, "description": "buttons"}, status=400)
            queue.count(method)
            return web.Response(body=queue.edited, content_type="application/json")
        queue.count(method)
        return _result(True)  # noqa: FBT003 - what Telegram answers


async def _params(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())


def _result(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def main() -> None:
    """Prints its address, then serves until it is ended."""
    app = Server().application()

    async def serve() -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        sys.stdout.write(f"http://{host}:{port}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
