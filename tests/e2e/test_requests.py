"""S3 over real HTTP: a parent asks, the town's agents answer, the parent hears it."""

from datetime import timedelta

from sqlalchemy import select

from bot.demo import Demo
from domain.bookings.model import State
from domain.calendar.instants import instant
from domain.calendar.model import PARIS
from domain.staff.model import Role
from storage.schema import audit, booking
from tests.driver import Parent
from tests.e2e.town import DUPONT, HUGO, agent, logged_in

ASKED = ("request_accepted", "request_refused", "request_waitlisted")


async def ask(parent: Parent) -> None:
    """The four Saturdays of January at the circus, which the town answers one by one. A neighbour
    asked before: number 1.
    """
    await parent.say("/reserver")
    await parent.press("Amalia")
    await parent.press("Atelier Cirque")
    for _ in range(2):
        await parent.press("›", exact=True)
    await parent.press("▦+")
    await parent.press("Vérifier mes demandes")
    await parent.press("Valider")


async def answers(demo: Demo) -> list[tuple[str, str]]:
    """What the audit log says was decided: from what, to what."""
    told = select(audit.c.details).where(audit.c.what.in_(ASKED)).order_by(audit.c.id)
    found = await demo.application.database.read(lambda c: list(c.scalars(told)))
    return [(one["before"], one["after"]) for one in found]


async def test_one_is_accepted_and_one_refused_with_a_reason_and_the_parent_hears_both(
    demo: Demo,
) -> None:
    parent = await logged_in(demo, DUPONT)
    await ask(parent)
    asked = await parent.text()
    agnes = await agent(demo, Role.AGENT)
    home = await agnes.text()

    await agnes.press("Demandes à traiter")
    queue = await agnes.text()
    await agnes.press("2", exact=True)
    detail = await agnes.text()
    await agnes.press("Accepter")
    accepted = await agnes.text()

    await agnes.press("‹ Demandes")
    await demo.restart_bot()
    await agnes.press("2", exact=True)
    await agnes.press("Refuser")
    why = await agnes.text()
    await agnes.press("Écrire un autre motif")
    await agnes.press("‹ Motifs")
    await agnes.press("Écrire un autre motif")
    await demo.restart_bot()  # what is written next is still the reason
    await agnes.say("Le chapiteau est <trop> petit")
    recap = await agnes.text()
    await agnes.press("Refuser la demande")

    assert "En attente de réponse" in asked
    assert "Demandes à traiter" in home
    assert "DUPONT Amalia" in queue
    assert "Demandée le lun. 23 nov. à 10:00 par M. DUPONT Jean-Paul." in detail
    assert "1 demande acceptée. La famille est prévenue." in accepted
    assert why.startswith("Refuser 1 demande")
    assert "DUPONT Amalia" in why
    assert "Motif : Le chapiteau est <trop> petit" in recap
    assert "1 demande refusée" in await agnes.text()
    await demo.application.catch_up()
    heard = await parent.transcript()
    assert "La mairie a accepté votre demande." in heard
    assert why.startswith("Refuser 1 demande")
    assert "DUPONT Amalia" in why
    assert "Motif : Le chapiteau est <trop> petit" in heard
    assert await answers(demo) == [("pending", "accepted"), ("pending", "refused")]


async def test_many_are_ticked_recapped_and_left_waiting_and_one_is_taken_up_again(
    demo: Demo,
) -> None:
    parent = await logged_in(demo, DUPONT)
    await ask(parent)
    agnes = await agent(demo, Role.AGENT)
    await agnes.press("Demandes à traiter")
    await agnes.press("Cocher plusieurs")
    await agnes.press("☐ 2")
    await demo.restart_bot()
    await agnes.press("☐ 3")
    ticked = await agnes.screen()

    await agnes.press("Répondre aux 2 cochées")
    recap = await agnes.text()
    await agnes.press("Mettre en attente")
    await agnes.press("Priorité à d'autres enfants")
    await agnes.press("Mettre les 2 en attente")
    done = await agnes.text()
    await agnes.press("‹ Demandes")
    await agnes.press("Mises en attente (2)")
    await agnes.press("1", exact=True)
    aside = await agnes.text()
    await agnes.press("Accepter")

    assert ticked.has("☑ 2")
    assert "2 demandes" in recap
    assert "Rien n'est encore répondu" in recap
    assert "2 demandes mises en attente. Les familles sont prévenues." in done
    assert "Mise en attente par la mairie : Priorité à d'autres enfants" in aside
    assert "1 demande acceptée" in await agnes.text()
    await demo.application.catch_up()
    assert "Votre demande est mise en liste d'attente" in await parent.transcript()
    assert await answers(demo) == [("pending", "waitlisted")] * 2 + [("waitlisted", "accepted")]


async def test_the_whole_series_of_a_child_is_accepted_once_however_often_it_is_pressed(
    demo: Demo,
) -> None:
    await ask(await logged_in(demo, DUPONT))
    agnes = await agent(demo, Role.AGENT)
    await agnes.press("Demandes à traiter")
    await agnes.press("2", exact=True)
    await agnes.press("demandes de cet enfant")
    recap = await agnes.screen()
    label = next(b.text for row in recap.buttons for b in row if "Accepter les" in b.text)

    await agnes.press(label)
    first = await agnes.text()
    await demo.restart_bot()
    await agnes.press_data(recap.button(label).data or "", message_id=recap.message_id)

    count = int(label.split()[3])
    assert count > 1
    assert f"{count} demandes acceptées" in first
    assert await agnes.text() == first
    assert len(await answers(demo)) == count


async def test_of_two_agents_who_answer_the_same_the_second_is_told_line_by_line(
    demo: Demo,
) -> None:
    await ask(await logged_in(demo, DUPONT))
    agnes, hugo = await agent(demo, Role.AGENT), await agent(demo, Role.AGENT, HUGO)
    for one in (agnes, hugo):
        await one.press("Demandes à traiter")
        await one.press("2", exact=True)
        await one.press("demandes de cet enfant")
    await hugo.press("Refuser")
    await hugo.press("Effectif complet")
    await agnes.say("/agent")
    await agnes.press("Demandes à traiter")
    await agnes.press("2", exact=True)
    await agnes.press("Accepter")

    await hugo.press("Refuser les")

    said = await hugo.text()
    assert "1 demande inchangée" in said
    assert "DUPONT Amalia" in said
    assert "répondue entre-temps : acceptée" in said
    outcomes = await answers(demo)
    assert outcomes[0] == ("pending", "accepted")
    assert set(outcomes[1:]) == {("pending", "refused")}


async def test_what_is_confirmed_is_what_was_read(demo: Demo) -> None:
    await ask(await logged_in(demo, DUPONT))
    agnes = await agent(demo, Role.AGENT)
    await agnes.press("Demandes à traiter")
    await agnes.press("2", exact=True)
    await agnes.press("demandes de cet enfant")
    old = await agnes.screen()
    label = next(b.text for row in old.buttons for b in row if "Accepter les" in b.text)
    await agnes.press("‹ Demandes")
    await agnes.press("1", exact=True)
    await agnes.press("Refuser")  # another selection since

    await agnes.press_data(old.button(label).data or "", message_id=old.message_id)

    assert "Cette confirmation n'est plus valable" in await agnes.text()
    assert await answers(demo) == []


async def test_a_reader_reads_and_decides_nothing(demo: Demo) -> None:
    await ask(await logged_in(demo, DUPONT))
    agnes, hugo = await agent(demo, Role.AGENT), await agent(demo, Role.READER, HUGO)
    await agnes.press("Demandes à traiter")
    await agnes.press("2", exact=True)
    accept = (await agnes.screen()).button("Accepter").data or ""
    await hugo.press("Demandes à traiter")
    await hugo.press("2", exact=True)
    shown = await hugo.screen()

    await hugo.press_data(accept)

    assert "DUPONT Amalia" in shown.text
    assert not shown.has("Accepter")
    assert "Votre rôle" in await hugo.text()
    assert await answers(demo) == []


async def test_the_agent_of_another_structure_sees_and_answers_nothing(demo: Demo) -> None:
    await ask(await logged_in(demo, DUPONT))
    agnes, hugo = await agent(demo, Role.AGENT), await agent(demo, Role.AGENT, HUGO, (2,))
    await agnes.press("Demandes à traiter")
    opened = (await agnes.screen()).button("2").data or ""
    await agnes.press("2", exact=True)
    accept = (await agnes.screen()).button("Accepter").data or ""
    await hugo.press("Demandes à traiter")
    queue = await hugo.text()

    await hugo.press_data(opened)
    looked = await hugo.text()
    await hugo.press_data(accept)

    assert "Rien n'attend de réponse." in queue
    assert "n'existe pas" in looked
    assert "DUPONT" not in await hugo.transcript()
    assert await answers(demo) == []


async def test_the_table_leads_back_to_texts(demo: Demo) -> None:
    await ask(await logged_in(demo, DUPONT))
    agnes = await agent(demo, Role.AGENT)
    await agnes.press("Mon accès")
    await agnes.press("Afficher en tableaux")
    await agnes.press("Accueil des agents")
    await agnes.press("Demandes à traiter")
    table = await agnes.screen()

    await agnes.press("Affichage simple")

    assert table.kind == "rich"
    assert "DUPONT Amalia" in table.text
    assert (await agnes.screen()).kind == "text"


async def test_once_the_service_began_a_request_can_only_be_refused(demo: Demo) -> None:
    waiting = select(booking.c.day, booking.c.arrival).where(booking.c.state == State.PENDING)
    day, arrival = await demo.application.database.read(lambda c: c.execute(waiting).one())
    start = instant(day, arrival, PARIS)
    await demo.playground.clock.jump(start - timedelta(minutes=1))
    agnes = await agent(demo, Role.AGENT)
    await agnes.press("Demandes à traiter")
    await agnes.press("1", exact=True)
    before = await agnes.screen()
    await demo.playground.clock.jump(start)

    await agnes.press("Accepter")
    refused = await agnes.text()
    await agnes.press("‹ Demandes")
    await agnes.press("1", exact=True)
    detail = await agnes.screen()
    await agnes.press("Refuser")
    await agnes.press("Demande trop tardive")
    await agnes.press("Refuser la demande")

    assert before.has("✓ Accepter")
    assert "Rien n'a été modifié." in refused
    assert "jour commencé ou passé, à refuser" in refused
    assert not detail.has("✓ Accepter")
    assert "ne peut qu'être refusée" in detail.text
    assert "1 demande refusée" in await agnes.text()
    assert await answers(demo) == [("pending", "refused")]
