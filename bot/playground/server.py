"""The playground put together: one HTTP server, one mail sink, one clock."""

import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.playground import pages
from bot.playground.acts import Acts
from bot.playground.bot_api import BotApi
from bot.playground.clock import ShiftableClock
from bot.playground.files import LARGEST_UPLOAD
from bot.playground.floods import Floods
from bot.playground.guard import guard
from bot.playground.mailbox import Mailbox
from bot.playground.mails import Mail
from bot.playground.model import BotIdentity, Person
from bot.playground.payfip.faults import Faults as PayFipFaults
from bot.playground.payfip.notifying import Notifier
from bot.playground.payfip.routes import PayFip
from bot.playground.payfip.treasury import Treasury
from bot.playground.pulse import Pulse
from bot.playground.sim.answers import sentences
from bot.playground.sim.chats import Chats
from bot.playground.sim.conditions import Conditions
from bot.playground.sim.people import People
from bot.playground.sim.presses import Presses
from bot.playground.sim.stream import Stream
from bot.playground.tasks import Tasks
from bot.playground.updates import Updates
from bot.playground.webhooks import WebhookCourier, doubling
from bot.playground.world import World

HOST = "127.0.0.1"
TOKEN = "7000000001:PLAYGROUND-local-only-no-secret"  # noqa: S105 - opens nothing but this


class Playground:
    """Listens on loopback only. ``strict_rates`` switches Telegram's flood limits on."""

    def __init__(
        self,
        port: int = 0,
        *,
        smtp_port: int = 0,
        token: str = TOKEN,
        bot_username: str = "cartable_bot",
        bot_name: str = "Cartable",
        clock: ShiftableClock | None = None,
        strict_rates: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
        webhook_backoff: Callable[[int], float] = doubling,
    ) -> None:
        self.clock = clock or ShiftableClock()
        self.token = token
        self._ports = port, smtp_port
        pulse = Pulse()
        bot = BotIdentity(int(token.partition(":")[0]), token, bot_username, bot_name)
        floods = Floods(enabled=strict_rates, monotonic=monotonic)
        self.world = World(bot, self.clock, floods, pulse, Updates(self.clock, pulse))
        self.mailbox = Mailbox(self.clock.now, self._mail_came)
        self._tasks = Tasks()
        self._courier = WebhookCourier(self.world, pulse, self._tasks, webhook_backoff)
        faults = PayFipFaults()
        notifier = Notifier(pulse, self._tasks, faults, webhook_backoff)
        self._payfip = PayFip(Treasury(self.clock), faults, notifier, pulse)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        if self._runner is None:
            raise RuntimeError("The playground is not started.")
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    @property
    def smtp_port(self) -> int:
        return self.mailbox.port

    async def start(self) -> None:
        port, smtp_port = self._ports
        runner = web.AppRunner(
            self._app(), access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await runner.setup()
        self._runner = runner
        await web.TCPSite(runner, HOST, port).start()
        await self.mailbox.start(smtp_port)
        self._tasks.spawn(self._courier.run(), "webhook courier")

    async def stop(self) -> None:
        self.world.pulse.close()
        self.world.hub.close()
        await self._tasks.stop()
        await self.mailbox.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def add_person(self, id: int, first_name: str, **details: Any) -> Person:
        """``details`` as in Person: last_name, username, language_code, role, note, started."""
        person = Person(id, first_name, **details)
        self.world.add_person(person)
        return person

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[guard, sentences], client_max_size=LARGEST_UPLOAD * 2)
        acts = Acts(self.world)
        app.add_routes(BotApi(self.world).routes())
        app.add_routes(People(self.world).routes())
        app.add_routes(Chats(self.world, acts).routes())
        app.add_routes(Presses(self.world, acts).routes())
        app.add_routes(Conditions(self.world, self.mailbox, self._tasks).routes())
        app.add_routes(Stream(self.world).routes())
        app.add_routes(self._payfip.routes())
        app.add_routes(pages.routes())
        return app

    def _mail_came(self, mail: Mail) -> None:
        self.world.hub.publish("mail", None, lambda: {"mail": mail.as_json()})
        self.world.pulse.beat()
