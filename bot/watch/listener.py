"""Three addresses for machines: /healthz, /readyz and /metrics. No secrets, no names in them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.watch.looking import Look, Seen
from bot.watch.readiness import OK

NEVER_KEPT: Final = {"Cache-Control": "no-store"}


class Listener:
    """Its own port: what the world reaches is the webhook's, this is for the town's machines."""

    def __init__(
        self,
        place: tuple[str, int],
        *,
        registry: CollectorRegistry,
        look: Look,
        seen: Seen,
        ready: Callable[[], Awaitable[Mapping[str, str]]],
        alive: Callable[[], bool],
    ) -> None:
        self._place, self._registry = place, registry
        self._look, self._seen, self._ready, self._alive = look, seen, ready, alive
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        if self._runner is None:
            raise RuntimeError("Nothing is listening.")
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._place).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _healthz(self, _: web.Request) -> web.Response:
        """That it answers is most of the answer: the loop turns."""
        alive = self._alive()
        return _plain("ok\n" if alive else "a part has crashed\n", well=alive)

    async def _readyz(self, _: web.Request) -> web.Response:
        parts = await self._ready()
        lines = "".join(f"{part}: {state}\n" for part, state in parts.items())
        return _plain(lines, well=all(state == OK for state in parts.values()))

    async def _metrics(self, _: web.Request) -> web.Response:
        self._seen.seen = await self._look()
        body = generate_latest(self._registry)
        kind = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        return web.Response(body=body, headers={**NEVER_KEPT, **kind})


def _plain(text: str, *, well: bool) -> web.Response:
    return web.Response(text=text, status=200 if well else 503, headers=NEVER_KEPT)
