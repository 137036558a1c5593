"""Buttons that are no callbacks, a cut line, and what must never run."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import MARIE, PageAt, Town
from tests.browser.rawbot import RawBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = (
    "<script>window.caught = 1</script><style>.bar { display: none }</style><iframe></iframe>"
    "<a href='javascript:window.caught = 2'>lien</a><b class='bar' style='top: 0'>gras</b>"
)
SANITISED = """async html => {
    const { sanitise } = await import(new URL("js/sanitise.js", location.href));
    const box = document.createElement("div");
    box.append(sanitise(html, {}));
    return box.innerHTML;
}"""


async def test_a_copy_button_copies(page_at: PageAt, url: str, bot: RawBot) -> None:
    await bot.send(MARIE, "Facture", [[{"text": "Référence", "copy_text": {"text": "F-2026-7"}}]])
    page = await page_at(url)

    await page.get_by_role("button", name="Référence").click()

    await expect(page.locator("#toasts")).to_have_text("Copié : F-2026-7")
    assert await page.evaluate("navigator.clipboard.readText()") == "F-2026-7"


async def test_a_link_is_asked_about_before_it_opens(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    await bot.send(MARIE, "Guide", [[{"text": "Lire", "url": "https://example.org/guide"}]])
    page = await page_at(url)

    await page.get_by_role("button", name="Lire").click()

    dialog = page.get_by_role("dialog", name="Ouvrir ce lien ?")
    link = dialog.get_by_role("link", name="Ouvrir")
    await expect(link).to_have_attribute("href", "https://example.org/guide")


async def test_an_invoice_is_paid(page_at: PageAt, url: str, bot: RawBot) -> None:
    await bot(
        "sendInvoice",
        chat_id=MARIE,
        title="Solde restauration",
        description="Novembre 2026",
        payload="w1",
        currency="EUR",
        provider_token="test",
        prices=[{"label": "Solde", "amount": 4210}],
    )
    page = await page_at(url)
    await expect(page.locator(".invoice-price")).to_contain_text("42,10")

    await page.locator(".key").click()
    await page.get_by_role("dialog").get_by_role("button", name="Payer").click()
    question = await bot.next("pre_checkout_query")
    await bot("answerPreCheckoutQuery", pre_checkout_query_id=question["id"], ok=True)

    await expect(page.locator(".service").last).to_contain_text("Paiement de 42,10")
    await expect(page.locator(".invoice-price")).to_contain_text("Payée")
    await expect(page.locator(".key")).to_have_text("Reçu")
    await expect(page.locator(".key")).to_be_disabled()


async def test_what_came_while_the_line_was_cut_is_shown_afterwards(
    page_at: PageAt, town: Town, bot: RawBot
) -> None:
    edited = await bot.send(MARIE, "avant")
    deleted = await bot.send(MARIE, "à retirer")
    page = await page_at(town.url)
    await expect(page.get_by_role("log")).to_contain_text("à retirer")

    town.playground.world.hub.close()
    await bot.send(MARIE, "pendant")
    await bot("editMessageText", chat_id=MARIE, message_id=edited, text="changé")
    await bot("deleteMessage", chat_id=MARIE, message_id=deleted)

    await expect(page.locator(".msg").last).to_contain_text("pendant")
    await expect(page.get_by_role("log")).to_contain_text("changé")
    await expect(page.get_by_role("log")).not_to_contain_text("à retirer")


async def test_hostile_markup_becomes_harmless(page_at: PageAt, url: str) -> None:
    page = await page_at(url)

    cleaned = await page.evaluate(SANITISED, HOSTILE)

    assert cleaned == "<span>lien</span><b>gras</b>"
