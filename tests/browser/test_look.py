"""Legible on a phone: nothing cut off, light and dark, with the keyboard alone."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import MARIE, PageAt
from tests.browser.rawbot import RawBot, key, month

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CUT_OFF = """labels => labels.filter(l => l.scrollWidth > l.clientWidth).map(l => l.textContent)"""
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter(node => node.checkVisibility()
    && !node.closest(".table-box") && getComputedStyle(node).position !== "absolute"
    && node.getBoundingClientRect().right > innerWidth + 1).map(node => node.className)"""
BRIGHTNESS = """node => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = getComputedStyle(node).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part, 0);
}"""


@pytest.mark.parametrize("width", [320, 360, 480, 1280])
async def test_no_label_of_a_month_is_cut_off(
    page_at: PageAt, url: str, bot: RawBot, width: int
) -> None:
    await bot.send(MARIE, "Décembre 2026", month())
    page = await page_at(url, width, 740)
    await expect(page.get_by_role("button", name="28", exact=False).first).to_be_visible()

    cut = await page.locator(".key-label").evaluate_all(CUT_OFF)

    assert cut == []
    assert await page.locator(".key").count() == 59


async def test_a_label_that_can_never_fit_is_whole_for_a_reader(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    name = "Mercredi Journée - ALSH 6-12 ans - Centre de loisirs Les Tilleuls"
    await bot.send(MARIE, "Activités", [[key("Retour"), key(name, "a")]])
    page = await page_at(url)

    await expect(page.get_by_role("button", name=name)).to_have_attribute("title", name)


@pytest.mark.parametrize("width", [320, 360, 480])
async def test_nothing_sticks_out_of_a_narrow_screen(
    page_at: PageAt, url: str, bot: RawBot, width: int
) -> None:
    await bot.send(MARIE, "https://example.org/" + "x" * 300, month())
    page = await page_at(url, width, 740)
    await expect(page.locator(".key").first).to_be_visible()

    assert await page.evaluate(OUTSIDE) == []
    for view in ("Marie", "Courrier"):
        await page.get_by_role("navigation").get_by_text(view).click()
        assert await page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_systems_theme_is_followed(page_at: PageAt, url: str, theme: str) -> None:
    page = await page_at(url, dark=theme == "dark")

    brightness = await page.locator(".bar").evaluate(BRIGHTNESS)

    assert (brightness < 380) == (theme == "dark")


async def test_the_other_theme_is_kept_over_a_reload(page_at: PageAt, url: str) -> None:
    page = await page_at(url, 1280, 800)

    await page.get_by_role("button", name="Sombre").click()
    await page.reload()

    await expect(page.get_by_role("button", name="Clair")).to_be_visible()
    assert await page.locator(".bar").evaluate(BRIGHTNESS) < 380


async def test_arrows_move_inside_a_keyboard_which_is_one_stop_of_tab(
    page_at: PageAt, url: str, bot: RawBot
) -> None:
    await bot.send(MARIE, "Décembre", month())
    page = await page_at(url)
    await page.locator("[data-data='day:9']").focus()

    for name in ("ArrowRight", "ArrowDown"):
        await page.keyboard.press(name)

    assert await focused(page) == "day:17"
    await page.keyboard.press("Tab")
    assert await focused(page) is None


async def test_a_table_is_drawn_with_its_buttons(page_at: PageAt, url: str, bot: RawBot) -> None:
    button = {"text": "Annuler", "callback_data": "cancel:1", "style": "danger"}
    header = {"is_header": True, "align": "left", "valign": "middle"}
    cell = {"align": "left", "valign": "middle"}
    table = {
        "type": "table",
        "is_bordered": True,
        "cells": [
            [{**header, "text": "Date"}, {**header, "text": "Action"}],
            [{**cell, "text": "lun. 7"}, {**cell, "text": {"type": "button", "button": button}}],
        ],
    }
    await bot("sendRichMessage", chat_id=MARIE, rich_message={"blocks": [table]})
    page = await page_at(url)

    await page.get_by_role("cell").get_by_role("button", name="Annuler").click()

    assert (await bot.next("callback_query"))["data"] == "cancel:1"
    await expect(page.get_by_role("columnheader")).to_have_text(["Date", "Action"])


async def focused(page: Page) -> str | None:
    data = await page.evaluate("document.activeElement.dataset.data ?? null")
    return None if data is None else str(data)
