"""A family that never used the bot, from the town's letter to its first booking, without help."""

import re
from pathlib import Path

import pypdfium2
import zxingcpp

from bot.demo import Demo
from tests.driver import Parent, Shown
from tests.e2e.town import LENOIR

OWN = "le tracteur bleu de mamie"
ASKED = ("Protection des données", "Conditions d'utilisation", "Utilisation de Telegram")
CHILDREN = ("Jade", "Nathan")


async def screen(parent: Parent) -> Shown:
    """The newest message with buttons: a paper may have come below it."""
    return await parent.until(lambda shown: bool(shown.rows))


async def text(parent: Parent) -> str:
    return (await screen(parent)).text


async def test_from_the_letters_code_to_two_signed_sheets_and_a_first_booking(
    demo: Demo, tmp_path: Path
):
    """A3 to A6, B1 and B14, with a restart of the bot at each step."""
    paul = Parent(demo.url, LENOIR)
    await paul.start(scanned(tmp_path / "letters" / "lettre-LENOIR1.pdf"))
    await choose_password(paul)
    await demo.restart_bot()
    await agree_to_all(paul)

    await paul.press("Réserver")
    await paul.press("Nathan")
    shut = await text(paul)
    papers = {}
    for child in CHILDREN:
        await demo.restart_bot()
        papers[child] = await words_of(paul, await sign(paul, child))

    await paul.press("Réserver")
    day = await book_a_free_day(paul)

    assert "n'est pas encore signé" in shut
    for child, words in papers.items():
        for told in (
            f"{child} LENOIR",
            "Paul LENOIR",
            "CarteVille",
            "23 novembre 2026",
            str(LENOIR),
        ):
            assert told in words
    assert "Jade" not in papers["Nathan"].replace("Jade LENOIR", "")
    receipt = await text(paul)
    assert "Nathan" in receipt
    assert "Restauration Scolaire" in receipt
    assert f" {day} déc." in receipt
    await paul.say("/reserver")
    await december(paul)
    assert f"{day}✓" in await labels(paul)


def scanned(pdf: Path) -> str:
    """The payload of the link that a phone reads on the paper."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    return code.text.removeprefix("https://t.me/cartable_bot?start=")


async def choose_password(parent: Parent) -> None:
    assert "Choisissez votre mot de passe" in await text(parent)
    await parent.say(OWN)
    await parent.say(OWN)


async def agree_to_all(parent: Parent) -> None:
    for name in ASKED:
        await parent.press(f"☐ {name}", exact=False)
        await parent.press("J'ai lu", exact=False)


async def sign(parent: Parent, child: str) -> Shown:
    """From the list of sheets to the signed paper of this child."""
    await parent.say("/fiches")
    assert f"☐ {child} · à signer" in await text(parent)
    await parent.press(f"Accéder à la fiche : {child}")
    while (await screen(parent)).has("›"):
        await parent.press("›", exact=True)
    await parent.press("J'ai pris connaissance", exact=False)
    await parent.press("Paul LENOIR")
    await parent.say("CarteVille")
    before = (await parent.screen()).message_id
    await parent.press("Je signe", exact=False)
    return await parent.until(lambda it: it.document is not None and it.message_id > before)


async def words_of(parent: Parent, paper: Shown) -> str:
    assert paper.document is not None
    pages = pypdfium2.PdfDocument(await parent.download(paper.document["file_id"]))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


async def december(parent: Parent) -> None:
    await parent.press("Nathan")
    await parent.press("Restauration Scolaire")
    await parent.press("›", exact=True)


async def labels(parent: Parent) -> list[str]:
    return [label for row in (await screen(parent)).rows for label in row]


async def book_a_free_day(parent: Parent) -> str:
    await december(parent)
    free = [label for label in await labels(parent) if re.fullmatch(r"\d+[₀-₉]+", label)]
    await parent.press(free[0], exact=True)
    await parent.press("Vérifier mes demandes")
    await parent.press("Valider")
    return free[0].rstrip("₀₁₂₃₄₅₆₇₈₉")
