"""A12: what somebody gets is a ZIP with a PDF that says all that the file says."""

import asyncio
import json
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from bot.locales import LOCALES, load
from bot.printing.packing import Packer
from bot.printing.typesetter import Typesetter
from conversations.privacy.archive import as_json
from conversations.privacy.paper import FOR_MACHINES, paper
from conversations.privacy.words import PARTS
from domain.families.model import FamilyId, GuardianId
from domain.privacy.model import PersonalData
from storage.engine import Database
from storage.keycheck import prove_keyring
from storage.privacy import SqlPrivacy
from tests.storage.canaries import fill

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
async def found(database: Database) -> PersonalData:
    await prove_keyring(database)
    canaries = await database.write(fill)
    me = canaries.rows["guardian"]["mine"]
    whose = GuardianId(me["id"]), FamilyId(me["family_id"])
    return PersonalData(AT, await database.read(lambda c: SqlPrivacy(c).personal_data(*whose)))


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("locale", LOCALES)
async def test_every_part_of_the_file_is_on_the_paper(found: PersonalData, locale: str) -> None:
    t = load()(locale)

    text = read(await Typesetter(lambda: AT)(paper(found, "Zoé MARTIN", t)))

    missing = [part for part in PARTS if t(PARTS[part]) not in text]
    words = [
        value
        for section in found.sections
        for row in section.rows
        for field, value in row.items()
        if isinstance(value, str) and "canari" in value and field not in FOR_MACHINES
    ]
    unsaid = [word for word in words if word not in text.replace(" ", "")]
    assert missing == []
    assert len(words) > 30
    assert unsaid == []


async def test_the_zip_holds_what_was_put_in_it_and_for_its_owner_only() -> None:
    packed = await Packer(lambda: AT)({"a.txt": "é".encode(), "b.json": b"{}"})

    archive = ZipFile(BytesIO(packed))
    assert archive.namelist() == ["a.txt", "b.json"]
    assert archive.read("a.txt") == "é".encode()
    assert archive.infolist()[0].date_time == (2026, 11, 23, 9, 0, 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_event_loop_goes_on_while_it_is_made(found: PersonalData) -> None:
    """Thousands of rows: counted in turns of the loop, not in seconds."""
    turns, t = 0, load()("fr")
    made = asyncio.ensure_future(Typesetter(lambda: AT)(paper(found, "Zoé", t)))  # noqa: TID251
    while not made.done():
        await asyncio.sleep(0)
        turns += 1

    assert turns > 10
    assert json.loads(as_json(found))["account"]
