"""Whatever the way a draft was composed, the same may happen to it on its way to the town.

The six ways of ``tests.e2e.composing``, each over real HTTP: with restarts, an old keyboard, a
place lost and a deadline that passes after the recap was read, and two guardians at once (B2-B7,
B13, B18).
"""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, func, insert, select, update

from bot.demo import Demo
from domain.bookings.model import State, Wish
from storage.schema import (
    activity,
    booking,
    child,
    child_family,
    draft_line,
    enrolment,
    pool_day,
    wallet,
)
from storage.town import TownWriter
from tests.driver import Parent
from tests.e2e.composing import MOREAU, NADIA, THURSDAY, TIMED, WAYS, Cast, Way, log_in
from tests.e2e.town import NOW

Slots = Counter[tuple[int, int]]
A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)

pytestmark = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


async def ready(demo: Demo, way: Way, cast: Cast, person: int) -> Parent:
    """Connected, with what that way needs to be there already."""
    parent = await log_in(demo, person)
    if way.before is not None:
        await parent.press(await way.before(parent, cast))
    return parent


async def drafted(parent: Parent, way: Way, cast: Cast) -> tuple[str, int]:
    """Composed; answers the address and the message of the press that did it."""
    label = await way.steps(parent, cast)
    shown = await parent.screen()
    data = shown.button(label).data
    assert data is not None
    await parent.press_data(data, message_id=shown.message_id)
    return data, shown.message_id


async def taken(demo: Demo, day: date = THURSDAY) -> Slots:
    """By child and activity, how many live bookings that hold a place that day."""
    columns = booking.c.child_id, booking.c.activity_id
    query = select(*columns).where(booking.c.day == day, booking.c.state == State.ACCEPTED)
    rows = await demo.application.database.read(lambda c: c.execute(query).all())
    return Counter((row[0], row[1]) for row in rows)


async def wishes(demo: Demo) -> int:
    query = select(func.count()).where(draft_line.c.wish != Wish.KEEP)
    return await demo.application.database.read(lambda c: c.scalar(query)) or 0


async def numbers(demo: Demo, name: str) -> set[int]:
    """Of the activities of that name."""
    query = select(activity.c.id).where(activity.c.name == name)
    return set(await demo.application.database.read(lambda c: c.scalars(query).all()))


def pay_ahead(connection: Connection) -> None:
    """Weeks of meals are debited until the deadline, and a family in debt books nothing."""
    for number in connection.scalars(select(wallet.c.id)).all():
        TownWriter(connection).corrected(number, Decimal(500), NOW.date())


def welcome(connection: Connection) -> None:
    """What the sample's two guardians lack: a second child, and an activity of chosen hours."""
    names = {row.first_name: row.id for row in connection.execute(select(child))}
    leyah, finn = names["Leyah"], names["Finn"]
    theirs = select(child_family.c.family_id).where(child_family.c.child_id == leyah)
    family = connection.scalar(theirs)
    connection.execute(insert(child_family).values(family_id=family, child_id=finn))
    timed = connection.scalar(select(activity.c.id).where(activity.c.name == TIMED))
    period = {"valid_from": NOW.date(), "valid_to": THURSDAY}
    connection.execute(insert(enrolment).values(child_id=leyah, activity_id=timed, **period))


async def test_it_is_booked_through_restarts_and_an_old_keyboard_adds_nothing(
    demo: Demo, way: Way
) -> None:
    nadia = await ready(demo, way, NADIA, *NADIA.people)
    before = await taken(demo)
    label = await way.steps(nadia, NADIA)
    shown = await nadia.screen()
    drafts = shown.button(label).data
    await demo.restart_bot()
    await nadia.press_data(drafts, message_id=shown.message_id)
    await nadia.press_data(drafts, message_id=shown.message_id)
    await demo.restart_bot()
    await nadia.press("Vérifier mes demandes")
    recap = await nadia.text()
    validates = (await nadia.screen()).button("Valider").data
    await demo.restart_bot()
    await nadia.press_data(validates, message_id=shown.message_id)
    receipt, booked = await nadia.text(), await taken(demo)

    await nadia.press_data(validates, message_id=shown.message_id)
    again = await nadia.text()
    await demo.restart_bot()
    await nadia.press_data(drafts, message_id=shown.message_id)

    assert "jeu. 14 janv." in recap
    assert "Leo" in recap
    assert "Vos demandes sont enregistrées" in receipt
    assert again == receipt
    assert booked - before
    assert await taken(demo) == booked
    assert max(booked.values()) == 1
    assert "Une erreur est survenue" not in (await nadia.transcript())
    assert await wishes(demo) == 0


async def test_a_place_lost_after_the_recap_is_not_taken(demo: Demo, way: Way) -> None:
    nadia = await ready(demo, way, NADIA, *NADIA.people)
    await drafted(nadia, way, NADIA)
    await nadia.press("Vérifier mes demandes")
    read, before = await nadia.text(), await taken(demo)
    fewer = update(pool_day).where(pool_day.c.day == THURSDAY)
    await demo.application.database.write(
        lambda c: c.execute(fewer.values(capacity=pool_day.c.taken))
    )

    await nadia.press("Valider")

    assert "complet" not in read
    told = await nadia.text()
    assert "Mises en liste d'attente (" in told or "activité complète" in told
    assert await taken(demo) == before


async def test_a_deadline_that_passes_after_the_recap_is_told(demo: Demo, way: Way) -> None:
    await ready(demo, way, NADIA, *NADIA.people)
    await demo.application.database.write(pay_ahead)
    await demo.playground.clock.jump(way.limit - A_MINUTE)
    nadia = await log_in(demo, *NADIA.people)
    await drafted(nadia, way, NADIA)
    await nadia.press("Vérifier mes demandes")
    recap, before = await nadia.screen(), await taken(demo)
    await demo.playground.clock.jump(way.limit + A_SECOND)

    await nadia.press("Valider", message_id=recap.message_id)

    assert "jeu. 14 janv." in recap.text
    told = (await nadia.message(recap.message_id)).text
    assert "délai de réservation dépassé (limite : " in told
    assert f"janv. à {way.limit:%H:%M})" in told
    assert {of for _, of in await taken(demo) - before} <= await numbers(demo, NADIA.also)


async def test_two_guardians_at_once_have_one_booking(demo: Demo, way: Way) -> None:
    await demo.application.database.write(welcome)
    ines, samir = [await log_in(demo, person) for person in MOREAU.people]
    if way.before is not None:
        await ines.press(await way.before(ines, MOREAU))
    before = await taken(demo)
    await drafted(ines, way, MOREAU)
    await drafted(samir, way, MOREAU)
    for parent in (ines, samir):
        await parent.press("Vérifier mes demandes")

    await ines.press("Valider")
    booked = await taken(demo)
    await samir.press("Valider")

    assert booked - before
    assert await taken(demo) == booked
    assert max((booked - before).values()) == 1
    assert "déjà demandée" in await samir.text()
