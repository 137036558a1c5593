"""The simulated provider's page, in a browser: what is pressed there arrives, and leads back."""

import pytest
from playwright.async_api import expect

from bot.payfip.client import Operation, PayFipClient
from bot.playground.payfip.routes import PAGE_PATH, SERVICE_PATH
from tests.browser.conftest import PageAt, Town
from tests.browser.test_look import OUTSIDE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def operation(town: Town) -> str:
    """The address of its page; who has decided comes back to the chat page."""
    local = town.playground.url
    client = PayFipClient(local + SERVICE_PATH, "090909", "T")
    wanted = Operation(
        reference="ABCDEFGH234567ABCDEF",
        cents=123_450,
        year=2026,
        mail="marie-antoinette.de-la-roche@fournisseur.example",
        subject="Portail famille",
        notify_url=f"{local}/sim/people",
        return_url=f"{local}/#paid",
    )
    try:
        return f"{local}{PAGE_PATH}?idop={await client.create(wanted)}"
    finally:
        await client.close()


@pytest.mark.parametrize("dark", [False, True])
async def test_what_is_pressed_arrives_and_leads_back(
    page_at: PageAt, town: Town, *, dark: bool
) -> None:
    page = await page_at(await operation(town), dark=dark)
    outside = await page.evaluate(OUTSIDE)
    wide = await page.evaluate("document.documentElement.scrollWidth")
    await expect(page.locator(".amount")).to_have_text("1 234,50 €")

    await page.get_by_role("button", name="Payer par carte (simulation)").click()

    await expect(page).to_have_url(f"{town.url}#paid")
    assert (outside, wide) == ([], 360)
