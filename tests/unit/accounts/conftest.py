"""Two guardians who log in by DUPONT1 and DUPONT2, a clock that is set by hand, fakes behind."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.accounts.access import AccessTx
from domain.accounts.choosing import (
    ChooseByLink,
    ChoosePassword,
    Chooser,
    ConfirmByLink,
    ConfirmPassword,
)
from domain.accounts.forgetting import AskReset
from domain.accounts.inviting import Invite
from domain.accounts.links import OpenLink
from domain.accounts.login import LogIn
from domain.families.model import GuardianId
from domain.work import Transaction
from tests.fakes.accounts import FakePasswords
from tests.fakes.town import FakeTown
from tests.storage.towns import NOW, town

FATHER, MOTHER = GuardianId(1), GuardianId(2)
PHONE, TABLET, THIEF = 700_000_001, 700_000_002, 700_000_003
SECRET, OWN = "trois-petits-chats", "le tracteur bleu de mamie"


class Office:
    """Every use case of access over one town."""

    def __init__(self) -> None:
        data = town(children=2)
        for guardian in (FATHER, MOTHER):
            data.login(guardian, f"DUPONT{guardian}", f"hash of {SECRET}")
            known = data.guardians[guardian]
            emails = (f"dupont{guardian}@example.org",)
            data.guardians[guardian] = replace(known, emails=emails)
        self.town, self.data = FakeTown(data), data
        self.passwords = FakePasswords()
        self.access: Transaction[AccessTx] = self.town.access
        self.now: datetime = NOW
        self.tokens: list[str] = []

    def clock(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def new_token(self) -> str:
        self.tokens.append(f"token-{len(self.tokens)}".ljust(32, "x"))
        return self.tokens[-1]

    async def log_in(self, identifier="DUPONT1", password=SECRET, user=PHONE):
        return await LogIn(self.access, self.passwords, self.clock)(identifier, password, user)

    async def open(self, token, user=PHONE, connected=None):
        return await OpenLink(self.access, self.clock)(token, user, connected)

    async def ask_reset(self, identifier="DUPONT1", address="dupont1@example.org", user=PHONE):
        ask = AskReset(self.access, self.clock, self.new_token)
        await ask(identifier, address, user)
        return self.tokens[-1]

    async def invite(self, guardian=FATHER, deliver=None):
        """Answers the letter."""
        letters = []

        async def keep(letter):
            letters.append(letter)

        invite = Invite(self.access, self.passwords, self.clock, new_token=self.new_token)
        await invite(guardian, deliver or keep)
        return letters[0] if letters else None

    async def change(self, who, password=OWN, again=None):
        await ChoosePassword(self.chooser)(who, password)
        return await ConfirmPassword(self.chooser)(who, again or password)

    async def change_by_link(self, link, password=OWN, user=PHONE):
        await ChooseByLink(self.chooser)(link, user, password)
        await ConfirmByLink(self.chooser)(link, user, password)

    @property
    def chooser(self) -> Chooser:
        return Chooser(self.access, self.passwords, {"azerty"}.__contains__, self.clock)

    @property
    def told(self):
        return [(n.kind, n.channel, n.guardian_id) for n in self.town.notices]

    @property
    def noted(self):
        return [(entry.what, entry.guardian_id) for entry in self.data.audit.values()]


@pytest.fixture
def office() -> Office:
    return Office()
