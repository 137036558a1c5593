"""The chat itself: what the bot says is shown, what the person does reaches the bot."""

import asyncio
import json

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import MARIE, PAUL, PageAt
from tests.browser.rawbot import RawBot, key, month

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_people_are_listed_with_their_role_and_login(page_at: PageAt, url: str) -> None:
    page = await page_at(url, 1280, 800)

    await expect(page.locator(".person-name")).to_have_text(["Marie Dupont", "Jean-Paul Martin"])
    await expect(page.locator(".person-role")).to_have_text(["Parent", "Agent de la mairie"])
    await expect(page.locator(".secret code")).to_have_text(["DUPONT1", "soleil 42"])


async def test_a_password_is_copied_with_one_press(page_at: PageAt, url: str) -> None:
    page = await page_at(url, 1280, 800)

    await page.get_by_role("button", name="Copier : mot de passe soleil 42").click()

    await expect(page.get_by_text("Copié : soleil 42")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "soleil 42"


async def test_an_empty_chat_offers_to_start_the_bot(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    page = await page_at(f"{url}#person={PAUL}")

    await page.get_by_role("button", name="Démarrer").click()
    message = await bot.next("message")

    assert (message["from"]["id"], message["text"]) == (PAUL, "/start")
    await expect(page.locator(".msg.out")).to_contain_text("/start")
    await expect(page.get_by_role("textbox")).to_be_visible()


async def test_the_address_says_whose_chat_is_shown(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    await bot.send(MARIE, "Bonjour Marie")
    page = await page_at(url, 1280, 800)
    await expect(page.get_by_role("log")).to_contain_text("Bonjour Marie")

    await page.get_by_role("button", name="Jean-Paul Martin").click()

    await expect(page.get_by_role("log")).not_to_contain_text("Bonjour Marie")
    await expect(page).to_have_url(f"{url}#person={PAUL}")


async def test_a_message_arrives_without_reload(page_at: PageAt, url: str, bot: RawBot) -> None:
    page = await page_at(url)
    await expect(page.get_by_role("log")).to_contain_text("/start")

    await bot.send(MARIE, "Une place s'est libérée")

    await expect(page.locator(".msg").last).to_contain_text("Une place s'est libérée")


async def test_what_is_written_reaches_the_bot(page_at: PageAt, url: str, bot: RawBot) -> None:
    page = await page_at(url)

    await page.get_by_role("textbox").fill("DUPONT1")
    await page.keyboard.press("Enter")

    assert (await bot.next("message"))["text"] == "DUPONT1"
    await expect(page.locator(".msg.out").last).to_contain_text("DUPONT1")


async def test_a_command_is_chosen_from_the_menu(page_at: PageAt, url: str, bot: RawBot) -> None:
    await bot("setMyCommands", commands=[{"command": "solde", "description": "Votre solde"}])
    page = await page_at(url)

    await page.get_by_role("button", name="Commandes du bot").click()
    await page.get_by_role("button", name="/solde Votre solde").click()

    assert (await bot.next("message"))["text"] == "/solde"


async def test_a_pressed_day_moves_the_chat(page_at: PageAt, url: str, bot: RawBot) -> None:
    message = await bot.send(MARIE, "Décembre", month())
    page = await page_at(url)
    day = page.locator("[data-data='day:16']")

    await day.click()
    await expect(day).to_have_attribute("aria-busy", "true")
    press = await bot.next("callback_query")
    await bot("answerCallbackQuery", callback_query_id=press["id"], text="16 : à réserver")
    await bot(
        "editMessageText",
        chat_id=MARIE,
        message_id=message,
        text="Décembre, 1 jour ajouté",
        reply_markup={"inline_keyboard": [[key("16+", "day:16", "primary")]]},
    )

    await expect(page.locator("#toasts")).to_have_text("16 : à réserver")
    await expect(page.locator(".msg").last).to_contain_text("1 jour ajouté")
    await expect(day).to_have_text("16+")
    await expect(day).not_to_have_attribute("aria-busy", "true")
    await expect(day).to_be_focused()


async def test_an_alert_waits_for_its_ok(page_at: PageAt, url: str, bot: RawBot) -> None:
    await bot.send(MARIE, "Jeudi", [[key("Réserver")]])
    page = await page_at(url)

    await page.get_by_role("button", name="Réserver").click()
    press = await bot.next("callback_query")
    await bot(
        "answerCallbackQuery", callback_query_id=press["id"], text="Complet", show_alert=True
    )

    await expect(page.get_by_role("dialog")).to_contain_text("Complet")
    await page.get_by_role("button", name="OK").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_edit_far_up_leaves_the_reader_at_the_same_line(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    first = await bot.send(MARIE, "en haut")
    for n in range(40):
        await bot.send(MARIE, f"ligne {n}")
    page = await page_at(url)
    line = page.get_by_text("ligne 12")
    await line.scroll_into_view_if_needed()
    await expect(page.get_by_role("button", name="Aller au dernier message")).to_be_visible()
    before = await line.bounding_box()

    await bot("editMessageText", chat_id=MARIE, message_id=first, text="plus long\n" * 9)

    await expect(page.get_by_text("plus long")).to_have_count(1)
    after = await line.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)  # whole pixels are scrolled


async def test_a_reader_at_the_end_stays_at_the_end(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    for n in range(24):
        await bot.send(MARIE, f"ligne {n}")
    page = await page_at(url)

    await bot.send(MARIE, "la dernière", month())

    await expect(page.get_by_role("button", name="Récapitulatif")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Aller au dernier message")).to_be_hidden()


async def test_a_deleted_message_disappears(page_at: PageAt, url: str, bot: RawBot) -> None:
    message = await bot.send(MARIE, "Ceci ne restera pas")
    page = await page_at(url)
    await expect(page.get_by_role("log")).to_contain_text("Ceci ne restera pas")

    await bot("deleteMessage", chat_id=MARIE, message_id=message)

    await expect(page.get_by_role("log")).not_to_contain_text("Ceci ne restera pas")


async def test_another_persons_message_is_announced_and_opened(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    page = await page_at(f"{url}#person={PAUL}", 1280, 800)
    row = page.locator(".person", has_text="Marie Dupont")
    await expect(page.locator("body[data-line=open]")).to_be_visible()

    await bot.send(MARIE, "Une place pour Leyah")

    await expect(row.locator(".badge")).to_have_text("1")
    await page.get_by_text("Nouveau message pour Marie Dupont").click()
    await expect(page.get_by_role("log")).to_contain_text("Une place pour Leyah")
    await expect(row.locator(".badge")).to_have_count(0)


async def test_a_list_of_people_that_arrives_late_hides_no_new_message(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    page = await page_at(f"{url}#person={PAUL}", 1280, 800)
    row = page.locator(".person", has_text="Marie Dupont")
    await expect(page.locator("body[data-line=open]")).to_be_visible()
    asked, release = asyncio.Event(), asyncio.Event()

    async def answer_late(route: Route) -> None:
        if route.request.method != "GET" or asked.is_set():
            return await route.continue_()
        asked.set()
        old = await route.fetch()
        await release.wait()
        await route.fulfill(response=old)
        return None

    await page.route("**/sim/people", answer_late)
    zoe = {"method": "POST", "body": json.dumps({"id": 700000009, "first_name": "Zoé"})}
    await page.evaluate("(zoe) => fetch('sim/people', zoe)", zoe)
    await asked.wait()
    await bot.send(MARIE, "Une place pour Leyah")
    await expect(row.locator(".badge")).to_have_text("1")
    release.set()

    await expect(page.get_by_role("button", name="Zoé")).to_be_visible()
    await expect(row.locator(".badge")).to_have_text("1")


async def test_formats_are_shown_and_a_spoiler_is_opened(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    text = "<b>Gras</b> <code>A-42</code> <tg-spoiler>surprise</tg-spoiler> 1 &lt; 2 /aide"
    await bot("sendMessage", chat_id=MARIE, text=text, parse_mode="HTML")
    page = await page_at(url)
    last = page.locator(".msg").last

    await last.get_by_label("Texte masqué, appuyez pour le lire").click()

    await expect(last.locator(".spoiler.shown")).to_have_text("surprise")
    await expect(last.locator("b")).to_have_text("Gras")
    await expect(last.locator("code")).to_have_text("A-42")
    await expect(last).to_contain_text("1 < 2")
    await expect(last.get_by_role("button", name="/aide")).to_be_visible()


async def test_a_document_is_downloaded(page_at: PageAt, url: str, bot: RawBot) -> None:
    await bot.send_file(MARIE, "fiche.txt", b"bonjour")
    page = await page_at(url)

    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Télécharger fiche.txt").click()

    file = await (await waiting.value).path()
    assert await asyncio.to_thread(file.read_bytes) == b"bonjour"


async def test_a_blocked_bot_can_be_unblocked(page_at: PageAt, url: str, bot: RawBot) -> None:
    page = await page_at(url)

    await page.get_by_role("button", name="Plus d’actions").click()
    await page.get_by_role("button", name="Bloquer le bot").click()
    await page.get_by_role("button", name="Débloquer le bot").click()

    news = [(await bot.next("my_chat_member"))["new_chat_member"]["status"] for _ in range(2)]
    assert news == ["kicked", "member"]
    await expect(page.get_by_role("textbox")).to_be_visible()
