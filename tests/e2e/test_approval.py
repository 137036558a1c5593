"""B17 over real HTTP: the town answers a request, or the family takes it back first."""

import pytest
from sqlalchemy import select

from bot.demo import Demo
from domain.bookings.model import BookingId, State
from domain.bookings.town import DecideRequest
from storage.bookings import SqlBookings
from storage.engine import transactions
from storage.schema import booking
from tests.driver import Parent
from tests.e2e.composing import MOREAU, log_in

INES, _ = MOREAU.people
CIRCUS = "Atelier Cirque du samedi"


@pytest.fixture
async def ines(demo: Demo) -> Parent:
    """Her daughter's request for the circus waits."""
    return await log_in(demo, INES)


async def pending(demo: Demo) -> BookingId:
    query = select(booking.c.id).where(booking.c.state == State.PENDING)
    return BookingId(await demo.application.database.read(lambda c: c.scalars(query).one()))


async def decide(demo: Demo, *, accept: bool, reason: str = "") -> None:
    """As `cartable requests` does."""
    app = demo.application
    bookings = transactions(app.database, SqlBookings)
    answer = DecideRequest(bookings, app.catalogues, demo.playground.clock)
    await answer(await pending(demo), accept=accept, by="mairie", reason=reason)
    await app.courier.drain()


async def circus(parent: Parent) -> str:
    """Her row of the follow-up, whichever page it is on."""
    await parent.say("/suivi")
    for _ in range(20):
        shown = await parent.text()
        if CIRCUS in shown:
            return shown[shown.index(CIRCUS) :].split("\n\n")[0]
        await parent.press("›", exact=True)
    raise AssertionError("no circus")


async def test_a_refusal_is_told_at_once_with_its_reason(demo: Demo, ines: Parent):
    waits = await circus(ines)
    await decide(demo, accept=False, reason="Le groupe des débutants est complet")
    await demo.restart_bot()

    alert = await ines.until(lambda shown: "débutants" in shown.text)

    assert "en attente de réponse, demandée par Inès" in waits
    assert CIRCUS in alert.text
    assert "refusée" in await circus(ines)
    assert "Le groupe des débutants est complet" in await circus(ines)


async def test_an_acceptance_is_told_at_once(demo: Demo, ines: Parent):
    await decide(demo, accept=True)

    alert = await ines.until(lambda shown: CIRCUS in shown.text and "accept" in shown.text)

    assert "Leyah" in alert.text
    assert "acceptée" in await circus(ines)


async def test_a_request_is_taken_back_before_the_town_answers(demo: Demo, ines: Parent):
    row = await circus(ines)
    shown = await ines.screen()
    before = shown.text[: shown.text.index(CIRCUS)].rstrip()
    number = before.rsplit("\n", 1)[-1].partition(".")[0]
    await ines.press(f"{number}. Annuler")
    await demo.restart_bot()

    await ines.press("Oui")

    assert "attente" in row
    query = select(booking.c.id).where(booking.c.state == State.PENDING)
    left = await demo.application.database.read(lambda c: c.scalars(query).all())
    assert left == []
