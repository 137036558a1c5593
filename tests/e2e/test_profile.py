"""Devices, structures, separated parents, addresses and alerts, over HTTP (A9, A11, H1-H3, N7)."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import update

from bot.demo import Demo
from domain.calendar.model import PARIS
from storage.schema import wallet
from tests.driver import Parent
from tests.e2e.town import ALLARD, BELKACEM, CASIMIR, DUPONT, HADDAD, MOREAU, NOW, logged_in

PASSWORD = "trois-petits-chats"


async def dupont(demo: Demo, person: int = DUPONT) -> Parent:
    return await logged_in(demo, person, "DUPONT1", PASSWORD)


async def written(parent: Parent) -> str:
    """All that is left in the chat."""
    return "\n".join(message.text for message in await parent.messages())


def mails_to(demo: Demo, address: str) -> list[str]:
    return [mail.text for mail in demo.playground.mailbox.mails if address in mail.to]


# -- devices -----------------------------------------------------------------------------------
async def test_logging_out_wipes_its_screens_and_says_one_sentence(demo: Demo):
    phone = await dupont(demo)
    await phone.say("/suivi")
    await phone.say("/reserver")

    await phone.say("/logout")

    left = [message.text for message in await phone.messages() if message.by_bot]
    assert "Vous êtes déconnecté(e)" in left[-1]
    assert "Paolo" not in await written(phone)
    assert "DUPONT" not in "\n".join(left)


async def test_one_of_two_devices_ends_the_other_and_takes_its_screens_away(demo: Demo):
    tablet = await dupont(demo, CASIMIR)
    await tablet.say("/reserver")
    phone = await dupont(demo)

    await phone.say("/appareils")
    listed = await phone.text()
    await phone.press("Terminer cette connexion")

    assert listed.count("Cet appareil") == listed.count("Autre compte Telegram") == 1
    assert "Cette connexion est terminée" in await phone.text()
    assert "Paolo" not in await written(tablet)
    await tablet.say("/accueil")
    assert "Jean-Paul" not in await tablet.text()
    await phone.say("/accueil")
    assert "Jean-Paul" in await phone.text()


async def test_a_screen_older_than_telegram_deletes_stays(demo: Demo):
    phone = await dupont(demo)
    old = (await phone.screen()).message_id
    await demo.playground.clock.jump(NOW + timedelta(hours=49))
    await phone.say("/reserver")
    young = (await phone.screen()).message_id

    await phone.say("/logout")

    left = {message.message_id for message in await phone.messages()}
    assert old in left
    assert young not in left


async def test_a_session_that_sat_idle_is_told_why_it_must_log_in_again(demo: Demo):
    phone = await dupont(demo)
    await demo.playground.clock.jump(NOW + timedelta(days=31))

    await phone.say("/accueil")

    assert "pour protéger vos données" in await written(phone)
    assert (await phone.screen()).has("Se connecter")


# -- structures --------------------------------------------------------------------------------
async def test_every_screen_is_that_of_the_structure_chosen(demo: Demo):
    phone = await dupont(demo)
    await phone.say("/structure")
    await phone.press("École de musique")
    home = await phone.text()

    await phone.say("/reserver")
    await phone.press("Amalia")
    activities = await phone.screen()
    await phone.say("/profil")
    profile = await phone.text()
    await phone.say("/suivi")
    follow_up = await phone.text()
    await phone.press_data("m:1:1:20261201")  # a calendar of the town hall, from before

    assert home.startswith("École de musique")
    assert activities.has("Éveil musical")
    assert not activities.has("Restauration Scolaire")
    assert profile.startswith("École de musique")
    assert follow_up.startswith("École de musique")
    assert "Restauration Scolaire" not in follow_up
    assert "n'existe pas" in await phone.text()


async def test_each_structure_has_a_draft_of_its_own(demo: Demo):
    phone = await dupont(demo)
    await phone.say("/reserver")
    await phone.press("Amalia")
    await phone.press("Restauration Scolaire")
    await phone.press("›", exact=True)
    await phone.press("▦+")

    await phone.say("/structure")
    await phone.press("École de musique")
    elsewhere = await phone.screen()
    await phone.press("Changer de structure")
    await phone.press("Mairie de CarteVille")

    assert not elsewhere.has("Vérifier mes demandes")
    assert (await phone.screen()).has("Vérifier mes demandes")


# -- separated parents ---------------------------------------------------------------------------
async def test_two_guardians_of_a_family_see_who_asked(demo: Demo):
    samir = await logged_in(demo, BELKACEM)
    await book_a_canteen_day(samir, "Leyah")
    ines = await logged_in(demo, MOREAU)

    told = await follow_up_of(ines)

    assert "demandée par Samir" in told
    assert "demandée par Inès" in told


async def follow_up_of(parent: Parent) -> str:
    await parent.say("/suivi")
    pages = [await parent.text()]
    while (await parent.screen()).has("›"):
        await parent.press("›", exact=True)
        pages.append(await parent.text())
    return "\n".join(pages)


async def book_a_canteen_day(parent: Parent, child: str) -> str:
    """The first day that is free in the month after the next; its number."""
    await parent.say("/reserver")
    screen = await parent.screen()
    if screen.has(child):
        await parent.press(child)
    await parent.press("Restauration Scolaire")
    for _ in range(2):
        await parent.press("›", exact=True)
    labels = [label for row in (await parent.screen()).rows[1:] for label in row]
    day = next(re.match(r"\d+", x).group() for x in labels if re.fullmatch(r"\d+[₀-₉]*", x))
    await parent.press(next(x for x in labels if re.fullmatch(rf"{day}[₀-₉]*", x)), exact=True)
    await parent.press("Vérifier mes demandes")
    await parent.press("Valider")
    return day


async def settle_debts(demo: Demo) -> None:
    """Hers would keep her from the calendars (B1)."""
    await demo.application.database.write(
        lambda c: c.execute(update(wallet).values(balance=Decimal(0)))
    )


async def test_the_other_household_sees_a_taken_day_and_nothing_else(demo: Demo):
    father = await logged_in(demo, ALLARD)
    day = await book_a_canteen_day(father, "Antonin")
    mother = await logged_in(demo, HADDAD)

    follow_up = await follow_up_of(mother)
    await settle_debts(demo)
    await mother.say("/reserver")
    await mother.press("Restauration Scolaire")
    for _ in range(2):
        await mother.press("›", exact=True)
    month = await mother.screen()
    await mother.press(f"{day}*", exact=True)
    refused = await mother.screen()

    assert "aucune réservation" in follow_up
    assert "* : déjà demandé par l'autre foyer" in month.text
    assert "Bruno" not in month.text + refused.text
    assert "déjà demandée par l'autre foyer de l'enfant" in refused.text
    assert not refused.has("Vérifier mes demandes")


# -- home --------------------------------------------------------------------------------------
async def test_home_says_what_the_town_says_and_sends_its_picture(demo: Demo):
    phone = await dupont(demo)
    home = await phone.screen()

    await phone.press("Voir le document : Fête de l'école")

    sent = (await phone.messages())[-1]
    assert "fermeture" in home.text
    assert sent.kind == "photo"
    assert "Fête de l'école" in sent.text


async def test_an_activitys_news_reach_the_families_enrolled_and_are_read_whole(demo: Demo):
    phone = await dupont(demo)  # Amalia goes to the circus
    rival = await logged_in(demo, CASIMIR)

    await phone.press("Toutes les informations")
    await phone.press("Atelier Cirque")
    whole = await phone.text()

    assert "à pied ou à vélo" in whole
    assert "Atelier Cirque" not in await rival.text()
    assert not (await rival.screen()).has("Toutes les informations")


async def test_a_negative_wallet_is_on_the_to_do(demo: Demo):
    mother = await logged_in(demo, HADDAD)

    assert "Solde négatif : Services Scolaires et ALSH, −12,40" in await mother.text()


# -- addresses ---------------------------------------------------------------------------------
OLD, NEW = "jean-paul.dupont@example.org", "jp@nouvelle.example.org"


async def new_address(demo: Demo, phone: Parent) -> None:
    await phone.say("/profil")
    await phone.press("Adresses de messagerie")
    await phone.press("Modifier mes adresses")
    await phone.say(PASSWORD)
    await phone.say(f"{OLD}; {NEW}")
    await demo.application.courier.drain()


async def test_a_new_address_is_proved_by_the_code_that_was_mailed_to_it(demo: Demo):
    phone = await dupont(demo)
    await new_address(demo, phone)
    (mail,) = mails_to(demo, NEW)
    code = re.search(r"\b[A-Z2-9]{8}\b", mail).group()

    await phone.say(code.lower())
    await demo.application.courier.drain()

    assert "2. jp•••@nouvelle.example.org" in await phone.text()
    assert "Jean-Paul" not in mail  # whose address it is was not proved
    assert any("viennent d'être modifiées" in told for told in mails_to(demo, OLD))
    assert any("viennent d'être modifiées" in told for told in mails_to(demo, NEW))


async def test_nothing_secret_stays_in_the_chat(demo: Demo):
    phone = await dupont(demo)
    await new_address(demo, phone)
    code = re.search(r"\b[A-Z2-9]{8}\b", mails_to(demo, NEW)[0]).group()
    await phone.say(code)

    left = await written(phone)

    assert [secret for secret in (PASSWORD, OLD, NEW, code) if secret in left] == []


async def test_a_wrong_password_changes_no_address(demo: Demo):
    phone = await dupont(demo)
    await phone.say("/profil")
    await phone.press("Adresses de messagerie")
    await phone.press("Modifier mes adresses")

    await phone.say("pas-le-bon-mot-de-passe")

    assert "Ce n'est pas votre mot de passe" in await phone.text()


# -- alerts ------------------------------------------------------------------------------------
async def test_the_nights_report_waits_for_the_end_of_the_quiet_hours(demo: Demo):
    phone = await dupont(demo)
    await book_a_canteen_day(phone, "Amalia")
    await phone.say("/profil")
    await phone.press("Heures calmes")
    await phone.press("22:00", exact=True)
    await phone.press("07:00", exact=True)
    clock = demo.playground.clock

    await clock.jump(clock.tonight())
    at_night = await written(phone)
    mails = mails_to(demo, OLD)
    await clock.jump(datetime(2026, 11, 24, 7, tzinfo=PARIS))

    assert "nouvelle demande de réservation" not in at_night
    assert any("nouvelle demande de réservation" in mail for mail in mails)
    assert "nouvelle demande de réservation" in await written(phone)


async def test_a_report_that_is_not_wanted_by_mail_comes_by_telegram_alone(demo: Demo):
    phone = await dupont(demo)
    await book_a_canteen_day(phone, "Amalia")
    await phone.say("/profil")
    await phone.press("Alertes")
    await phone.press("7 ✓ mail")
    switched = await phone.screen()

    await demo.playground.clock.jump(demo.playground.clock.tonight())

    assert switched.has("7 ✗ mail")
    assert not any("nouvelle demande de réservation" in mail for mail in mails_to(demo, OLD))
    assert "nouvelle demande de réservation" in await written(phone)
