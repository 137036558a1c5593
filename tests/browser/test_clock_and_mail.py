"""The side panels: time moves when asked, mails arrive by themselves."""

from email.message import EmailMessage

import aiosmtplib
import pytest
from playwright.async_api import expect

from tests.browser.conftest import MARIE, PageAt, Town
from tests.browser.rawbot import RawBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_clock_shows_the_simulated_time_in_french(page_at: PageAt, url: str) -> None:
    page = await page_at(url, 1280, 800)

    await expect(page.locator(".clock-time")).to_have_text("18:05")
    await expect(page.locator(".clock-date")).to_have_text("lundi 23 novembre 2026")


async def test_jumping_to_tonight_waits_for_the_nights_work(
    page_at: PageAt, town: Town, bot: RawBot
) -> None:
    page = await page_at(town.url, 1280, 800)

    await page.get_by_role("button", name="Aller à cette nuit").click()
    await expect(page.get_by_role("button", name="La nuit passe…")).to_be_disabled()
    await bot.send(MARIE, "Compte rendu de la nuit")
    town.night_is_over.set()

    await expect(page.get_by_role("button", name="Aller à cette nuit")).to_be_enabled()
    await expect(page.locator(".clock-time")).to_have_text("03:20")
    await expect(page.locator(".clock-date")).to_have_text("mardi 24 novembre 2026")
    await expect(page.get_by_role("log")).to_contain_text("Compte rendu de la nuit")


async def test_a_mail_is_announced_and_read(page_at: PageAt, town: Town) -> None:
    page = await page_at(town.url)
    await expect(page.get_by_role("log")).to_contain_text("/start")

    await send(town, "Compte rendu", "Bonjour,\n14 mouvements.")
    await page.get_by_text("Nouveau courriel : Compte rendu").click()

    await expect(page.locator(".mail-text")).to_contain_text("14 mouvements.")
    await expect(page.locator(".mail-fields")).to_contain_text("marie@example.org")
    await page.get_by_role("button", name="Retour aux courriels").click()
    await expect(page.locator(".mail-row")).to_have_count(1)


async def test_the_script_of_a_mail_never_runs(page_at: PageAt, town: Town) -> None:
    await send(town, "Piège", "texte", "<h1>Bonjour</h1><script>parent.caught = 1</script>")
    page = await page_at(town.url, 1280, 800)

    await page.get_by_role("button", name="Piège").click()

    await expect(page.frame_locator(".mail-frame").get_by_role("heading")).to_have_text("Bonjour")
    assert await page.evaluate("window.caught ?? null") is None


async def test_a_deep_link_in_a_mail_opens_the_chat(
    page_at: PageAt, town: Town, bot: RawBot
) -> None:
    username = (await bot("getMe"))["username"]
    await send(town, "Lien", f"Cliquez : https://t.me/{username}?start=abc_1")
    page = await page_at(town.url, 1280, 800)

    await page.get_by_role("button", name="Lien").click()
    await page.get_by_role("link", name="start=abc_1").click()

    assert (await bot.next("message"))["text"] == "/start abc_1"


async def send(town: Town, subject: str, text: str, html: str | None = None) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "town@example.org", "marie@example.org", subject
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    await aiosmtplib.send(mail, hostname="127.0.0.1", port=town.smtp_port)
