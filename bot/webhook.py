"""Updates by webhook: 200 only when handled, so that Telegram sends again what was not."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence
from json import JSONDecodeError
from typing import Any

import structlog
from aiogram.exceptions import AiogramError
from aiohttp import web

from bot.background import Background
from bot.lanes import Lanes, RawUpdate
from bot.wire.http import BotApi

PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024
AGAIN_IN = 30.0
log = structlog.get_logger(__name__)


class Webhook:
    """``public_url`` is where Telegram reaches the server that listens on ``host`` and ``port``,
    which serves ``also`` others.

    Who we are is proven by ``secret`` alone: the sender's address is not looked at, for anybody
    can write it in a header.
    """

    def __init__(
        self,
        api: BotApi,
        handle: Callable[[RawUpdate], Awaitable[object]],
        background: Background,
        *,
        public_url: str,
        secret: str,
        host: str,
        port: int,
        allowed_updates: Sequence[str],
        width: int = 32,
        also: Sequence[web.RouteDef] = (),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api, self._background, self._sleep = api, background, sleep
        self._secret, self._place = secret, (host, port)
        self._also = also
        self._wanted = {
            "url": public_url.rstrip("/") + PATH,
            "secret_token": secret,
            "allowed_updates": list(allowed_updates),
        }
        self._handled: dict[int, asyncio.Event] = {}
        self._lanes = Lanes(handle, self._settled, background, width=width)
        self._runner: web.AppRunner | None = None
        self._announced = False

    @property
    def is_open(self) -> bool:
        """Whether we listen, and Telegram has been told where."""
        return self._announced and self._runner is not None

    @property
    def port(self) -> int:
        if self._runner is None:
            raise RuntimeError("The webhook is not listening.")
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(PATH, self._receive)
        app.add_routes(self._also)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=10.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._place).start()
        self._background.spawn(self._announce(), "webhook")

    async def stop(self) -> None:
        """Answers what it has taken; the webhook stays set, so Telegram keeps what comes."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self._lanes.drain(grace=0)

    async def _receive(self, request: web.Request) -> web.Response:
        said = request.headers.get(HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(said, self._secret.encode()):
            return web.Response(status=401)
        try:
            update: Any = await request.json()
        except (JSONDecodeError, UnicodeDecodeError, RecursionError):
            update = None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            log.warning("webhook_bad_body")
            return web.Response(status=400)
        await self._through(update)
        return web.Response()

    async def _through(self, update: RawUpdate) -> None:
        """Back when it is handled; one that comes again meanwhile waits for the same end."""
        key = update["update_id"]
        if (handled := self._handled.get(key)) is None:
            handled = self._handled[key] = asyncio.Event()
            self._lanes.push(update)
        await handled.wait()

    def _settled(self, update: RawUpdate) -> None:
        self._handled.pop(update["update_id"]).set()

    async def _announce(self) -> None:
        while True:
            try:
                await self._api.call("setWebhook", self._wanted)
            except (AiogramError, ValueError) as error:
                log.warning("webhook_not_set", error=type(error).__name__, again_in=AGAIN_IN)
                await self._sleep(AGAIN_IN)
            else:
                self._announced = True
                log.info("webhook_set")
                return
