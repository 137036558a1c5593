"""The composition root: in which order the parts are built, started and stopped.

What each is made of is said where it lives: `bot.town` for the use cases, `bot.courier.building`,
`bot.payfip.building`, `bot.door`.
"""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Self

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiohttp import web

from bot import locales
from bot.background import Background
from bot.clock import utc_now
from bot.courier import building as deliveries
from bot.courier.announcer import Announcer
from bot.courier.courier import Courier
from bot.courier.pacing import Pace
from bot.courier.telegram import PushBot
from bot.door import door
from bot.lanes import RawUpdate
from bot.letters import Paper
from bot.links import BotLinks
from bot.listening import Listener
from bot.menu import publish_menu
from bot.migrated import migrated
from bot.passwords import Argon2Passwords
from bot.payfip.building import payfip_client, payfip_door, payfip_gateway, return_page
from bot.payfip.gateway import PayFip
from bot.polling import Poller
from bot.presence import Presence
from bot.printing.typesetter import Typesetter
from bot.scheduler import Scheduler, Ticker
from bot.settings import Settings
from bot.town.jobs import jobs
from bot.town.nights import run_night
from bot.town.parents import for_parents
from bot.town.parts import Town
from bot.town.payments import credit_payment
from bot.town.privacy import retention
from bot.town.staff import for_staff
from bot.unrecorded import Unrecorded
from bot.watch.counting import CountedConfirm, CountedUpdates
from bot.watch.pulse import Part
from bot.watch.watch import Watch
from bot.webhook import Webhook
from bot.wire.documents import FetchDocument
from bot.wire.fallback import FallbackWire
from bot.wire.http import BotApi
from bot.wire.lean import LeanWire, without_content
from bot.wire.remembering import RememberingWire
from bot.wire.stock import StockWire
from domain.accounts.service import GiveUpTables
from domain.clock import Clock
from domain.payments.model import Provider
from domain.reports.by_hand import NightHours
from domain.sessions.service import RememberMessage
from handlers.build import build
from handlers.show import Wire
from handlers.use_cases import UseCases
from handlers.use_cases.staff import StaffUseCases
from storage.catalogue import SqlCatalogues
from storage.engine import Database
from storage.fsm import SqlStorage
from storage.watching import ListenedDatabase

log = structlog.get_logger(__name__)


class Application:
    """The bot, the courier and the scheduler over one database: ``async with Application(...)``.

    ``start`` returns when everything runs; ``stop`` when everything has ended and is closed.
    ``by_itself``: whether a timer looks what is due; without, only ``catch_up`` does.
    """

    database: Database
    catalogues: SqlCatalogues
    town: Town
    dispatcher: Dispatcher
    bot: Bot
    wire: Wire
    courier: Courier
    announcer: Announcer
    ticker: Ticker
    door: Poller | Webhook
    payfip: PayFip | None = None

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = utc_now,
        payfip_as: Provider = Provider.PAYFIP,
        by_itself: bool = True,
    ) -> None:
        self._payfip_as, self._by_itself = payfip_as, by_itself
        self._settings, self._clock = settings, clock
        self._token = settings.token
        self._background = Background()
        self._unrecorded = Unrecorded(settings.unrecorded_dir)
        self.listeners: list[Listener] = []  # beside the door: payments, health and metrics
        self._closing = AsyncExitStack()
        self.watch = Watch(clock)
        self.handle = CountedUpdates(self._dispatch, self.watch.instruments)
        self.texts = locales.load()
        self.passwords = Argon2Passwords()
        self.print_paper = Typesetter(clock)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        await self.prepare()
        try:
            await self.run()
        except BaseException:
            await self.stop()
            raise

    async def prepare(self) -> None:
        """Everything built and connected, nothing running: no update is taken yet."""
        async with AsyncExitStack() as stack:
            await self._open_database(stack)
            self._build_payfip(stack)
            self._build_town()
            self._connect(stack)
            self._build_deliveries(stack)
            self._build_conversations(stack)
            self._build_ticker()
            self._build_doors()
            stack.push_async_callback(self._background.stop)
            self._closing = stack.pop_all()

    async def run(self) -> None:
        """After ``prepare``: updates are taken, notices delivered, and what is due is done."""
        self.courier.start()
        self._closing.push_async_callback(self.courier.stop)
        self.announcer.start()
        self._closing.push_async_callback(self.announcer.stop)
        if self._by_itself:
            self._start_timer()
        for listener in self.listeners:
            self._closing.push_async_callback(listener.stop)
            await listener.start()
        self._closing.push_async_callback(self.door.stop)
        await self.door.start()
        self._background.spawn(publish_menu(self._api, self.texts), "menu")
        log.info("started", lean=self._settings.lean_wire)

    def _start_timer(self) -> None:
        scheduler = Scheduler(self.ticker, self._background)
        scheduler.start()
        self._closing.push_async_callback(scheduler.stop)

    async def stop(self) -> None:
        """In the reverse order of starting: nothing is taken any more, what is in hand ends."""
        await self._closing.aclose()
        log.info("stopped")

    @property
    def lost(self) -> asyncio.Event:
        """Set when a part has crashed that the rest cannot do without."""
        return self._background.lost

    async def _dispatch(self, update: RawUpdate) -> object:
        """One raw update, all the way."""
        if self._settings.lean_wire:
            update = without_content(update)
        return await self.dispatcher.feed_raw_update(self.bot, update)

    async def catch_up(self) -> None:
        """Everything due at this instant is done and delivered when this returns."""
        await self.ticker.tick()
        await self.announcer.drain()
        await self.courier.drain()

    # -- parts, in the order in which they need one another ---------------------------------
    async def _open_database(self, stack: AsyncExitStack) -> None:
        database = await stack.enter_async_context(migrated(self._settings))
        self.database = ListenedDatabase(database, self.watch.instruments.database_error)
        self.catalogues = SqlCatalogues(self.database)

    def _build_payfip(self, stack: AsyncExitStack) -> None:
        client = payfip_client(self._settings)
        if client is not None:
            stack.push_async_callback(client.close)
            self.payfip = payfip_gateway(
                self._settings, client, self.database, self._clock, self._payfip_as
            )

    def _build_town(self) -> None:
        self.town = Town(
            self.database,
            catalogues=self.catalogues,
            clock=self._clock,
            texts=self.texts,
            passwords=self.passwords,
            print_paper=self.print_paper,
            exchange_dir=self._settings.exchange_dir,
            gateways={} if self.payfip is None else {self.payfip.provider: self.payfip},
            by_invoice=bool(self._settings.invoice_token),
            nudge=self._nudge,
        )

    def _connect(self, stack: AsyncExitStack) -> None:
        server = TelegramAPIServer.from_base(self._settings.api_url)
        self._api = BotApi(self._token, self._settings.api_url)
        stack.push_async_callback(self._api.close)
        self.links = BotLinks(self._api, self._settings.bot_name)
        self.bot = Bot(self._token, session=AiohttpSession(api=server))
        stack.push_async_callback(self.bot.session.close)
        token = self._settings.invoice_token
        wire: Wire = StockWire(self.bot, payment_token=token)
        if self._settings.lean_wire:
            wire = LeanWire(self._api, payment_token=token)
        safe = FallbackWire(wire, GiveUpTables(self.town.accounts))
        self.wire = RememberingWire(safe, RememberMessage(self.town.sessions, self._clock))

    def _build_deliveries(self, stack: AsyncExitStack) -> None:
        pace = Pace(per_second=self._settings.pushes_per_second)
        self.courier = deliveries.courier(
            self._settings,
            self.town,
            self.links,
            self._push(stack),
            pace,
            self.watch,
            self._background,
        )
        self.announcer = deliveries.announcer(
            self.town, self.wire, self._push(stack), pace, self._background
        )

    def _push(self, stack: AsyncExitStack) -> PushBot:
        push = PushBot(self._token, self._settings.api_url)
        stack.push_async_callback(push.close)
        return push

    def _nudge(self) -> None:
        """A notice may be due."""
        self.courier.wake()

    def _wake(self) -> None:
        """An announcement may be due, which leaves by mail, too."""
        self.announcer.wake()
        self.courier.wake()

    def _build_conversations(self, stack: AsyncExitStack) -> None:
        isolation = SimpleEventIsolation()
        stack.push_async_callback(isolation.close)
        router = build(
            use_cases=self._for_parents(),
            staff=self._for_staff(),
            wire=self.wire,
            texts=self.texts,
            catalogues=self.catalogues,
            clock=self._clock,
            fsm_storage=SqlStorage(self.database),
            isolation=isolation,
            keep_payment=self._unrecorded.keep,
            retention=retention(self._settings),
        )
        presence = Presence(self.town.outbox, self._clock)
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.include_routers(router, presence.router())

    def _for_parents(self) -> UseCases:
        use_cases = for_parents(self.town)
        confirm = CountedConfirm(use_cases.confirm, self.watch.instruments)
        return replace(use_cases, confirm=confirm)

    def _for_staff(self) -> StaffUseCases:
        return for_staff(
            self.town,
            print_letter=Paper(self.links, self.texts, self.print_paper),
            hours=NightHours(at=self._settings.night_at),
            fetch=FetchDocument(self._api),
            beside=self._background.spawn,
            wake=self._wake,
            download=self._api.download,
            idle=timedelta(days=self._settings.staff_idle_days),
        )

    def _build_ticker(self) -> None:
        self.ticker = Ticker(
            jobs=self.town.jobs,
            run_night=run_night(self.town),
            always=jobs(
                self.town, self.wire, self._unrecorded, retention(self._settings), self._wake
            ),
            clock=self._clock,
            afterwards=self._nudge,
            night_at=self._settings.night_at,
            failed=self.watch.instruments.job_failed,
            ticked=self.watch.pulse.of(Part.TICK),
        )

    def _build_doors(self) -> None:
        settings, routes = self._settings, self._payment_routes()
        self.door = opened = door(
            settings, self._api, self.handle, self._background, self.watch.pulse, routes
        )
        if routes and isinstance(opened, Poller):
            host, port = settings.payments_host, settings.payments_port
            self.listeners.append(Listener(routes, host=host, port=port))
        is_open = (lambda: opened.is_open) if isinstance(opened, Webhook) else None
        watching = self.watch.listener(settings, self.database, self._background, is_open)
        if watching is not None:
            self.listeners.append(watching)

    def _payment_routes(self) -> list[web.RouteDef]:
        if self.payfip is None:
            return []
        page, credit = (
            return_page(self._settings, self.links, self.texts),
            credit_payment(self.town),
        )
        return payfip_door(self.payfip, credit, self._background, page).routes()
