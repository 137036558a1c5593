"""Three addresses for machines: /healthz, /readyz and /metrics. No secrets, no names in them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.watch.looking import Look, Seen
from bot.watch.readiness import OK

NEVER_KEPT: Final = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Pages:
    """On a port of their own: what the world reaches is the webhook's, these are for the town's
    machines.
    """

    registry: CollectorRegistry
    look: Look
    seen: Seen
    ready: Callable[[], Awaitable[Mapping[str, str]]]
    alive: Callable[[], bool]

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/healthz", self._healthz),
            web.get("/readyz", self._readyz),
            web.get("/metrics", self._metrics),
        ]

    async def _healthz(self, _: web.Request) -> web.Response:
        """That it answers is most of the answer: the loop turns."""
        alive = self.alive()
        return _plain("ok\n" if alive else "a part has crashed\n", well=alive)

    async def _readyz(self, _: web.Request) -> web.Response:
        parts = await self.ready()
        lines = "".join(f"{part}: {state}\n" for part, state in parts.items())
        return _plain(lines, well=all(state == OK for state in parts.values()))

    async def _metrics(self, _: web.Request) -> web.Response:
        self.seen.seen = await self.look()
        body = generate_latest(self.registry)
        kind = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        return web.Response(body=body, headers={**NEVER_KEPT, **kind})


def _plain(text: str, *, well: bool) -> web.Response:
    return web.Response(text=text, status=200 if well else 503, headers=NEVER_KEPT)
