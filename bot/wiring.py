"""The composition root: the only place that knows which part is made of what."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiohttp import web

from bot import locales
from bot.announcing import announcer, announcing
from bot.background import Background
from bot.clock import utc_now
from bot.courier.announcer import Announcer
from bot.courier.courier import Courier
from bot.courier.delivery import Delivery
from bot.courier.pacing import Pace
from bot.courier.render import NoticeWords
from bot.courier.telegram import PushBot
from bot.letters import Paper
from bot.links import BotLinks
from bot.listening import Listener
from bot.mail import MailServer, SmtpMailer
from bot.menu import publish_menu
from bot.migrated import migrated
from bot.nudging import Nudging
from bot.passwords import Argon2Passwords, is_common
from bot.payfip.building import payfip_client, payfip_door, payfip_gateway, return_page
from bot.payfip.gateway import PayFip
from bot.polling import Poller
from bot.presence import Presence
from bot.printing.typesetter import Typesetter
from bot.scheduler import Scheduler, Ticker
from bot.settings import Settings
from bot.staff_use_cases import for_staff
from bot.unrecorded import CreditLate, Unrecorded
from bot.use_cases import Exchange, Town
from bot.watch.counting import CountedConfirm, CountedUpdates
from bot.watch.pulse import Part
from bot.watch.watch import Watch
from bot.webhook import Webhook
from bot.wire.agents import AgentWire
from bot.wire.chats import WireChats
from bot.wire.documents import FetchDocument
from bot.wire.fallback import FallbackWire
from bot.wire.http import BotApi
from bot.wire.lean import LeanWire, calm_collector, without_content
from bot.wire.remembering import RememberingWire
from bot.wire.stock import StockWire
from conversations.imports.words import sentence
from domain.accounts.service import GiveUpTables
from domain.alerts.telling import TellAlerts
from domain.announcements.composed import Composed
from domain.announcements.model import AnnouncementId
from domain.announcements.releasing import LaunchDue
from domain.clock import Clock
from domain.payments.model import Provider
from domain.privacy.model import Retention
from domain.privacy.retaining import NAME as RETENTION
from domain.privacy.retaining import AgeOut
from domain.privacy.tidying import TidyScreens
from domain.reports.by_hand import NightHours
from domain.sessions.service import RememberMessage
from handlers.build import build
from handlers.show import Wire
from storage.absences import SqlAbsences
from storage.access import SqlAccess
from storage.accounts import SqlAccounts
from storage.announcing import SqlAnnouncing
from storage.bookings import SqlBookings
from storage.catalogue import SqlCatalogues
from storage.choices import SqlChoices
from storage.documents import SqlDocuments
from storage.emails import SqlEmails
from storage.engine import Database, transactions
from storage.exchange import DropInbox, ExchangeFolder, FolderDrop
from storage.fsm import SqlStorage
from storage.home import SqlHome
from storage.imports import FileStaging, SqlImport
from storage.journal import SqlJournal
from storage.money import SqlMoney
from storage.outbox import SqlOutbox
from storage.payments import SqlPayments
from storage.privacy import SqlAging, SqlOldScreens, SqlPrivacy
from storage.reminders import SqlReminders
from storage.reports import SqlJobs, SqlTransmissions
from storage.requests import SqlRequests
from storage.sessions import SqlSessions
from storage.sheets import SqlSheets
from storage.staff import SqlStaff
from storage.staff_alerts import SqlStaffAlerts
from storage.staff_families import SqlStaffFamilies
from storage.staff_nights import SqlPastNights
from storage.staff_places import SqlStaffPlaces
from storage.watching import ListenedDatabase

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "pre_checkout_query")
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

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
            self._connect(stack)
            self._build_courier(stack)
            self._build_payfip(stack)
            self._build_town()
            self._build_conversations(stack)
            self._build_timers()
            stack.push_async_callback(self._background.stop)
            self._closing = stack.pop_all()

    async def run(self) -> None:
        """After ``prepare``: updates are taken, notices delivered, and what is due is done."""
        if self._settings.lean_wire:
            self._closing.enter_context(calm_collector())
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

    async def _dispatch(self, update: dict[str, Any]) -> object:
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

    def _connect(self, stack: AsyncExitStack) -> None:
        server = TelegramAPIServer.from_base(self._settings.api_url)
        self._api = BotApi(self._token, self._settings.api_url)
        stack.push_async_callback(self._api.close)
        self.links = BotLinks(self._api, self._settings.bot_name)
        self.bot = Bot(self._token, session=AiohttpSession(api=server))
        stack.push_async_callback(self.bot.session.close)
        token = _payment_token(self._settings)
        wire: Wire = StockWire(self.bot, payment_token=token)
        if self._settings.lean_wire:
            wire = LeanWire(self._api, payment_token=token)
        sessions = transactions(self.database, SqlSessions)
        accounts = transactions(self.database, SqlAccounts, brief=True)
        safe = FallbackWire(wire, GiveUpTables(accounts))
        self.wire = RememberingWire(safe, RememberMessage(sessions, self._clock))

    def _build_courier(self, stack: AsyncExitStack) -> None:
        push = PushBot(self._token, self._settings.api_url)
        stack.push_async_callback(push.close)
        outbox = transactions(self.database, SqlOutbox)
        self._announcing = transactions(self.database, SqlAnnouncing)
        pace = Pace(per_second=self._settings.pushes_per_second)
        deliver = Delivery(
            outbox=outbox,
            push=push,
            mailer=_mailer(self._settings, self._clock),
            render=NoticeWords(
                self.catalogues, self.texts, self.links, self.print_paper, self._announced
            ),
            pace=pace,
            clock=self._clock,
            ended=self.watch.instruments.notice,
        )
        beat = self.watch.pulse.of(Part.COURIER)
        self.courier = Courier(outbox, deliver, self._clock, self._background, beat=beat)
        broadcasts = PushBot(self._token, self._settings.api_url)
        stack.push_async_callback(broadcasts.close)
        self.announcer = announcer(
            self.database,
            broadcasts,
            self.wire,
            pace,
            self.texts,
            self.catalogues,
            self._clock,
            self._background,
        )

    async def _announced(self, announcement: AnnouncementId) -> Composed | None:
        return await self._announcing.read(lambda tx: tx.find(announcement))

    def _wake(self) -> None:
        """Both: an announcement leaves by mail, too."""
        self.announcer.wake()
        self.courier.wake()

    def _build_payfip(self, stack: AsyncExitStack) -> None:
        client = payfip_client(self._settings)
        if client is not None:
            stack.push_async_callback(client.close)
            self.payfip = payfip_gateway(
                self._settings, client, self.database, self._clock, self._payfip_as
            )

    def _build_town(self) -> None:
        self.town = Town(
            bookings=transactions(self.database, SqlBookings, brief=True),
            upkeep=transactions(self.database, SqlBookings),
            access=transactions(self.database, SqlAccess),
            accounts=transactions(self.database, SqlAccounts, brief=True),
            transmissions=transactions(self.database, SqlTransmissions),
            sessions=transactions(self.database, SqlSessions),
            home=transactions(self.database, SqlHome),
            choices=transactions(self.database, SqlChoices),
            emails=transactions(self.database, SqlEmails),
            documents=transactions(self.database, SqlDocuments),
            privacy=transactions(self.database, SqlPrivacy),
            absences=transactions(self.database, SqlAbsences),
            reminders=transactions(self.database, SqlReminders),
            money=transactions(self.database, SqlMoney),
            gateways={} if self.payfip is None else {self.payfip.provider: self.payfip},
            payments=transactions(self.database, SqlPayments),
            by_invoice=bool(_payment_token(self._settings)),
            jobs=transactions(self.database, SqlJobs),
            staff=transactions(self.database, SqlStaff),
            requests=transactions(self.database, SqlRequests),
            sheets=transactions(self.database, SqlSheets),
            places=transactions(self.database, SqlStaffPlaces),
            households=transactions(self.database, SqlStaffFamilies),
            journal=transactions(self.database, SqlJournal),
            nights=transactions(self.database, SqlPastNights),
            alerts=transactions(self.database, SqlStaffAlerts),
            catalogues=self.catalogues,
            passwords=self.passwords,
            print_paper=self.print_paper,
            is_common=is_common,
            files=ExchangeFolder(self._settings.exchange_dir),
            exchange=self._exchange(),
            clock=self._clock,
            nudge=self.courier.wake,
        )

    def _exchange(self) -> Exchange:
        drop, french = FolderDrop(self._settings.exchange_dir), self.texts("fr")
        return Exchange(
            imports=transactions(self.database, SqlImport),
            stage=FileStaging(),
            inbox=DropInbox(drop, lambda problem: sentence(problem, french)),
        )

    def _build_conversations(self, stack: AsyncExitStack) -> None:
        isolation = SimpleEventIsolation()
        stack.push_async_callback(isolation.close)
        use_cases = self.town.for_parents()
        confirm = CountedConfirm(use_cases.confirm, self.watch.instruments)
        router = build(
            use_cases=replace(use_cases, confirm=confirm),
            staff=for_staff(
                self.town,
                Paper(self.links, self.texts, self.town.print_paper),
                NightHours(at=self._settings.night_at),
                FetchDocument(self._api),
                self._background.spawn,
                announcing=announcing(
                    self._announcing,
                    self.catalogues,
                    self._clock,
                    self._wake,
                    self._api.download,
                ),
                idle=timedelta(days=self._settings.staff_idle_days),
            ),
            wire=self.wire,
            texts=self.texts,
            catalogues=self.catalogues,
            clock=self._clock,
            fsm_storage=SqlStorage(self.database),
            isolation=isolation,
            keep_payment=self._unrecorded.keep,
            retention=_retention(self._settings),
        )
        presence = Presence(transactions(self.database, SqlOutbox), self._clock)
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.include_routers(router, presence.router())

    def _build_timers(self) -> None:
        self.door = door = self._build_door()
        watching = self.watch.listener(
            self._settings,
            self.database,
            self._background,
            (lambda: door.is_open) if isinstance(door, Webhook) else None,
        )
        self.listeners += [watching] if watching is not None else []
        self.ticker = Ticker(
            jobs=self.town.jobs,
            run_night=self.town.run_night(),
            always={
                "offers": self.town.lapse_offers(),
                "drafts": self.town.lapse_drafts(),
                "unrecorded": CreditLate(self.town.credit_payment(), self._unrecorded),
                "orders": self.town.follow_orders(),
                **self.town.hourly(),
                "handover": self.town.follow_handover(),
                "answers": self.town.take_answers(),
                "untaken": self.town.watch_handover(),
                "alerts": TellAlerts(self.town.alerts, self._agents(), self._clock),
                "screens": self._tidy_screens(),
                RETENTION: self._age_out(),
                "announcements": LaunchDue(Nudging(self._announcing, self._wake), self._clock),
            },
            clock=self._clock,
            afterwards=self.courier.wake,
            night_at=self._settings.night_at,
            failed=self.watch.instruments.job_failed,
            ticked=self.watch.pulse.of(Part.TICK),
        )

    def _agents(self) -> AgentWire:
        return AgentWire(self.wire, self.texts)

    def _tidy_screens(self) -> TidyScreens:
        screens = transactions(self.database, SqlOldScreens)
        return TidyScreens(screens, WireChats(self.wire), self._clock)

    def _age_out(self) -> AgeOut:
        aging = transactions(self.database, SqlAging)
        return AgeOut(aging, self.town.jobs, _retention(self._settings), self._clock)

    def _build_door(self) -> Poller | Webhook:
        """Where updates come in."""
        settings, secret = self._settings, self._settings.webhook_secret
        also = self._payment_routes()
        if settings.public_url is None or secret is None:
            if also:
                host, port = settings.payments_host, settings.payments_port
                self.listeners.append(Listener(also, host=host, port=port))
            return Poller(
                self._api,
                self.handle,
                self._background,
                allowed_updates=UPDATES,
                answered=self.watch.pulse.of(Part.DOOR),
            )
        return Webhook(
            self._api,
            self.handle,
            self._background,
            public_url=settings.public_url,
            secret=secret.get_secret_value(),
            host=settings.webhook_host,
            port=settings.webhook_port,
            allowed_updates=UPDATES,
            also=also,
        )

    def _payment_routes(self) -> list[web.RouteDef]:
        if self.payfip is None:
            return []
        page = return_page(self._settings, self.links)
        return payfip_door(
            self.payfip, self.town.credit_payment(), self._background, page
        ).routes()


def _retention(settings: Settings) -> Retention:
    return Retention(
        bookings=settings.keep_bookings_years,
        payments=settings.keep_payments_years,
        signatures=settings.keep_signatures_years,
    )


def _payment_token(settings: Settings) -> str:
    """Empty where the operator has none: no invoice is sent then."""
    token = settings.payment_provider_token
    return token.get_secret_value() if token is not None else ""


def _mailer(settings: Settings, clock: Clock) -> SmtpMailer | None:
    if settings.smtp_host is None:
        return None
    password = settings.smtp_password
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password.get_secret_value() if password else None,
    )
    return SmtpMailer(server, settings.mail_from, clock)
