"""The town's letter in the demo: its link, pressed beside its owner, opens the owner's chat."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PageAt, Town
from tests.browser.rawbot import RawBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NORA = 303


async def test_a_letters_link_is_opened_in_the_chat_of_its_owner(
    page_at: PageAt, url: str, town: Town, bot: RawBot
) -> None:
    link = "https://t.me/cartable_bot?start=aB_c-1"
    town.playground.add_person(NORA, "Nora", note=f"Identifiant NORA1 · {link}")
    page = await page_at(url, 1280, 800)

    await page.get_by_role("button", name="Ouvrir le lien de la lettre").click()
    message = await bot.next("message")

    assert (message["from"]["id"], message["text"]) == (NORA, "/start aB_c-1")
    await expect(page).to_have_url(f"{url}#person={NORA}")
    await expect(page.get_by_text(link)).to_have_count(0)
