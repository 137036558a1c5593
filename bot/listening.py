"""A small HTTP server of our own, for what others have to reach: payments, health, metrics."""

from collections.abc import Iterable

from aiohttp import web


class Listener:
    def __init__(
        self, routes: Iterable[web.RouteDef], *, host: str, port: int, largest: int = 64 * 1024
    ) -> None:
        self._routes, self._place, self._largest = list(routes), (host, port), largest
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        if self._runner is None:
            raise RuntimeError("Nobody is listening.")
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        app = web.Application(client_max_size=self._largest)
        app.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=10.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._place).start()

    async def stop(self) -> None:
        """Answers what it has taken."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
