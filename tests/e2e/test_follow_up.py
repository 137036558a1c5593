"""F1-F3 over real HTTP: filters that remember themselves, and every export read back."""

import csv
from io import BytesIO, StringIO

import icalendar
import openpyxl
import pypdfium2
import pytest

from bot.demo import Demo
from tests.driver import Parent, Shown


async def ask_for_a_day(parent: Parent) -> str:
    """January's first free canteen day, for Leo; nobody has heard of it before the night."""
    await parent.say("/reserver")
    await parent.press("Leo")
    await parent.press("Restauration Scolaire")
    for _ in range(2):
        await parent.press("›", exact=True)
    shown = await parent.labels()
    day = next(label for label in shown if label[0].isdecimal() and label[-1] in "₀₁₂₃₄₅₆₇₈₉")
    await parent.press(day, exact=True)
    await parent.press("Vérifier mes demandes")
    await parent.press("Valider")
    return day.rstrip("₀₁₂₃₄₅₆₇₈₉")


async def test_what_was_just_done_is_shown_by_unticking_transmises(demo: Demo, nadia: Parent):
    day = await ask_for_a_day(nadia)
    await nadia.say("/suivi")
    everything = await nadia.text()
    await nadia.press("Filtres", exact=True)
    await nadia.press("☑ Transmises")
    await demo.restart_bot()
    await nadia.press("‹ Suivi")

    shown = await nadia.text()

    assert "Filtres : ☐ Transmises" in shown
    assert f" {day} janv. · Leo" in shown
    assert "acceptée, transmise" not in shown
    assert len(shown) < len(everything)
    await nadia.say("/suivi")
    assert "Filtres : ☐ Transmises" in await nadia.text()  # they remember themselves
    await nadia.press("Filtres", exact=True)
    await nadia.press("Tout montrer")
    assert "Filtres" not in await nadia.text()


async def test_a_month_a_child_and_an_activity(nadia: Parent):
    await nadia.say("/suivi")
    await nadia.press("Filtres", exact=True)
    await nadia.press("Enfant :")
    await nadia.press("Leo", exact=True)
    await nadia.press("Activité :")
    await nadia.press("Restauration Scolaire", exact=True)
    for _ in range(2):
        await nadia.press("›", exact=True)
    await nadia.press("‹ Suivi")

    shown = await nadia.text()

    assert "Filtres : Leo, Restauration Scolaire, Décembre 2026" in shown
    rows = [line for line in shown.splitlines() if line[:2] == "1."]
    assert rows
    assert "déc." in rows[0]


async def test_nothing_that_matches_leads_back_to_everything(nadia: Parent):
    await nadia.say("/suivi")
    await nadia.press("Filtres", exact=True)
    await nadia.press("☑ Transmises")
    await nadia.press("☑ Non transmises")
    await nadia.press("‹ Suivi")

    assert "Aucune réservation ne correspond" in await nadia.text()
    await nadia.press("Tout montrer")
    assert "1. " in await nadia.text()


async def exported(parent: Parent, label: str) -> bytes:
    await parent.say("/suivi")
    await parent.press("Imprimer, exporter")
    before = (await parent.screen()).message_id
    await parent.press(label)

    def is_new(shown: Shown) -> bool:
        return shown.document is not None and shown.message_id > before

    paper = await parent.until(is_new)
    assert paper.document is not None
    return await parent.download(paper.document["file_id"])


async def test_every_export_holds_every_row(nadia: Parent):
    day = await ask_for_a_day(nadia)

    pdf = pypdfium2.PdfDocument(await exported(nadia, "PDF"))
    book = openpyxl.load_workbook(BytesIO(await exported(nadia, "XLSX"))).active
    commas = (await exported(nadia, "CSV")).decode("utf-8-sig")
    agenda = icalendar.Calendar.from_ical(await exported(nadia, "Agenda"))

    rows = list(csv.DictReader(StringIO(commas), delimiter=";"))[:-1]
    on = f"{int(day):02}/01/2027"
    assert [row["Personne"] for row in rows if row["Date"] == on] == ["Leo"]
    words = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert words.count("Restauration Scolaire") == commas.count("Restauration Scolaire")
    assert "TOTAL des réservations acceptées" in words
    assert book.max_row == 1 + 3 + 1 + 1 + len(rows) + 2
    certain = [row for row in rows if row["État"].startswith(("acceptée", "en attente de"))]
    assert len(agenda.walk("VEVENT")) == len(certain)


async def test_cancelling_from_a_row_asks_first(nadia: Parent):
    await ask_for_a_day(nadia)
    await nadia.say("/suivi")
    await nadia.press("Filtres", exact=True)
    await nadia.press("☑ Transmises")
    await nadia.press("‹ Suivi")
    number = next(label for label in await nadia.labels() if label.endswith(". Annuler"))

    await nadia.press(number)
    asked = await nadia.text()
    await nadia.press("Oui, annuler")

    assert "Annuler cette réservation" in asked
    assert "C'est annulé" in await nadia.text()


@pytest.mark.parametrize("data", ["fc:99", "fa:99999", "fm:2026", "fk:nothing:1", "fe:exe"])
async def test_forged_filters_change_nothing(nadia: Parent, data: str):
    await nadia.say("/suivi")

    await nadia.press_data(data)

    assert "Une erreur est survenue" not in await nadia.text()
    await nadia.say("/suivi")
    assert "Filtres :" not in await nadia.text()
