"""A1, A2, A7, A9, A10: who leaves, or is made to leave, in the middle of something; groups."""

from typing import Any

from bot.demo import Demo
from tests.driver import Parent
from tests.e2e.test_access import NEXT, ask_reset, reset_link
from tests.e2e.town import ALLARD, CASIMIR, DUPONT, LENOIR, STRANGER, logged_in

DUPONTS = ("DUPONT1", "trois-petits-chats")
GROUP = -4001


async def written(parent: Parent) -> str:
    """All that is left in the chat."""
    return "\n".join(message.text for message in await parent.messages())


async def end_from_elsewhere(demo: Demo) -> Parent:
    tablet = await logged_in(demo, STRANGER, *DUPONTS)
    await tablet.say("/appareils")
    await tablet.press("Terminer cette connexion")
    return tablet


def pressed(person: int, message: int, data: str) -> dict[str, Any]:
    """A tap on a message that is gone from the chat: the phone was away meanwhile."""
    who = {"id": person, "is_bot": False, "first_name": "Jean-Paul", "language_code": "fr"}
    chat = {"id": person, "type": "private", "first_name": "Jean-Paul"}
    below = {"message_id": message, "date": 0, "chat": chat}
    query = {"id": "forged", "from": who, "chat_instance": "1", "data": data, "message": below}
    return {"callback_query": query}


async def recap(phone: Parent) -> str:
    """One day of the canteen is drafted; what the button to confirm says."""
    await phone.say("/reserver")
    for label in ("Paolo", "Restauration Scolaire", "›", "▦+", "Vérifier mes demandes"):
        await phone.press(label, exact=label == "›")
    return (await phone.screen()).button("Valider").data


async def test_a_recap_whose_session_was_ended_elsewhere_confirms_nothing(demo: Demo):
    phone = await logged_in(demo, DUPONT)
    confirm = await recap(phone)
    message = (await phone.screen()).message_id
    tablet = await end_from_elsewhere(demo)

    await phone.forge(pressed(DUPONT, message, confirm))

    assert "Paolo" not in await written(phone)
    assert (await phone.screen()).has("Se connecter")
    await tablet.say("/accueil")
    assert (await tablet.screen()).has("Vérifier mes demandes")  # still to be confirmed


async def test_a_password_typed_after_the_session_was_ended_elsewhere_is_deleted(demo: Demo):
    phone = await logged_in(demo, DUPONT)
    await phone.say("/profil")
    await phone.press("Adresses de messagerie")
    await phone.press("Modifier mes adresses")
    await end_from_elsewhere(demo)

    await phone.say(DUPONTS[1])

    assert DUPONTS[1] not in await written(phone)
    assert "Votre message a été supprimé" in await phone.text()
    assert (await phone.screen()).has("Se connecter")


async def test_a_message_edited_into_a_password_is_deleted_and_logs_nobody_in(demo: Demo):
    phone = Parent(demo.url, DUPONT)
    await phone.start()
    await phone.press("Se connecter")
    await phone.say(DUPONTS[0])
    typed = next(m for m in await phone.messages() if m.text == DUPONTS[0]).message_id
    told = pressed(DUPONT, typed, "")["callback_query"]

    edited = told["message"] | {"from": told["from"], "edit_date": 1, "text": DUPONTS[1]}
    await phone.forge({"edited_message": edited})

    assert typed not in [message.message_id for message in await phone.messages()]
    assert "a été supprimé" in await phone.text()
    await phone.say("/accueil")
    assert (await phone.screen()).has("Se connecter")


async def test_logging_out_forgets_what_was_typed_to_sign(demo: Demo):
    phone = await logged_in(demo, ALLARD)
    await phone.say("/fiches")
    await phone.press("Accéder à la fiche : Maxence")
    while (await phone.screen()).has("›"):
        await phone.press("›", exact=True)
    await phone.press("J'ai pris connaissance")
    await phone.say("Bruno Allard")
    await phone.say("CarteVille")
    button = (await phone.screen()).button("Je signe").data
    await phone.say("/logout")
    again = await logged_in(demo, ALLARD)

    await again.press_data(button)

    assert "Rien n'est signé" in await again.text()


async def test_a_reset_link_opened_by_who_is_connected_ends_that_session_too(demo: Demo):
    nadia = await logged_in(demo, CASIMIR)
    await nadia.say("/profil")
    await nadia.press("Changer de mot de passe")
    await nadia.press("Mot de passe oublié")
    await nadia.say("CASIMIR1")
    await nadia.say("nadia.casimir@example.org")

    await nadia.start(await reset_link(demo, "nadia.casimir"))
    await nadia.say(NEXT)
    await nadia.say(NEXT)

    assert "Tous les appareils connectés à votre compte ont été déconnectés" in await nadia.text()
    assert NEXT not in await written(nadia)
    await nadia.say("/accueil")
    assert (await nadia.screen()).has("Se connecter")
    await nadia.log_in("CASIMIR1", NEXT)
    assert "Nadia CASIMIR" in await nadia.text()


async def test_a_reset_link_opened_by_who_is_connected_as_another_changes_nothing(demo: Demo):
    phone = Parent(demo.url, LENOIR)
    await ask_reset(phone, "CASIMIR1", "nadia.casimir@example.org")
    link = await reset_link(demo, "nadia.casimir")
    await phone.log_in(*DUPONTS)

    await phone.start(link)

    assert "Déconnectez-vous d'abord" in await phone.text()
    nadia = await logged_in(demo, CASIMIR)
    assert "Nadia CASIMIR" in await nadia.text()


async def test_in_a_group_one_sentence_and_nothing_of_anybody(demo: Demo):
    phone = await logged_in(demo, DUPONT)

    for said in ("/start", "/reserver", *DUPONTS, "/mes_donnees"):
        await phone.say_in_group(said, GROUP)

    told = [m.text for m in await Parent(demo.url, GROUP).messages() if m.by_bot]
    assert told == ["Je réponds uniquement en conversation privée."]
    await phone.say("/accueil")
    assert "Jean-Paul" in await phone.text()
