"""S2, N4: an agent composes, looks, confirms; families read it, and the agent watches it go."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.courier.broadcast_bot import WITHDRAWN
from bot.demo import Demo
from bot.playground.faults import Fault
from domain.staff.model import Role
from tests.driver import Parent
from tests.e2e.town import CASIMIR, DUPONT, HUGO, NOW, agent, logged_in

PICTURE = Path("docs/images/calendar.png").read_bytes()


async def family(demo: Demo) -> Parent:
    return await logged_in(demo, DUPONT)


async def composed(agnes: Parent, said: str) -> None:
    await agnes.press("Annonces")
    await agnes.press("Nouvelle annonce")
    await agnes.say(said)


async def test_an_announcement_goes_from_the_agent_to_the_families(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await composed(agnes, "Grève jeudi <3\nLa cantine est fermée & le périscolaire aussi.")
    await agnes.press("Aperçu et envoi")
    preview = (await agnes.messages())[-2]

    await agnes.press("Envoyer à")

    got = await parent.until(lambda shown: "Grève" in shown.text)
    live = await agnes.until(lambda shown: "Envoi terminé" in shown.text)
    assert got.text == preview.text
    assert got.text == "Grève jeudi <3\n\nLa cantine est fermée & le périscolaire aussi."
    assert "✓ Remise : 1" in live.text
    await parent.say("/accueil")
    assert "Grève jeudi" in (await parent.screen()).text


async def sent(agnes: Parent, said: str) -> None:
    """Composed, looked at, confirmed; the button's data is what is pressed again."""
    await composed(agnes, said)
    await agnes.press("Aperçu et envoi")
    await agnes.press("Envoyer à")


async def test_an_announcement_to_a_class_reaches_those_families_only(demo: Demo) -> None:
    """Amalia Dupont is in CE1 B; Leo Casimir goes to the other school."""
    dupont, agnes = await family(demo), await agent(demo, Role.AGENT)
    casimir = await logged_in(demo, CASIMIR)
    await composed(agnes, "Piscine\nLes CE1 B nagent mardi.")
    await agnes.press("Pour qui")
    await agnes.press("Une classe")
    await demo.restart_bot()
    label = (await agnes.screen()).button("CE1 B").text
    await agnes.press("CE1 B")
    chosen = (await agnes.screen()).text
    await agnes.press("Aperçu et envoi")

    await agnes.press("Envoyer à")

    await dupont.until(lambda shown: "nagent mardi" in shown.text)
    live = await agnes.until(lambda shown: "Envoi terminé" in shown.text)
    assert "familles des enfants de la classe CE1 B" in chosen
    assert f"{label.rpartition(' · ')[2]} familles" in chosen
    assert "✓ Remise : 1" in live.text
    assert "Piscine" not in await casimir.transcript()
    await casimir.say("/accueil")
    assert "Piscine" not in (await casimir.screen()).text


async def test_a_restart_in_the_middle_of_composing_loses_nothing(demo: Demo) -> None:
    agnes = await agent(demo, Role.AGENT)
    await agnes.press("Annonces")
    await agnes.press("Nouvelle annonce")

    await demo.restart_bot()
    await agnes.say("Titre\nTexte")
    await demo.restart_bot()
    await agnes.press("Aperçu et envoi")

    preview, control = (await agnes.messages())[-2:]
    assert preview.text == "Titre\n\nTexte"
    assert "18 familles, 19 responsables" in control.text


async def test_confirmed_twice_it_comes_once(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await composed(agnes, "Une fois\nEt une seule.")
    await agnes.press("Aperçu et envoi")
    confirm = (await agnes.screen()).button("Envoyer à").data

    await agnes.press_data(confirm)
    await agnes.press_data(confirm)
    await demo.application.catch_up()

    got = [shown for shown in await parent.messages() if "Et une seule" in shown.text]
    live = [shown for shown in await agnes.messages() if "Envoi terminé" in shown.text]
    assert (len(got), len(live)) == (1, 1)


async def test_what_changed_since_the_preview_is_not_sent(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await composed(agnes, "Avant\nTexte")
    await agnes.press("Aperçu et envoi")
    confirm = (await agnes.screen()).button("Envoyer à").data
    await agnes.press("Modifier")
    await agnes.press("Texte ou pièce jointe")
    await agnes.say("Après\nTexte")

    await agnes.press_data(confirm)
    await demo.application.catch_up()

    assert "a changé entre-temps" in (await agnes.screen()).text
    assert not [shown for shown in await parent.messages() if "Texte" in shown.text]


async def test_a_picture_goes_with_its_caption_and_is_uploaded_once(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await agnes.press("Annonces")
    await agnes.press("Nouvelle annonce")
    await agnes.send_photo("affiche.png", PICTURE)
    await agnes.press("Annonces")
    await agnes.press("(sans titre)")
    await agnes.press("Texte ou pièce jointe")
    await agnes.say("Fête\nVenez")
    await agnes.press("Aperçu et envoi")

    await agnes.press("Envoyer à")

    got = await parent.until(lambda shown: shown.kind == "photo")
    assert got.text == "Fête\n\nVenez"
    assert len([c for c in demo.playground.world.journal.calls("sendPhoto") if c.ok]) == 2
    await parent.say("/accueil")
    await parent.press("Voir le document : Fête")
    assert (await parent.screen()).kind == "photo"


async def test_a_text_too_long_is_refused_with_how_much_too_long(demo: Demo) -> None:
    agnes = await agent(demo, Role.AGENT)
    await composed(agnes, "Titre\n" + "x" * 1020)
    await agnes.press("Texte ou pièce jointe")

    await agnes.send_photo("affiche.png", PICTURE)
    refused = (await agnes.screen()).text
    await agnes.say("Titre\n" + "x" * 1017)
    await agnes.press("Texte ou pièce jointe")
    await agnes.send_photo("affiche.png", PICTURE)

    assert "trop long de 3 caractères" in refused
    assert "Caractères restants : 0" in (await agnes.screen()).text


async def test_corrected_it_changes_everywhere_and_withdrawn_it_is_gone(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await sent(agnes, "Fermeture\nMardi.")
    got = await parent.until(lambda shown: "Mardi" in shown.text)
    await demo.application.catch_up()
    await agnes.press("Détails")
    await agnes.press("Corriger le texte")
    await agnes.say("Fermeture\nMercredi <midi>.")
    unconfirmed = (await parent.message(got.message_id)).text
    await agnes.press("Remplacer partout")
    await demo.application.catch_up()
    corrected = (await parent.message(got.message_id)).text

    await agnes.press("Retirer")
    await agnes.press("Oui, retirer")
    await demo.application.catch_up()

    assert "Mardi" in unconfirmed
    assert corrected == "Fermeture\n\nMercredi <midi>."
    assert got.message_id not in [shown.message_id for shown in await parent.messages()]
    await parent.say("/accueil")
    assert "Mercredi" not in (await parent.screen()).text


async def test_two_days_later_withdrawing_says_so_where_it_cannot_delete(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await sent(agnes, "Fermeture\nMardi.")
    got = await parent.until(lambda shown: "Mardi" in shown.text)
    await demo.application.catch_up()
    await demo.playground.clock.jump(NOW + timedelta(hours=49))
    await agnes.press("Détails")

    await agnes.press("Retirer")
    await agnes.press("Oui, retirer")
    await demo.application.catch_up()

    assert "a été retirée" in (await parent.message(got.message_id)).text


@pytest.mark.parametrize(("kind", "name"), [("photo", "affiche.png"), ("document", "menu.pdf")])
async def test_two_days_later_withdrawing_takes_its_file_out_of_the_chats(
    demo: Demo, kind: str, name: str
) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await composed(agnes, "Menu\nDe la semaine.")
    await agnes.press("Texte ou pièce jointe")
    content = PICTURE if kind == "photo" else b"%PDF menu"
    await (agnes.send_photo if kind == "photo" else agnes.send_document)(name, content)
    await agnes.press("Aperçu et envoi")
    await agnes.press("Envoyer à")
    got = await parent.until(lambda shown: "De la semaine" in shown.text)
    await demo.application.catch_up()
    await demo.playground.clock.jump(NOW + timedelta(hours=49))
    await agnes.press("Détails")

    await agnes.press("Retirer")
    await agnes.press("Oui, retirer")
    await demo.application.catch_up()

    after = await parent.message(got.message_id)
    assert got.kind == kind
    assert "a été retirée" in after.text
    assert after.kind == "photo"
    assert await parent.download(after.form["photo"]["file_id"]) == WITHDRAWN


async def test_it_waits_for_its_hour_and_for_the_end_of_quiet_hours(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await parent.press("Profil")
    await parent.press("Heures calmes")
    await parent.press("18:00")
    await parent.press("20:00")
    await composed(agnes, "Ce soir\nRéunion.")
    await agnes.press("Quand")
    await agnes.press("Lu 23, 18 h")
    await agnes.press("Retour à l'annonce")
    await agnes.press("Aperçu et envoi")
    await agnes.press("Programmer pour")

    def told() -> list[str]:
        messages = demo.playground.world.chats[DUPONT].visible
        return [str(m.body) for m in messages if "Réunion" in str(m.body)]

    await demo.playground.clock.jump(NOW.replace(hour=18, minute=1))
    at_its_hour = len(told())
    await demo.playground.clock.jump(NOW.replace(hour=20, minute=1))

    assert (at_its_hour, len(told())) == (0, 1)


async def test_who_is_not_reached_is_named_and_mailed(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    await parent.block()
    await sent(agnes, "Grève\nJeudi.")
    await demo.application.catch_up()

    await agnes.press("Détails")
    await agnes.press("Qui n'a pas été joint")

    said = (await agnes.screen()).text
    assert "DUPONT Jean-Paul : a bloqué la mairie. Mail" in said
    mails = [mail for mail in demo.playground.mailbox.mails if "Jeudi." in mail.text]
    assert "jean-paul.dupont@example.org" in {to for mail in mails for to in mail.to}


def copies(demo: Demo, words: str) -> int:
    messages = demo.playground.world.chats[DUPONT].visible
    return sum(message.by_bot and words in str(message.body) for message in messages)


async def test_those_who_are_uncertain_get_it_again_once_an_agent_says_so(demo: Demo) -> None:
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    lost = Fault("sendMessage", "500", chat=DUPONT)
    demo.playground.world.faults.plan(lost)
    await sent(agnes, "Grève\nJeudi.")
    await demo.application.catch_up()
    await agnes.press("Détails")
    before = (await agnes.screen()).text
    await agnes.press("Renvoyer aux incertains (1)")
    asked = await agnes.screen()
    again = asked.button("Renvoyer à 1 conversation").data
    await demo.restart_bot()

    await agnes.press_data(again)
    await agnes.press_data(again)
    await demo.application.catch_up()
    await agnes.press_data(again)
    await demo.application.catch_up()

    assert "? Incertain, pas renvoyé d'office : 1" in before
    assert "deux fois" in asked.text
    assert copies(demo, "Jeudi.") == 1
    await agnes.press_data(again)
    after = await agnes.screen()
    assert "✓ Remise : 1" in after.text
    assert not after.has("Renvoyer")
    assert parent


async def test_only_who_may_announce_has_it_sent_again(demo: Demo) -> None:
    agnes = await agent(demo, Role.AGENT)
    await family(demo)
    demo.playground.world.faults.plan(Fault("sendMessage", "500", chat=DUPONT))
    await sent(agnes, "Grève\nJeudi.")
    await demo.application.catch_up()
    await agnes.press("Détails")
    await agnes.press("Renvoyer aux incertains (1)")
    shown = await agnes.screen()
    ask, again = "gnra:", shown.button("Renvoyer à 1 conversation").data
    hugo = await agent(demo, Role.READER, HUGO)
    await hugo.press("Annonces")
    await hugo.press("Grève")
    looked = await hugo.screen()
    refused = []

    for data in (ask + again.split(":")[1], again):
        await hugo.press_data(data)
        refused.append((await hugo.screen()).text)
    await demo.application.catch_up()

    assert not looked.has("Renvoyer")
    assert all("ne permet pas cette opération" in text for text in refused)
    assert copies(demo, "Jeudi.") == 0


async def test_a_reader_may_look_and_nothing_else(demo: Demo) -> None:
    agnes = await agent(demo, Role.READER)
    await agnes.press("Annonces")
    listed = await agnes.screen()
    await agnes.press("Fête de l'école")
    opened = await agnes.screen()

    await agnes.press_data("gnc")
    await agnes.press_data("gni:1")

    assert not listed.has("Nouvelle annonce")
    assert not opened.has("Retirer")
    assert "ne permet pas cette opération" in (await agnes.screen()).text


async def test_forged_presses_find_nothing_of_others(demo: Demo) -> None:
    """Of another structure, of a parent, of what does not exist: never told apart."""
    parent, agnes = await family(demo), await agent(demo, Role.AGENT)
    hugo = await agent(demo, Role.MANAGER, HUGO, (2,))
    await composed(agnes, "Le nôtre\nTexte")
    await agnes.press("Aperçu et envoi")
    confirm = (await agnes.screen()).button("Envoyer à").data
    said = []

    for data in (
        confirm,
        confirm.replace("gnk", "gno").rpartition(":")[0],
        "gnk:999:1",
        "gni:999",
    ):
        await hugo.press_data(data)
        said.append((await hugo.screen()).text)
    await parent.press_data(confirm)

    assert {"existe pas" in text for text in said} == {True}
    assert "existe pas" in (await parent.screen()).text
    await agnes.press("Modifier")
    assert (await agnes.screen()).has("Aperçu et envoi")  # a draft as before
