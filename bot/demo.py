"""`cartable demo`: the real bot, over real HTTP, against a Telegram and a town of our own (O1)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from socket import socket
from typing import Self

from bot.playground.clock import ShiftableClock
from bot.playground.payfip.routes import PAGE_PATH, SERVICE_PATH
from bot.playground.server import HOST, Playground
from bot.sample.agents import invite_agents
from bot.sample.letters import write_letters
from bot.sample.loading import NotEmpty, load
from bot.sample.people import Person, people
from bot.settings import Settings, only
from bot.wiring import Application
from domain.payments.model import Provider

FOLDER = Path("var/demo")
REGIE = "regie@mairie.example"
SENDER = "Portail famille <ne-pas-repondre@mairie.example>"


class Demo:
    """``keep``: go on with the town of the last time; the chats begin anew in any case.
    ``clock``: where it stands still, nothing happens by itself: what is due at the start is done
    and delivered when the demo is up, and what a jump brings when it has jumped.

    The town's agents and parents are in the page's picker, with what to log in by.
    """

    def __init__(
        self,
        folder: Path = FOLDER,
        *,
        port: int = 0,
        keep: bool = False,
        clock: ShiftableClock | None = None,
    ) -> None:
        self._folder = folder
        self._links: dict[int, str] = {}
        self._payments_port = _free_port()
        self.playground = Playground(port, clock=clock or ShiftableClock())
        if not keep:
            _forget(folder)

    @property
    def url(self) -> str:
        return self.playground.url

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        await self.playground.start()
        try:
            await self._start_bot()
        except BaseException:
            await self.playground.stop()
            raise
        _introduce(self.playground, people(), self._links)

    async def stop(self) -> None:
        """The bot first: it tells the local Telegram what it has read."""
        await self.application.stop()
        # aiohttp remembers each server that it built, for ever: what it reaches must not be a bot.
        self.playground.clock.listeners.remove(self._jumped)
        await self.playground.stop()

    async def restart_bot(self) -> None:
        """As after a deploy: the bot anew, over the same town and the same chats."""
        await self.application.stop()
        self.playground.clock.listeners.remove(self._jumped)
        await self._start_bot()

    async def _start_bot(self) -> None:
        settings = _settings(self._folder, self.playground, self._payments_port)
        clock = self.playground.clock
        self.application = Application(
            settings,
            clock=clock,
            payfip_as=Provider.SIMULATED,
            by_itself=not clock.stands_still,
        )
        await self.application.prepare()
        try:
            await self._settle_town()
            clock.listeners.append(self._jumped)
            await self.application.run()
            if clock.stands_still:
                await self.application.catch_up()
        except BaseException:
            await self.application.stop()
            raise

    async def _settle_town(self) -> None:
        application = self.application
        with suppress(NotEmpty):  # kept from the last time, letters too
            town = await load(
                application.database,
                now=self.playground.clock.now(),
                passwords=application.passwords,
                files=application.town.files,
            )
            letters = self._folder / "letters"
            letters.mkdir(exist_ok=True)
            self._links = await write_letters(
                application.town, application.texts, application.links, town.people, letters
            )
            self._links |= await invite_agents(application.town, application.links, town.people)

    async def _jumped(self, now: datetime) -> None:
        """When the page shows the new hour, what that hour brings has been done and delivered."""
        await self.application.catch_up()


def _introduce(playground: Playground, cast: Iterable[Person], links: Mapping[int, str]) -> None:
    for person in cast:
        letter = (links[person.id],) if person.id in links else ()
        playground.add_person(
            person.id,
            person.first_name,
            last_name=person.last_name,
            language_code=person.language_code,
            role=person.role,
            note=" · ".join((person.note, *letter)),
        )


def _free_port() -> int:
    """The same over restarts: a provider that tells again tells the same address."""
    with socket() as bound:
        bound.bind((HOST, 0))
        return int(bound.getsockname()[1])


def _settings(folder: Path, playground: Playground, payments_port: int) -> Settings:
    """Nothing of the operator's own settings may reach a demo: no token, no database, no mail."""
    return only(
        bot_token=playground.token,
        api_url=playground.url,
        database_url=f"sqlite+aiosqlite:///{folder / 'cartable.db'}",
        key_file=folder / "cartable.key",
        exchange_dir=folder / "exchange",
        unrecorded_dir=folder / "unrecorded-payments",
        payfip_numcli="090909",
        payfip_mail=REGIE,
        payfip_url=playground.url + SERVICE_PATH,
        payfip_page_url=playground.url + PAGE_PATH,
        payments_url=f"http://{HOST}:{payments_port}",
        payments_host=HOST,
        payments_port=payments_port,
        payment_provider_token="284685063:TEST:playground",  # noqa: S106 - of nobody
        smtp_host=HOST,
        smtp_port=playground.smtp_port,
        smtp_security="none",
        mail_from=SENDER,
    )


def _forget(folder: Path) -> None:
    """Only what a demo makes."""
    for pattern in (
        "cartable.db*",
        "cartable.key",
        "exchange/*.csv",
        "exchange/*.json",
        "letters/*.pdf",
    ):
        for path in folder.glob(pattern):
            path.unlink()
