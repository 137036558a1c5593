"""B1 and B2 over real HTTP: a family in debt, and residents first."""

from datetime import timedelta

from sqlalchemy import update

from bot.demo import Demo
from storage.schema import wallet
from tests.driver import Parent
from tests.e2e.town import DUPONT, HADDAD, LAROCHE, NOW, logged_in

CIRCUS = "Atelier Cirque du samedi"


async def owe(demo: Demo, cents: str) -> None:
    """Every wallet, as the town's night may debit them."""
    from decimal import Decimal

    await demo.application.database.write(
        lambda c: c.execute(update(wallet).values(balance=Decimal(cents)))
    )


async def canteen(parent: Parent) -> None:
    await parent.say("/reserver")
    await parent.press("Paolo")
    await parent.press("Restauration Scolaire")
    await parent.press("›", exact=True)


async def test_a_family_in_debt_is_told_why_at_the_door_and_where_to_go(demo: Demo):
    nora = await logged_in(demo, HADDAD)

    await nora.press("Réserver")

    told = await nora.text()
    assert "Votre compte famille est débiteur" in told
    assert "-12,40" in told.replace("\N{MINUS SIGN}", "-")
    assert "auprès de votre mairie" in told
    await nora.press("Suivi des réservations")
    assert "Suivi des réservations" in await nora.text()


async def test_a_debt_stops_an_old_calendar_and_a_recap_already_read(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await canteen(jean_paul)
    calendar = await jean_paul.screen()
    tap = calendar.button("10").data
    await jean_paul.press_data(tap)
    await jean_paul.press("Vérifier mes demandes")
    confirm = (await jean_paul.screen()).button("Valider").data
    await owe(demo, "-3.00")
    await demo.restart_bot()

    await jean_paul.press_data(confirm)
    receipt = await jean_paul.text()
    await jean_paul.press_data(calendar.button("11").data, message_id=calendar.message_id)
    refused = (await jean_paul.message(calendar.message_id)).text
    await owe(demo, "0.00")
    await canteen(jean_paul)

    assert "Aucune de vos demandes n'a pu être enregistrée" in receipt
    assert "compte famille débiteur" in receipt
    assert "Votre compte famille est débiteur" in refused
    assert "10✓" not in await jean_paul.labels()


async def test_residents_come_first_and_the_others_at_the_very_instant(demo: Demo):
    marie = await logged_in(demo, LAROCHE)
    jean_paul = await logged_in(demo, DUPONT)

    async def circus(parent: Parent, child: str) -> str:
        await parent.say("/reserver")
        if (await parent.screen()).has(child):
            await parent.press(child)
        await parent.press(CIRCUS)
        for _ in range(2):
            await parent.press("›", exact=True)
        return await parent.text()

    theirs = await circus(marie, "Maximilien")
    ours = await circus(jean_paul, "Amalia")
    old = await marie.screen()
    await demo.playground.clock.jump(NOW + timedelta(days=7) - timedelta(seconds=1))
    before = await circus(marie, "Maximilien")
    await demo.playground.clock.jump(NOW + timedelta(days=7))
    after = await circus(marie, "Maximilien")

    assert "Réservations ouvertes à partir du lun. 30 nov. à 10:00" in theirs
    assert "Réservations ouvertes à partir" not in ours
    assert "Réservations ouvertes à partir" in before
    assert "Réservations ouvertes à partir" not in after
    assert old.text == theirs
