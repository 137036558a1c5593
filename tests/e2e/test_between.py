"""What happens between reading a recap and confirming it, over real HTTP (B2, B13, A11)."""

import re
from datetime import date, datetime

from sqlalchemy import update

from bot.demo import Demo
from domain.calendar.model import PARIS
from storage.schema import pool_day
from tests.driver import Parent
from tests.e2e.town import BELKACEM, DUPONT, MOREAU, logged_in


async def canteen(parent: Parent, child: str, months: int = 1) -> None:
    await parent.say("/reserver")
    if (await parent.screen()).has(child):
        await parent.press(child)
    await parent.press("Restauration Scolaire")
    for _ in range(months):
        await parent.press("›", exact=True)


async def tap(parent: Parent, day: int) -> None:
    pattern = rf"{day}(\D*|[₀-₉]+)"
    (label,) = [label for label in await parent.labels() if re.fullmatch(pattern, label)]
    await parent.press(label, exact=True)


async def first_free(parent: Parent) -> int:
    shown = await parent.labels()
    return next(int(x.rstrip("₀₁₂₃₄₅₆₇₈₉")) for x in shown if re.fullmatch(r"\d+[₀-₉]+", x))


async def recap_of(parent: Parent, child: str, day: int, months: int = 1) -> None:
    await canteen(parent, child, months)
    await tap(parent, day)
    await parent.press("Vérifier mes demandes")


async def take_what_is_left(demo: Demo, day: date) -> None:
    """The town has fewer places that day, all of them taken."""
    fewer = update(pool_day).where(pool_day.c.day == day).values(capacity=pool_day.c.taken)
    await demo.application.database.write(lambda connection: connection.execute(fewer))


async def test_what_was_read_and_not_validated_is_booked_by_no_night(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await recap_of(jean_paul, "Paolo", 4)
    read = await jean_paul.text()
    await demo.playground.clock.jump(demo.playground.clock.tonight())

    await jean_paul.say("/suivi")

    assert "Rien n'est encore enregistré" in read
    assert "ven. 4 déc." not in await jean_paul.text()
    assert not [
        m
        for m in demo.playground.mailbox.mails
        if "jean-paul" in str(m.to).lower() and "mouvement" in m.text
    ]
    await canteen(jean_paul, "Paolo")
    assert "4+" in await jean_paul.labels()


async def test_a_place_lost_meanwhile_becomes_a_rank(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await recap_of(jean_paul, "Paolo", 4)
    read = await jean_paul.text()
    await take_what_is_left(demo, date(2026, 12, 4))
    await demo.restart_bot()

    await jean_paul.press("Valider")

    assert "complet" not in read
    assert "Mises en liste d'attente (1)" in await jean_paul.text()
    assert "rang 1" in await jean_paul.text()


async def test_a_deadline_that_passes_meanwhile_is_told_with_its_limit(demo: Demo):
    jean_paul = await logged_in(demo, DUPONT)
    await demo.playground.clock.jump(datetime(2026, 11, 30, 8, 59, tzinfo=PARIS))
    await recap_of(jean_paul, "Paolo", 1, months=0)
    confirm = (await jean_paul.screen()).button("Valider").data
    await demo.playground.clock.jump(datetime(2026, 11, 30, 9, 0, 1, tzinfo=PARIS))

    await jean_paul.press_data(confirm)
    await demo.restart_bot()
    first = await jean_paul.text()
    await jean_paul.press_data(confirm)

    assert "Aucune de vos demandes n'a pu être enregistrée" in first
    assert "délai de réservation dépassé (limite : lun. 30 nov. à 09:00)" in first
    assert await jean_paul.text() == first


async def test_two_guardians_ask_for_the_same_day_of_a_child(demo: Demo):
    mother, father = await logged_in(demo, MOREAU), await logged_in(demo, BELKACEM)
    for parent in (mother, father):
        await canteen(parent, "Leyah", months=2)
    day = await first_free(mother)
    for parent in (mother, father):
        await tap(parent, day)
        await parent.press("Vérifier mes demandes")

    await mother.press("Valider")
    await father.press("Valider")

    assert "Acceptées (1)" in await mother.text()
    assert "Non traitées (1)" in await father.text()
    assert "déjà demandée" in await father.text()
    await canteen(father, "Leyah", months=2)
    assert f"{day}✓" in await father.labels()


async def test_one_guardian_cancels_what_the_other_is_looking_at(demo: Demo):
    mother, father = await logged_in(demo, MOREAU), await logged_in(demo, BELKACEM)
    await canteen(mother, "Leyah", months=2)
    day = await first_free(mother)
    await tap(mother, day)
    await mother.press("Vérifier mes demandes")
    await mother.press("Valider")
    await canteen(father, "Leyah", months=2)
    old = await father.screen()
    for parent in (mother, father):
        await canteen(parent, "Leyah", months=2)
        await tap(parent, day)
        await parent.press("Vérifier mes demandes")
    await mother.press("Valider")

    await father.press("Valider")

    assert old.has(f"{day}✓")
    assert "Annulées (1)" in await mother.text()
    assert "aucune réservation à annuler" in await father.text()
