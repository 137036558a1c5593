"""Issue 6: a town from its filled workbook to an answer that a parent reads, without a sample.

One story: imported, its parents let in by their letters, told something among a block, a 429, a
connection that is cut and an answer that never comes, a day asked for, handed over by night,
answered by the town's other software. The bot is restarted while the announcement is leaving.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from bot.import_template import write_template
from bot.letters import Letters, file_name
from bot.playground.clock import ShiftableClock
from bot.playground.faults import Fault
from bot.playground.server import HOST, Playground
from bot.settings import only
from bot.town.imports import import_town
from bot.wiring import Application
from domain.accounts.inviting import Invite, ListForLetters
from domain.staff.model import Role
from domain.staff.office import InviteStaff
from tests.driver import Parent
from tests.e2e.small_town import TOWN, Household, fill
from tests.e2e.town import NOW
from tests.exchange.back_office import BackOffice

AGNES = 800_000_100
OWN = "le tracteur bleu de mamie"
WEDNESDAY = date(2026, 12, 9)
BLOCKED, HELD, CUT, SILENT, NEVER_CAME = TOWN[1], TOWN[2], TOWN[3], TOWN[11], TOWN[12]
CONNECTED = TOWN[:12]
PATIENCE = 20.0
A_LEASE = timedelta(minutes=6)
SAID = "Cantine fermée jeudi\nPrévoyez un pique-nique."


class Valbois:
    """The playground, the bot that runs before it, and the town's other software."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ShiftableClock.frozen(NOW)
        self.playground = Playground(clock=self.clock)
        self.back_office = BackOffice(folder / "exchange")

    async def open(self) -> None:
        self.application = Application(self._settings(), clock=self.clock)
        await self.application.start()

    async def restart(self) -> None:
        await self.application.stop()
        await self.open()

    async def later(self, instant: datetime) -> None:
        """Whatever that hour brings is done when this returns."""
        await self.clock.jump(instant)
        await self.application.catch_up()

    def got(self, one: Household, words: str) -> int:
        messages = self.playground.world.chats[one.person].visible
        return sum(message.by_bot and words in str(message.body) for message in messages)

    def _settings(self):
        return only(
            bot_token=self.playground.token,
            api_url=self.playground.url,
            database_url=f"sqlite+aiosqlite:///{self.folder / 'cartable.db'}",
            key_file=self.folder / "cartable.key",
            exchange_dir=self.folder / "exchange",
            smtp_host=HOST,
            smtp_port=self.playground.smtp_port,
            smtp_security="none",
        )


@pytest.fixture
async def valbois(tmp_path: Path) -> AsyncIterator[Valbois]:
    town = Valbois(tmp_path)
    await town.playground.start()
    for one in TOWN:
        town.playground.add_person(one.person, one.first_name, last_name=one.last_name)
    town.playground.add_person(AGNES, "Agnès", last_name="Martin")
    await town.open()
    yield town
    await town.application.stop()
    await town.playground.stop()


async def test_a_town_is_imported_told_something_and_answered(valbois: Valbois) -> None:
    await imported(valbois)
    agnes = await invited(valbois)
    await let_in(valbois)

    await announced(valbois, agnes)
    await asked_handed_over_and_answered(valbois)


async def imported(valbois: Valbois) -> None:
    """Dry, then for good, then again: three times the same workbook."""
    path = valbois.folder / "valbois.xlsx"
    write_template(path, valbois.application.texts("fr"))
    fill(path)
    importing = import_town(valbois.application.town)

    tried = await importing(path, dry_run=True)
    done = await importing(path, dry_run=False)
    again = await importing(path, dry_run=False)

    assert (tried.problems, tried.applied) == ((), False)
    assert done.applied
    assert done.total == tried.total
    assert done.total.new > 5 * len(TOWN)
    assert (again.total.new, again.total.changed) == (0, 0)
    assert again.total.unchanged == done.total.new


async def invited(valbois: Valbois) -> Parent:
    town = valbois.application.town
    (hall,) = (await town.catalogues()).structures
    invitation = await InviteStaff(town.staff, town.clock)("Agnès Martin", Role.AGENT, (hall,))
    agnes = Parent(valbois.playground.url, AGNES)
    await agnes.start(invitation.token)
    return agnes


async def let_in(valbois: Valbois) -> None:
    """By the code on each letter; one family leaves theirs unopened."""
    application, folder = valbois.application, valbois.folder / "letters"
    town = application.town
    folder.mkdir()
    invite = Invite(town.access, town.passwords, town.clock)
    letters = Letters(invite, application.links, application.texts, town.print_paper)
    whom = await ListForLetters(town.access, town.clock)(everybody=False)

    written = await letters.write_all(whom, folder)

    assert written == len(TOWN)
    await asyncio.gather(*(opened(valbois, one, folder) for one in CONNECTED))


async def opened(valbois: Valbois, one: Household, folder: Path) -> None:
    parent = Parent(valbois.playground.url, one.person)
    await parent.start(scanned(folder / file_name(one.identifier)))
    await parent.say(OWN)
    await parent.say(OWN)
    await parent.until(lambda shown: shown.has("Réserver"))


def scanned(pdf: Path) -> str:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    (code,) = zxingcpp.read_barcodes(page)
    return code.text.partition("?start=")[2]


async def announced(valbois: Valbois, agnes: Parent) -> None:
    """Everybody who can be reached has it once; who cannot is named, and mailed."""
    faults = valbois.playground.world.faults
    await Parent(valbois.playground.url, BLOCKED.person).block()
    faults.plan(Fault("sendMessage", "429", chat=HELD.person))
    faults.plan(Fault("sendMessage", "reset", chat=CUT.person))
    faults.plan(Fault("sendMessage", "timeout_after_accept", chat=SILENT.person))
    await agnes.press("Annonces")
    await agnes.press("Nouvelle annonce")
    await agnes.say(SAID)
    await agnes.press("Aperçu et envoi")
    await agnes.press("Envoyer à 13 familles")
    assert await valbois.playground.world.pulse.until(
        lambda: valbois.got(SILENT, "pique-nique") == 1, PATIENCE
    )
    waits = valbois.got(HELD, "pique-nique")
    await valbois.restart()  # whose answer never comes is waited for, and given up
    await valbois.later(NOW + A_LEASE)

    await agnes.press("Détails")
    told = (await agnes.screen()).text
    first = copies(valbois)
    await agnes.press("Renvoyer aux incertains (2)")
    await agnes.press("Renvoyer à 2 conversations")
    await valbois.application.catch_up()
    await agnes.press("Annonces")
    await agnes.press("Cantine fermée jeudi")
    await agnes.press("Qui n'a pas été joint (2)")
    missed = (await agnes.until(lambda shown: "CHEVALIER" in shown.text)).text

    once = {one.number: 1 for one in CONNECTED}
    assert waits == 0
    for line in (
        "✓ Remise : 9",
        "⊘ Ont bloqué la mairie : 1",
        "? Incertain, pas renvoyé d'office : 2",
        "○ Pas connectés : 1",
    ):
        assert line in told
    assert first == once | {BLOCKED.number: 0, CUT.number: 0}
    assert copies(valbois) == once | {BLOCKED.number: 0, SILENT.number: 2}  # as the screen warned
    calls = valbois.playground.world.journal.calls("sendMessage", HELD.person)
    assert [call.status for call in calls[-2:]] == [429, 200]
    assert "CHEVALIER Bruno : a bloqué la mairie. Mail envoyé" in missed
    assert "NORMAND Marc : pas connecté. Mail envoyé" in missed
    mailed = [mail.to for mail in valbois.playground.mailbox.mails if "pique-nique" in mail.text]
    assert sorted(mailed) == [["chevalier@exemple.fr"], ["normand@exemple.fr"]]


def copies(valbois: Valbois) -> dict[int, int]:
    return {one.number: valbois.got(one, "pique-nique") for one in CONNECTED}


async def asked_handed_over_and_answered(valbois: Valbois) -> None:
    one, office = TOWN[0], valbois.back_office
    parent = Parent(valbois.playground.url, one.person)
    await parent.say("/reserver")
    await parent.press("Mercredi loisirs")
    await parent.press("›", exact=True)
    await parent.press(f"{WEDNESDAY.day}")
    await parent.press("Vérifier mes demandes")
    await parent.press("Valider")
    asked = (await parent.screen()).text

    await valbois.later(valbois.clock.tonight())
    office.take()  # with the empty one of last night, where that had not been done before
    (key,) = office.pending()
    office.send(
        answers=[office.answer(key, "accepted")],
        payments=[payment("P1", 30)],
        wallets=[wallet("50.00", date(2026, 11, 24))],
    )
    await valbois.later(valbois.clock.now() + timedelta(hours=5))

    assert "En attente de réponse" in asked
    assert key[1] == WEDNESDAY.isoformat()
    assert list(office.kinds.values()) == [1]
    await parent.until(lambda shown: "La mairie a accepté votre demande." in shown.text)
    await parent.say("/reserver")
    await parent.press("Mercredi loisirs")
    await parent.press("›", exact=True)
    assert (await parent.screen()).has(f"{WEDNESDAY.day}✓")
    await parent.say("/solde")
    assert "Solde 50,00" in (await parent.screen()).text
    await parent.press("Règlements")
    assert "30,00" in (await parent.screen()).text


OWNER = {"family": "F1", "structure": "VAL", "wallet": "Périscolaire"}


def payment(code: str, amount: int) -> dict[str, object]:
    return {"code": code, **OWNER, "day": "2026-11-24", "amount": amount, "mode": "CB"}


def wallet(balance: str, on: date) -> dict[str, object]:
    return {**OWNER, "balance": balance, "on": on.isoformat()}
