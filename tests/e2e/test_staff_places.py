"""S5 from the chat: a place more serves who waits, a closed day is told, the log has it all."""

from bot.demo import Demo
from domain.staff.model import Role
from tests.driver import Parent
from tests.e2e.town import DUPONT, agent, logged_in


async def waiting(demo: Demo) -> Parent:
    """Both children of the Duponts ask for the day with one place left: one of them waits."""
    jean_paul = await logged_in(demo, DUPONT)
    for child in ("Paolo", "Amalia"):
        await jean_paul.say("/reserver")
        await jean_paul.press(child)
        await jean_paul.press("Restauration Scolaire")
        await jean_paul.press("›", exact=True)
        day = next(x for row in (await jean_paul.screen()).rows for x in row if _is(x, "4"))
        await jean_paul.press(day, exact=True)
    await jean_paul.press("Vérifier mes demandes")
    await jean_paul.press("Valider")
    return jean_paul


def _is(label: str, day: str) -> bool:
    return label.rstrip("₀₁₂₃₄₅₆₇₈₉✓!✘…+*◆◇") == day


async def to_the_fourth(agnes: Parent) -> None:
    await agnes.say("/agent")
    await agnes.press("Places et jours")
    await agnes.press("Restauration Scolaire")
    await agnes.press("›", exact=True)
    day = next(x for row in (await agnes.screen()).rows for x in row if _is(x, "4"))
    await agnes.press(day, exact=True)


async def test_a_place_more_serves_who_waits_and_a_closed_day_is_told(demo: Demo) -> None:
    jean_paul, agnes = await waiting(demo), await agent(demo, Role.MANAGER)
    await to_the_fourth(agnes)
    before = await agnes.text()
    await agnes.press("Changer les places")
    await demo.restart_bot()  # what is typed next is still meant
    await agnes.say("beaucoup")
    refused = await agnes.text()
    taken = int(before.partition(" prises")[0].rpartition(": ")[2])
    await agnes.say(str(taken + 1))
    preview = await agnes.screen()

    await agnes.press_data(preview.button("Confirmer").data, message_id=preview.message_id)
    await agnes.press_data(preview.button("Confirmer").data, message_id=preview.message_id)

    assert "1 enfant attend une place" in before
    assert "Envoyez un nombre de 0 à 99999" in refused
    assert "1 famille de la liste d'attente recevra une place" in preview.text
    assert "0 enfant attend une place" in await agnes.text()
    alert = await jean_paul.until(lambda shown: "place" in shown.text and "Amalia" in shown.text)
    assert "Restauration Scolaire" in alert.text

    await agnes.press("Fermer ce jour")
    closing = await agnes.screen()
    await demo.restart_bot()
    await agnes.press_data(closing.button("Fermer").data, message_id=closing.message_id)
    ended = await agnes.text()
    await agnes.press_data(closing.button("Fermer").data, message_id=closing.message_id)

    assert f"{taken + 1} réservations ou attentes" in closing.text
    assert f"{taken + 1} réservations ont pris fin" in ended
    assert "Ce jour est fermé." in await agnes.text()
    for child in ("Paolo", "Amalia"):
        closed = await jean_paul.until(
            lambda shown, of=child: "fermée ce jour-là" in shown.text and of in shown.text
        )
        assert "ne vous sera pas facturée" in closed.text
    told = [m.text for m in await jean_paul.messages() if "fermée ce jour-là" in m.text]
    assert len(told) == 2  # one a child, and no more of the second tap

    await agnes.say("/agent")
    await agnes.press("Journal des agents")
    log = await agnes.text()
    assert f"{taken + 1} → 0" in log
    assert log.count("Jour fermé") == log.count("Nombre de places changé") == 1
    assert "Agnès Martin" in log


async def test_fewer_places_than_are_taken_is_said_and_stops_there(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER)
    await to_the_fourth(agnes)
    taken = int((await agnes.text()).partition(" prises")[0].rpartition(": ")[2])
    await agnes.press("Changer les places")

    await agnes.say("0")

    assert f"Il y a déjà {taken} inscrits" in await agnes.text()


async def test_what_changed_since_the_preview_is_shown_again_and_not_done(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER)
    await to_the_fourth(agnes)
    await agnes.press("Fermer ce jour")
    closing = await agnes.screen()
    await waiting(demo)

    await agnes.press_data(closing.button("Fermer").data, message_id=closing.message_id)

    again = await agnes.text()
    assert "La situation a changé entre-temps" in again
    assert "Fermer" in str((await agnes.screen()).rows)


async def test_somebody_is_moved_up_with_a_reason(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER)
    await to_the_fourth(agnes)
    await agnes.press("Changer les places")
    await agnes.say("0")  # as many as are taken: nobody more
    await agnes.press("Confirmer")
    jean_paul = await waiting(demo)
    await to_the_fourth(agnes)
    await agnes.press("Liste d'attente (2)")
    await agnes.press("Déplacer 2. Amalia")
    await agnes.press("Rang 1")
    await demo.restart_bot()
    await agnes.say("x")
    too_short = await agnes.text()
    await agnes.say("Fratrie déjà accueillie ce jour-là")
    moved = await agnes.text()
    await agnes.say("/agent")
    await agnes.press("Journal des agents")

    assert "Il faut un motif" in too_short
    assert "1. Amalia DUPONT (↕)" in moved
    assert "2. Paolo DUPONT" in moved
    log = await agnes.text()
    assert "Rang changé en liste d'attente" in log
    assert "2 → 1" in log
    assert "Fratrie déjà accueillie ce jour-là" in log
    await jean_paul.say("/suivi")
    lines = [one for one in (await jean_paul.text()).split("\n\n") if "sur 2" in one]
    assert ["Amalia" in one for one in lines if "rang 1 sur 2" in one] == [True]
    assert ["Paolo" in one for one in lines if "rang 2 sur 2" in one] == [True]


async def test_a_reader_sees_days_and_no_button_to_change_them(demo: Demo) -> None:
    hugo = await agent(demo, Role.READER)

    await to_the_fourth(hugo)

    shown = await hugo.screen()
    assert "prises" in shown.text
    assert not shown.has("Changer")
    assert not shown.has("Fermer")
