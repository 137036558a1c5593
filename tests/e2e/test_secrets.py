"""A2, A12, O3: after a whole story, no secret is where it must not be: in the log, in the steps of
conversations, in the database's own bytes, in what the chat still shows.
"""

import io
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select

from bot import logs
from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from storage.schema import fsm
from tests.driver import Parent
from tests.e2e.town import BELKACEM, DUPONT, LENOIR, NOW, ROUSSEAU

CHOSEN, RENEWED = "le tracteur bleu de mamie", "quatre pommes et un couteau"
WRONG = "pas-le-bon-mot-de-passe"
PASSWORDS = {
    DUPONT: ("DUPONT1", "trois-petits-chats"),
    BELKACEM: ("BELKACEM1", "velo-bleu-du-dimanche"),
    ROUSSEAU: ("ROUSSEAU1", "soupe-aux-potirons"),
    LENOIR: ("LENOIR1", "lettre-jamais-ouverte"),
}
ADDRESSES = ("jean-paul.dupont@example.org", "samir.belkacem@example.org", "neuve@example.org")
CHILDRENS_NAME = "MOREAU"
"""Of the children of Samir BELKACEM, whose own name stands above his screens (A9)."""
THE_REPORT = "mouvements sur vos demandes"
"""The one message with children's last names: the guide's own words (N2)."""


@dataclass
class Story:
    """What was typed, mailed and shown; ``said`` is each chat, before and after each act."""

    demo: Demo
    log: io.StringIO
    folder: Path
    tokens: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)  # of conversations, as they were at each act
    chats: dict[int, list[str]] = field(default_factory=dict)

    @property
    def passwords(self) -> tuple[str, ...]:
        return (CHOSEN, RENEWED, WRONG, *(password for _, password in PASSWORDS.values()))

    @property
    def keys(self) -> list[str]:
        lines = (self.folder / "cartable.key").read_text().splitlines()
        return [line.partition(":")[2] for line in lines if not line.startswith("#")]

    async def look(self, parent: Parent) -> Parent:
        """Notes what is kept of the conversation, and what the chat shows, at this instant."""
        rows = await self.demo.application.database.read(
            lambda c: c.execute(select(fsm.c.state, fsm.c.data)).all()
        )
        self.steps += [repr(tuple(row)) for row in rows]
        self.chats.setdefault(parent.id, []).extend(m.text for m in await parent.messages())
        return parent

    async def log_in(self, person: int, password: str | None = None) -> Parent:
        identifier, issued = PASSWORDS[person]
        parent = Parent(self.demo.url, person)
        await parent.start()
        await parent.press("Se connecter")
        await parent.say(identifier)
        await self.look(parent)
        await parent.say(password or issued)
        return await self.look(parent)

    async def mailed(self, to: str, pattern: str) -> str:
        """What a mail to that address has of this form."""
        await self.demo.application.courier.drain()
        newest_first = sorted(self.demo.playground.mailbox.mails, key=lambda m: m.id, reverse=True)
        mails = [mail.text for mail in newest_first if to in str(mail.to)]
        return next(found[0] for found in (re.search(pattern, text) for text in mails) if found)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """At its most talkative; as it was, afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    logs.configure("json", "DEBUG", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
async def story(tmp_path: Path, log: io.StringIO) -> AsyncIterator[Story]:
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as demo:
        told = Story(demo, log, tmp_path)
        await books_and_reads_the_report(told)
        await changes_an_address_and_a_forgotten_password(told)
        await connects_for_the_first_time(told)
        await agrees_and_leaves_for_good(told)
        yield told


async def books_and_reads_the_report(told: Story) -> None:
    await told.log_in(BELKACEM, WRONG)
    samir = await told.log_in(BELKACEM)
    await samir.say("/reserver")
    for label in ("Restauration Scolaire", "›", "▦−", "Vérifier mes demandes", "Valider"):
        await samir.press(label, exact=label == "›")
        await told.look(samir)
    for command in ("/suivi", "/profil", "/appareils", "/structure", "/aide", "/accueil"):
        await samir.say(command)
    await told.look(samir)
    await told.demo.playground.clock.jump(told.demo.playground.clock.tonight())
    await samir.until(lambda shown: THE_REPORT in shown.text)
    await told.look(samir)
    await samir.say("/mes_donnees")
    await told.look(samir)
    await samir.say(PASSWORDS[BELKACEM][1])
    await told.look(samir)


async def changes_an_address_and_a_forgotten_password(told: Story) -> None:
    phone = await told.log_in(DUPONT)
    await phone.say("/profil")
    await phone.press("Adresses de messagerie")
    await phone.press("Modifier mes adresses")
    await phone.say(PASSWORDS[DUPONT][1])
    await phone.say(f"{ADDRESSES[0]}; {ADDRESSES[2]}")
    told.codes.append(await told.mailed(ADDRESSES[2], r"\b[A-Z2-9]{8}\b"))
    await told.look(phone)
    await phone.say(told.codes[-1])
    await told.look(phone)
    await phone.say("/logout")
    await phone.start()
    await phone.press("Se connecter")
    await phone.press("Mot de passe oublié")
    await phone.say("DUPONT1")
    await phone.say(ADDRESSES[0])
    told.tokens.append((await told.mailed(ADDRESSES[0], r"start=[\w-]+")).partition("=")[2])
    await phone.start(told.tokens[-1])
    for _ in range(2):
        await told.look(phone)
        await phone.say(RENEWED)
    await told.look(phone)


async def connects_for_the_first_time(told: Story) -> None:
    paul = await told.log_in(LENOIR)
    for _ in range(2):
        await paul.say(CHOSEN)
        await told.look(paul)


async def agrees_and_leaves_for_good(told: Story) -> None:
    julie = await told.log_in(ROUSSEAU)
    await julie.say("/effacer")
    await julie.press("Continuer vers l'effacement")
    await told.look(julie)
    await julie.say(PASSWORDS[ROUSSEAU][1])
    await told.look(julie)
    await told.demo.application.catch_up()


def found(words: Iterator[str] | tuple[str, ...] | list[str], text: str) -> list[str]:
    return [word for word in words if word.lower() in text.lower()]


async def test_no_secret_is_where_it_must_not_be(story: Story) -> None:
    """One story, told once: it takes a while."""
    secrets = [*story.passwords, *story.tokens, *story.codes, *story.keys]
    people = [*ADDRESSES, *map(str, PASSWORDS)]
    assert len(story.tokens) == len(story.codes) == 1
    in_the_log(story, secrets, people)
    in_the_steps(story, secrets, people)
    in_the_chats(story, secrets, people)
    await in_the_database(story, secrets, people)


def in_the_log(story: Story, secrets: list[str], people: list[str]) -> None:
    text = story.log.getvalue()
    names = ("Belkacem", "Leyah", "Dupont", "Lenoir", "Rousseau")

    assert '"event": "notice"' in text  # something was logged, and this is it
    assert found([*secrets, *people, *names], text) == []


def in_the_steps(story: Story, secrets: list[str], people: list[str]) -> None:
    text = "\n".join(story.steps)

    assert "Login:password" in text
    assert found([*secrets, *people], text) == []


def in_the_chats(story: Story, secrets: list[str], people: list[str]) -> None:
    """At each act, and so in what was deleted later as well, where the bot had answered."""
    samir = story.chats[BELKACEM]
    report = [said for said in samir if THE_REPORT in said]
    others = [said for said in samir if THE_REPORT not in said]
    everything = "\n".join(text for chat in story.chats.values() for text in chat)

    assert found(secrets, everything) == []
    assert found(people, everything) == []
    assert CHILDRENS_NAME in "\n".join(report).upper()
    assert found([CHILDRENS_NAME], "\n".join(others)) == []
    assert "Leyah" in "\n".join(others)


async def in_the_database(story: Story, secrets: list[str], people: list[str]) -> None:
    """The file and its journal, byte by byte, before anything is folded or cleaned."""
    kept = b"".join(path.read_bytes() for path in story.folder.glob("cartable.db*"))
    text = kept.decode("utf-8", errors="ignore") + kept.decode("latin-1")
    names = (CHILDRENS_NAME, "Leyah", "Belkacem", "Lenoir", "DUPONT1")

    assert "Restauration Scolaire" in text
    assert found([*secrets, *people, *names], text) == []
