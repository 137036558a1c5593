"""A3: letters from the command line, without a network: what is printed lets in, and only that."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from typer.testing import CliRunner, Result

from bot import locales
from bot.cli import app
from bot.settings import PREFIX, Settings
from conversations.letters.letter import letter
from domain.accounts.access import Account
from domain.accounts.inviting import Letter
from domain.activities.model import StructureId
from storage.access import SqlAccess
from storage.crypto import Keyring
from storage.engine import opened, transactions
from storage.town import TownWriter
from tests.builders import NOW, identity

NAME = ("--bot-name", "cartable_bot")


@pytest.fixture(autouse=True)
def town(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two guardians in a new database, as `cartable db upgrade` makes it."""
    for name in Settings.model_fields:
        for variable in (name.upper(), PREFIX + name.upper()):
            monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    assert cartable("db", "upgrade").exit_code == 0
    in_database(fill)


def fill(writer: TownWriter) -> None:
    structure = writer.structure(name="Mairie de CarteVille", welcome="", updated_at=NOW)
    for nth, identifier in enumerate(("DUPONT1", "../é tc/MARTIN"), start=1):
        writer.guardian(
            writer.family(),
            [structure],
            identifier=identifier,
            password_hash="-",
            first_name=f"Anne{nth}",
            last_name="DUPONT",
        )
    writer.publish()


def in_database(work: Callable[[TownWriter], None]) -> None:
    async def whole() -> None:
        keyring = Keyring.load(Path("var/cartable.key"))
        async with opened("sqlite:///var/cartable.db", keyring) as database:
            await database.write(lambda connection: work(TownWriter(connection)))

    asyncio.run(whole())


def cartable(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def token_on(pdf: Path) -> str:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    return re.fullmatch(r"https://t\.me/cartable_bot\?start=([\w-]{32})", code.text)[1]


def lets_in(token: str) -> bool:
    async def whole() -> bool:
        keyring = Keyring.load(Path("var/cartable.key"))
        async with opened("sqlite:///var/cartable.db", keyring) as database:
            access = transactions(database, SqlAccess)
            link = await access.read(lambda tx: tx.find_link(token, 1))
            return link is not None and not link.is_spent

    return asyncio.run(whole())


def test_each_parent_who_never_connected_gets_a_letter() -> None:
    result = cartable("guardian", "letters", *NAME)

    found = sorted(Path("letters").iterdir())
    assert result.exit_code == 0
    assert "2 letters in letters" in result.output
    assert [path.name for path in found] == ["lettre-DUPONT1.pdf", "lettre-_tc_MARTIN.pdf"]
    assert all(lets_in(token_on(path)) for path in found)
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}


def test_letters_in_the_post_are_not_made_worthless_by_a_second_run() -> None:
    cartable("guardian", "letters", *NAME)
    token = token_on(Path("letters/lettre-DUPONT1.pdf"))

    result = cartable("guardian", "letters", *NAME, "--output", "again")

    assert "Nobody waits for a letter." in result.output
    assert list(Path("again").iterdir()) == []
    assert lets_in(token)


def test_everybody_gets_a_new_one_when_that_is_asked_for() -> None:
    cartable("guardian", "letters", *NAME)
    token = token_on(Path("letters/lettre-DUPONT1.pdf"))

    cartable("guardian", "letters", "--all", *NAME)

    assert not lets_in(token)
    assert lets_in(token_on(Path("letters/lettre-DUPONT1.pdf")))


def test_one_parent_is_invited_and_nothing_secret_is_printed() -> None:
    result = cartable("guardian", "invite", "dupont1", "--output", "one.pdf", *NAME)

    written = pypdfium2.PdfDocument("one.pdf")[0].get_textpage().get_text_bounded()
    (password,) = re.findall(r"\d-(?:[a-z]{4}-){3}[a-z]{4}", written)
    assert result.exit_code == 0
    assert "one.pdf" in result.output
    assert token_on(Path("one.pdf")) not in result.output
    assert password not in result.output


@pytest.mark.parametrize("words", [("invite", "NOBODY", *NAME), ("unlock", "NOBODY")])
def test_an_unknown_identifier_is_a_sentence(words: tuple[str, ...]) -> None:
    result = cartable("guardian", *words)

    assert result.exit_code == 1
    assert "No guardian has this identifier." in result.output


def test_an_identifier_is_unlocked() -> None:
    result = cartable("guardian", "unlock", "DUPONT1")

    assert result.exit_code == 0
    assert "New devices may log in again." in result.output


def test_without_a_name_nor_a_token_it_says_what_to_set() -> None:
    result = cartable("guardian", "letters")

    assert result.exit_code == 2
    assert "CARTABLE_BOT_NAME" in result.output


def test_without_a_network_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:AAE-not-a-real-token_0123456789abcdef")
    monkeypatch.setenv("CARTABLE_API_URL", "http://127.0.0.1:1")

    result = cartable("guardian", "invite", "DUPONT1")

    assert result.exit_code == 2
    assert "CARTABLE_BOT_NAME" in result.output
    assert list(Path().glob("*.pdf*")) == []


@pytest.mark.parametrize("locale", locales.LOCALES)
def test_a_letter_is_whole_in_every_language(locale: str) -> None:
    account = Account(identity().guardian, "DUPONT1", StructureId(1), "Mairie <& de CarteVille>")
    paper = letter(
        Letter(account, "7-abcd", "TOKEN", NOW),
        "https://t.me/cartable_bot?start=TOKEN",
        "<svg/>",
        "lettre.pdf",
        locales.load()(locale),
    )

    said = " ".join(str(fact) for fact in paper.facts.values())
    assert "{" not in said
    assert "@cartable_bot" in said
    assert "7-abcd" in said
