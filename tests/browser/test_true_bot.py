"""The real bot in a real browser: a parent books a day with one thumb, and sees the chat move."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from re import Pattern

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from domain.calendar.model import PARIS
from tests.browser.conftest import PageAt
from tests.browser.test_look import CUT_OFF, OUTSIDE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOW = datetime(2026, 11, 23, 10, tzinfo=PARIS)
DUPONT = 700_000_001
THE_TENTH = re.compile("^10[₀-₉]*$")  # with the places left


@pytest_asyncio.fixture(loop_scope="session")
async def served(tmp_path: Path) -> AsyncIterator[Demo]:
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as demo:
        yield demo


def key(page: Page, label: str | Pattern[str]) -> Locator:
    """A button under the last message that has some."""
    label_itself = page.get_by_text(label, exact=True)
    return page.locator(".msg:has(.key)").last.locator(".key").filter(has=label_itself)


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox").fill(text)
    await page.keyboard.press("Enter")


async def at_home(page: Page) -> None:
    await page.get_by_role("button", name="Démarrer").click()
    await key(page, "Se connecter").click()
    await expect(page.locator(".msg").last).to_contain_text("identifiant")
    await say(page, "DUPONT1")
    await expect(page.locator(".msg").last).to_contain_text("mot de passe")
    await say(page, "trois-petits-chats")
    await expect(key(page, "Réserver")).to_be_visible()


async def test_a_day_is_booked_from_login_to_receipt(page_at: PageAt, served: Demo) -> None:
    page = await page_at(f"{served.url}/#person={DUPONT}")
    await at_home(page)
    await key(page, "Réserver").click()
    await key(page, "Paolo").click()
    await key(page, "Restauration Scolaire").click()
    await key(page, "›").click()
    await expect(key(page, "Déc. 2026")).to_be_visible()
    cut = await page.locator(".key-label").evaluate_all(CUT_OFF)
    outside = await page.evaluate(OUTSIDE)

    await key(page, THE_TENTH).click()
    await expect(key(page, "10+")).to_be_visible()
    await key(page, "Vérifier mes demandes (1)").click()
    await key(page, "✓ Valider").click()

    await expect(page.get_by_role("log")).to_contain_text("Acceptées")
    assert (cut, outside) == ([], [])
    assert "trois-petits-chats" not in await page.get_by_role("log").inner_text()
