"""A real headless Chromium in front of a real playground, for tests that look at the chat page."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, async_playwright

from bot.playground.clock import ShiftableClock
from bot.playground.server import Playground
from tests.browser.rawbot import RawBot

MARIE, PAUL = 101, 201
MONDAY_AT_SIX = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PageAt = Callable[..., Awaitable[Page]]


@dataclass(slots=True)
class Town:
    """A playground whose nightly work lasts until ``night_is_over``."""

    playground: Playground
    night_is_over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"{self.playground.url}/"

    @property
    def smtp_port(self) -> int:
        return self.playground.smtp_port

    async def night(self, now: datetime) -> None:
        await self.night_is_over.wait()


@pytest_asyncio.fixture(loop_scope="session")
async def town() -> AsyncIterator[Town]:
    """Monday evening; Marie has started the bot, Jean-Paul not yet."""
    playground = Playground(clock=ShiftableClock.frozen(MONDAY_AT_SIX))
    town = Town(playground)
    playground.clock.listeners.append(town.night)
    note = "Identifiant DUPONT1 · mot de passe soleil 42 · 2 enfants"
    playground.add_person(MARIE, "Marie", last_name="Dupont", note=note)
    playground.add_person(PAUL, "Jean-Paul", last_name="Martin", role="agent")
    await playground.start()
    async with ClientSession() as session, session.post(f"{town.url}sim/chats/{MARIE}/start"):
        yield town
    await playground.stop()


@pytest.fixture
def url(town: Town) -> str:
    return town.url


@pytest.fixture
def served(town: Town) -> object:
    """What serves the pages: there before them, and stopped after them. A test with another
    server overrides this one."""
    return town


@pytest_asyncio.fixture(loop_scope="session")
async def bot(town: Town) -> AsyncIterator[RawBot]:
    async with ClientSession() as session:
        bot = RawBot(session, town.playground.url, town.playground.token)
        await bot.next("message")  # Marie's /start
        yield bot


@pytest.fixture(scope="session")
def chromium() -> str:
    """Its path. Without one tests are skipped, or fail if CARTABLE_REQUIRE_BROWSER is set."""
    for path in map(shutil.which, NAMES):
        if path:
            return path
    if os.environ.get("CARTABLE_REQUIRE_BROWSER"):
        pytest.fail("No Chromium was found, and CARTABLE_REQUIRE_BROWSER asks for one.")
    pytest.skip("No Chromium was found.")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as driver:
        window = await driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield window
        await window.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page_at(browser: Browser, served: object) -> AsyncIterator[PageAt]:
    """``await page_at(url, width, height, dark=False)``: a page of its own.

    At the end of the test nothing may have been written to any page's console.
    """
    said: list[str] = []
    contexts = []

    async def open_page(
        url: str, width: int = 360, height: int = 740, *, dark: bool = False
    ) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda line: said.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.goto(url)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert said == []
