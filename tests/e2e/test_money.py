"""Balance and histories over real HTTP (M1-M3)."""

from datetime import timedelta
from decimal import Decimal

from bot.demo import Demo
from storage.money import SqlMoney
from tests.driver import Parent
from tests.e2e.town import NOW


async def text(parent: Parent) -> str:
    return (await parent.screen()).text.replace("\N{NARROW NO-BREAK SPACE}", " ")


async def test_the_balance_is_read_explained_and_asked_up_to_a_date(demo: Demo, nadia: Parent):
    await nadia.press("Solde et historiques")
    everything = await text(nadia)
    await nadia.press("Jusqu'à une date")
    await demo.restart_bot()
    until = await text(nadia)
    await nadia.press("›", exact=True)
    later = await text(nadia)
    await nadia.press("Le détail de l'estimation")
    explained = await text(nadia)

    assert "Solde 137,37 €" in everything
    assert "Toutes vos réservations confirmées." in everything
    assert "jusqu'au lun. 30 novembre" in until
    assert "jusqu'au jeu. 31 décembre" in later
    assert "Le détail de l'estimation" in explained
    assert "Leo · Restauration Scolaire · 2,71" in explained


async def test_the_balance_is_asked_up_to_any_day_that_is_typed(demo: Demo, nadia: Parent):
    await nadia.press("Solde et historiques")
    await nadia.press("Jusqu'à une date")
    await nadia.press("30 nov.")
    await nadia.say("hier")
    refused = await text(nadia)
    await demo.restart_bot()
    await nadia.say("11 déc.")
    until = await text(nadia)
    await nadia.press("›", exact=True)
    later = await text(nadia)

    assert "Je n'ai pas compris cette date" in refused
    assert "jusqu'au ven. 11 décembre" in until
    assert "jusqu'au jeu. 31 décembre" in later


async def test_what_was_consumed_is_filtered_by_a_typed_word_and_exported(
    demo: Demo, nadia: Parent
):
    await nadia.say("/solde")
    await nadia.press("Consommations")
    november = await text(nadia)
    await nadia.press("Filtres")
    await demo.restart_bot()
    await nadia.say("marina restauration")
    filtered = await text(nadia)
    await nadia.say("/solde")
    await nadia.press("Consommations")
    await nadia.press("←", exact=True)
    october = await text(nadia)
    await nadia.press("CSV")
    document = (await nadia.screen()).document

    assert "Novembre 2026" in november
    assert "Marina" in filtered
    assert "Leo" not in filtered.split("Filtres : ")[1]
    assert "Octobre 2026" in october
    assert document is not None
    assert document["file_name"] == "consommations-2026-10.csv"
    assert "Prix (€)" in (await nadia.download(document["file_id"])).decode()


async def test_payments_of_two_months_and_tables(nadia: Parent):
    await nadia.say("/profil")
    await nadia.press("Préférer l'affichage en tableaux")
    await nadia.say("/solde")
    balance = await nadia.screen()
    await nadia.press("Règlements")
    table = await nadia.screen()
    await nadia.press("Affichage simple")
    simple = await nadia.screen()

    assert (balance.kind, table.kind, simple.kind) == ("rich", "rich", "text")
    assert "Porte-monnaie | Solde | Coût estimé | Nouveau solde" in balance.text
    assert "CBLEUE" in table.text
    assert "59,08" in simple.text


async def test_the_sample_towns_ledgers_add_up(demo: Demo):
    database = demo.application.database

    assert await database.read(lambda c: SqlMoney(c).imbalances()) == ()


async def test_what_is_booked_is_debited_once_its_day_is_over(demo: Demo, nadia: Parent):
    before = await demo.application.database.read(lambda c: SqlMoney(c).wallets(2, 1))
    await demo.playground.clock.jump(NOW + timedelta(days=2))
    await demo.application.catch_up()
    after = await demo.application.database.read(lambda c: SqlMoney(c).wallets(2, 1))

    assert sum((one.balance for one in after), Decimal(0)) < sum(
        (one.balance for one in before), Decimal(0)
    )
