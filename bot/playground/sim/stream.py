"""Server-sent events: the chat page lives on this."""

import asyncio
import json
from dataclasses import dataclass

from aiohttp import web

from bot.playground.events import Queue
from bot.playground.sim.answers import optional_int
from bot.playground.world import World

PING_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Stream:
    world: World

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/sim/events", self.events)]

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        with self.world.hub.listen(optional_int(request, "chat")) as queue:
            await response.prepare(request)
            await response.write(b": ready\n\n")
            while (piece := await _next(queue)) is not None:
                await response.write(piece)
        return response


async def _next(queue: Queue) -> bytes | None:
    """The next event on the wire, a ping after a long silence, None at the end."""
    try:
        async with asyncio.timeout(PING_SECONDS):
            event = await queue.get()
    except TimeoutError:
        return b": ping\n\n"
    return None if event is None else f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
