"""The largest family on a narrow phone: nothing that says something is cut off."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from sqlalchemy import update

from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from domain.families.model import Display
from storage.schema import guardian
from tests.browser.conftest import PageAt
from tests.browser.test_look import CUT_OFF, OUTSIDE
from tests.driver import Parent
from tests.e2e.composing import CANTEEN, NADIA, TIMED, day_label, log_in, turn_to
from tests.e2e.crowded import SIX_WEEKS, crowd
from tests.e2e.town import NOW

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

THIRTEENTH = date(2027, 5, 13)
NAMES = re.compile(r"[^\W\d_]{4,}")
"""A long name may be cut: it is whole in the text above, and in the button's title."""


@pytest_asyncio.fixture(loop_scope="session", params=list(Display))
async def served(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Demo]:
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as demo:
        await demo.application.database.write(crowd)
        prefers = update(guardian).values(display=request.param)
        await demo.application.database.write(lambda connection: connection.execute(prefers))
        yield demo


async def month(parent: Parent) -> None:
    await parent.say("/reserver")
    await parent.press("Maximilien")
    await parent.press(CANTEEN)
    await turn_to(parent, SIX_WEEKS)


async def drafted(parent: Parent) -> None:
    await month(parent)
    if (await parent.screen()).has("▦+"):  # else it is drafted already
        await parent.press("▦+")


async def pattern(parent: Parent) -> None:
    await drafted(parent)
    await parent.press("Semaine type")


async def copy(parent: Parent) -> None:
    await drafted(parent)
    await parent.say("/reserver")
    await parent.press("Marie-Clémentine")
    await parent.press(CANTEEN)
    await parent.press("Copier ici")


async def overview(parent: Parent) -> None:
    await parent.say("/reserver")
    await parent.press("Maximilien")
    await parent.press("Toutes, jour par jour")
    await turn_to(parent, SIX_WEEKS)


async def sheet(parent: Parent) -> None:
    await overview(parent)
    (day,) = [label for label in await parent.labels() if re.fullmatch(r"13\D*", label)]
    await parent.press(day, exact=True)


async def all_children(parent: Parent) -> None:
    await parent.say("/reserver")
    await parent.press("Tous les enfants, par semaine")


async def hours(parent: Parent) -> None:
    await parent.say("/reserver")
    await parent.press("Maximilien")
    await parent.press(TIMED)
    await turn_to(parent, SIX_WEEKS)
    await parent.press(await day_label(parent, THIRTEENTH), exact=True)


async def recap(parent: Parent) -> None:
    await drafted(parent)
    await parent.press("Vérifier mes demandes")


async def result(parent: Parent) -> None:
    await recap(parent)
    await parent.press("Valider")


async def follow_up(parent: Parent) -> None:
    await parent.say("/suivi")


SCREENS = (
    month, drafted, pattern, copy, overview, sheet, all_children, hours, recap, result, follow_up,
)  # fmt: skip


async def test_no_screen_of_booking_is_cut_off(page_at: PageAt, served: Demo) -> None:
    nadia = await log_in(served, *NADIA.people)
    page = await page_at(f"{served.url}/#person={nadia.id}", 360, 740)

    for screen in SCREENS:
        await screen(nadia)

        await until_drawn(page, nadia)
        cut = await page.locator(".key-label").evaluate_all(CUT_OFF)
        assert [label for label in cut if not NAMES.search(label)] == [], screen.__name__
        assert await page.evaluate(OUTSIDE) == [], screen.__name__


async def until_drawn(page: Page, parent: Parent) -> None:
    """The page shows the newest keyboard."""
    last = (await parent.labels())[-1]
    await expect(page.locator(".msg:has(.key)").last.locator(".key").last).to_contain_text(last)
