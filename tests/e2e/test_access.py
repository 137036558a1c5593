"""A2-A4, A7, A8 over HTTP: from the letter to a chosen password, and back after forgetting it."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from bot.demo import Demo
from tests.driver import Parent
from tests.e2e.town import CASIMIR, DUPONT, LENOIR, NOW, STRANGER, logged_in

OWN = "le tracteur bleu de mamie"
NEXT = "quatre pommes et un couteau"


@pytest.fixture
def letter(demo: Demo, tmp_path: Path) -> Path:
    return tmp_path / "letters" / "lettre-LENOIR1.pdf"


def scanned(pdf: Path) -> str:
    """What a phone reads on the paper."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    return code.text


def written(pdf: Path) -> str:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()


def payload(link: str) -> str:
    name, token = re.fullmatch(r"https://t\.me/(\w+)\?start=([\w-]+)", link).groups()
    assert name == "cartable_bot"
    return token


async def ask_reset(parent: Parent, identifier: str, address: str) -> str:
    await parent.start()
    await parent.press("Se connecter")
    await parent.press("Mot de passe oublié")
    await parent.say(identifier)
    await parent.say(address)
    return await parent.text()


async def mails(demo: Demo, to: str, subject: str):
    await demo.application.courier.drain()
    return [m for m in demo.playground.mailbox.mails if to in str(m.to) and subject in m.subject]


async def reset_link(demo: Demo, to: str) -> str:
    newest = max(await mails(demo, to, "nouveau mot de passe"), key=lambda mail: mail.id)
    (link,) = re.findall(r"https://t\.me/\S+", newest.text)
    assert f'href="{link}"' in newest.html
    return payload(link)


# -- the letter --------------------------------------------------------------------------------
async def test_from_the_paper_letter_to_a_chosen_password_to_home(demo: Demo, letter: Path):
    """A3, A4."""
    paul = Parent(demo.url, LENOIR)

    await paul.start(payload(scanned(letter)))
    gate = await paul.text()
    await paul.say("jade")
    judged = await paul.text()
    await paul.say(OWN)
    again = await paul.text()
    await demo.restart_bot()  # between the two times
    await paul.say(OWN)

    home = await paul.text()
    assert "Bonjour Paul, vous êtes connecté(e)." in gate
    assert "12 caractères au moins" in gate
    assert "✗ 12 caractères au moins" in judged
    assert "✗ sans votre nom" in judged
    assert "✓ différent du mot de passe actuel" in judged
    assert "une seconde fois" in again
    assert "Le mot de passe a bien été enregistré." in home
    assert "Paul LENOIR" in home


async def test_the_letter_tells_all_that_is_needed_without_the_code(demo: Demo, letter: Path):
    said = " ".join(written(letter).split())

    assert "M. LENOIR Paul" in said
    assert "LENOIR1" in said
    assert "lettre-jamais-ouverte" in said
    assert "@cartable_bot" in said
    assert "Toutes les démarches restent possibles en mairie" in said


def test_nobody_else_may_read_the_letters_file(demo: Demo, letter: Path):
    assert letter.stat().st_mode & 0o777 == 0o600


async def test_nothing_else_works_before_the_password_is_chosen(demo: Demo, letter: Path):
    paul = Parent(demo.url, LENOIR)
    await paul.start(payload(scanned(letter)))

    for command in ("/reserver", "/suivi", "/accueil", "/start"):
        await paul.say(command)

        assert "Choisissez votre mot de passe" in await paul.text()
    await paul.press_data("c")
    assert "Choisissez votre mot de passe" in await paul.text()


async def test_the_temporary_password_leads_to_the_same_gate(demo: Demo):
    paul = await logged_in(demo, LENOIR)

    assert "Choisissez votre mot de passe" in await paul.text()
    await paul.press("Langue")
    await paul.press("English")
    assert "Choose your password" in await paul.text()


async def test_the_chosen_password_works_and_the_temporary_one_no_more(demo: Demo, letter: Path):
    paul = Parent(demo.url, LENOIR)
    await paul.start(payload(scanned(letter)))
    await paul.say(OWN)
    await paul.say(OWN)
    await paul.say("/logout")

    old = await logged_in(demo, LENOIR)
    refused = await old.text()
    await logged_in(demo, LENOIR, "lenoir1", OWN)

    assert "n'est pas le bon" in refused
    assert "Paul LENOIR" in await paul.text()


async def test_no_password_and_no_link_stays_in_the_chat(demo: Demo, letter: Path):
    token = payload(scanned(letter))
    paul = Parent(demo.url, LENOIR)
    await paul.start(token)
    await paul.say(OWN)
    await paul.say(OWN)

    chat = "".join(message.text for message in await paul.messages())
    assert OWN not in chat
    assert token not in chat


async def test_an_expired_letter_is_told_only_to_who_knows_its_password(demo: Demo, letter: Path):
    await demo.playground.clock.jump(NOW + timedelta(days=31))

    paul = await logged_in(demo, LENOIR)
    knows = await paul.text()
    await paul.press("Changer d'identifiant")
    await paul.say("LENOIR1")
    await paul.say("autre chose")
    guesses = await paul.text()
    await paul.start(payload(scanned(letter)))

    assert "a expiré. Demandez une nouvelle lettre" in knows
    assert "n'est pas le bon" in guesses
    assert "Ce lien ne permet pas ou plus d'entrer" in await paul.text()


# -- every refusal of a link -------------------------------------------------------------------
async def test_links_that_do_not_let_in_get_one_sentence(demo: Demo, letter: Path):
    token = payload(scanned(letter))
    paul, other = Parent(demo.url, LENOIR), Parent(demo.url, STRANGER)
    await paul.start(token)
    told = set()

    for wrong in (token, token[:-1], token.swapcase()):
        await other.start(wrong)
        told.add(await other.text())

    assert len(told) == 1
    assert "Ce lien ne permet pas ou plus d'entrer" in told.pop()
    await other.start("A" * 64)
    assert "Trop d'essais" in await other.text()


async def test_who_is_connected_as_another_must_leave_first_and_the_link_still_works(
    demo: Demo, letter: Path
):
    token = payload(scanned(letter))
    phone = await logged_in(demo, DUPONT)

    await phone.start(token)
    refused = await phone.text()
    await phone.press("Se déconnecter")
    await phone.start(token)

    assert "Déconnectez-vous d'abord" in refused
    assert "Bonjour Paul" in await phone.text()


async def test_a_link_opened_twice_at_once_lets_in_once(demo: Demo, letter: Path):
    token = payload(scanned(letter))
    people = [Parent(demo.url, LENOIR), Parent(demo.url, STRANGER)]

    await asyncio.gather(*(one.start(token) for one in people))

    told = sorted([await one.text() for one in people])
    assert "Bonjour Paul" in told[0]
    assert "ne permet pas ou plus" in told[1]


# -- a forgotten password ----------------------------------------------------------------------
async def test_a_forgotten_password_is_chosen_anew_by_mail(demo: Demo):
    """A7: over the real SMTP."""
    nadia = await logged_in(demo, CASIMIR)
    phone = Parent(demo.url, STRANGER)

    asked = await ask_reset(phone, "casimir1", "Nadia.Casimir@example.org")
    await phone.start(await reset_link(demo, "nadia.casimir"))
    await phone.say(NEXT)
    await phone.say(NEXT)
    done = await phone.text()
    await nadia.say("/accueil")
    ended = await nadia.text()
    await phone.press("Se connecter")
    await phone.say("CASIMIR1")
    await phone.say(NEXT)

    assert "indésirables" in asked
    assert "Le mot de passe a bien été enregistré." in done
    assert "Nadia CASIMIR" not in done
    assert "Pour réserver les activités" in ended
    assert "Nadia CASIMIR" in await phone.text()
    assert await mails(demo, "nadia.casimir", "mot de passe a changé")


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("CASIMIR1", "somebody@example.org"),
        ("NOBODY", "nadia.casimir@example.org"),
        ("CASIMIR1", "x"),
    ],
)
async def test_what_does_not_match_gets_the_same_answer_and_no_mail(
    demo: Demo, identifier: str, address: str
):
    phone = Parent(demo.url, STRANGER)
    right = await ask_reset(phone, "DUPONT1", "jean-paul.dupont@example.org")

    asked = await ask_reset(phone, identifier, address)

    assert asked == right
    assert [m.subject for m in demo.playground.mailbox.mails if "casimir" in str(m.to)] == []


async def test_used_older_foreign_and_late_reset_links_are_refused(demo: Demo):
    phone, other = Parent(demo.url, STRANGER), Parent(demo.url, LENOIR)
    await ask_reset(phone, "CASIMIR1", "nadia.casimir@example.org")
    older = await reset_link(demo, "nadia.casimir")
    await ask_reset(phone, "CASIMIR1", "nadia.casimir@example.org")
    newer = await reset_link(demo, "nadia.casimir")

    await phone.start(older)
    replaced = await phone.text()
    await other.start(newer)
    foreign = await other.text()
    await demo.playground.clock.jump(NOW + timedelta(minutes=31))
    await phone.start(newer)

    assert older != newer
    for told in (replaced, foreign, await phone.text()):
        assert "Ce lien ne permet pas ou plus d'entrer" in told


async def test_a_link_that_ran_out_while_typing_changes_nothing(demo: Demo):
    phone = Parent(demo.url, STRANGER)
    await ask_reset(phone, "CASIMIR1", "nadia.casimir@example.org")
    await phone.start(await reset_link(demo, "nadia.casimir"))
    await phone.say(NEXT)

    await demo.playground.clock.jump(NOW + timedelta(minutes=31))
    await phone.say(NEXT)

    assert "ne permet pas ou plus" in await phone.text()
    nadia = await logged_in(demo, CASIMIR)
    assert "Nadia CASIMIR" in await nadia.text()


# -- guessing ----------------------------------------------------------------------------------
async def test_two_chats_guessing_at_once_are_slowed_down_then_locked_out(demo: Demo):
    """A8: connected devices and the reset still work, and the owner is told once."""
    nadia = await logged_in(demo, CASIMIR)
    thieves = [Parent(demo.url, STRANGER), Parent(demo.url, LENOIR)]
    for thief in thieves:
        await thief.start()

    async def guess(thief: Parent) -> str:
        await thief.press_data("li")
        await thief.say("CASIMIR1")
        await thief.say("gouter-de-cinq-heures")
        return await thief.text()

    told = []
    for _ in range(6):
        told += await asyncio.gather(*map(guess, thieves))
        await demo.playground.clock.jump(demo.playground.clock.now() + timedelta(hours=1))
    slowed = [await guess(thief) for thief in thieves for _ in range(2)]
    right = await logged_in(demo, DUPONT, "CASIMIR1", "gouter-de-quatre-heures")

    assert all("n'est pas le bon" in one for one in told)
    assert any("Trop d'essais" in one for one in slowed)
    assert "n'est pas le bon" in await right.text()
    alerts = [m for m in await nadia.messages() if "aucun nouvel appareil" in m.text]
    assert len(alerts) == 1
    assert len(await mails(demo, "nadia.casimir", "essais de connexion")) == 1
    await nadia.say("/accueil")
    assert "Nadia CASIMIR" in await nadia.text()
    await reset_by_mail(demo, right)
    assert "Nadia CASIMIR" in await (await logged_in(demo, DUPONT, "CASIMIR1", NEXT)).text()


async def reset_by_mail(demo: Demo, phone: Parent) -> None:
    await ask_reset(phone, "CASIMIR1", "nadia.casimir@example.org")
    await phone.start(await reset_link(demo, "nadia.casimir"))
    await phone.say(NEXT)
    await phone.say(NEXT)


async def test_a_new_device_is_told_to_the_others_and_by_mail(demo: Demo):
    nadia = await logged_in(demo, CASIMIR)

    other = await logged_in(demo, STRANGER, "CASIMIR1", "gouter-de-quatre-heures")
    await demo.application.courier.drain()

    told = [m.text for m in await nadia.messages() if "s'est connecté à votre compte" in m.text]
    assert len(told) == 1
    assert not [m for m in await other.messages() if "s'est connecté à votre" in m.text]
    assert len(await mails(demo, "nadia.casimir", "Nouvelle connexion")) == 2  # hers, then his
