"""Connected devices (A9)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.accounts.errors import SessionIdle
from domain.accounts.model import SessionId
from domain.accounts.service import Identify
from domain.accounts.structures import ListStructures, SwitchStructure
from domain.activities.model import StructureId
from domain.errors import NotFound
from domain.families.model import GuardianId
from domain.sessions.model import Ended, Event
from domain.sessions.service import DELETABLE, EndDevice, ListDevices, LogOut, RememberMessage
from tests.builders import NOW, TOWN, catalogue
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown

PHONE, TABLET, OTHERS = 700, 701, 702


class Stage:
    def __init__(self) -> None:
        one = catalogue()
        school = replace(one.structures[TOWN], id=StructureId(2), name="École de musique")
        both = replace(one, structures={**one.structures, school.id: school})
        data = TownData(both)
        for family in (1, 2):
            data.family(family, guardians=[family])
        self.town, self.now = FakeTown(data), NOW
        self.remember = RememberMessage(self.town.sessions, self.clock)
        self.end_device = EndDevice(self.town.sessions, self.clock)
        self.switch = SwitchStructure(self.town.accounts)

    def clock(self):
        return self.now

    async def connect(self, guardian: int, user: int):
        await self.town.accounts.write(
            lambda tx: tx.open_session(GuardianId(guardian), TOWN, user, self.now)
        )
        return await self.who(user)

    async def who(self, user: int):
        return await self.town.accounts.read(lambda tx: tx.identity(user))


@pytest.fixture
def stage():
    return Stage()


async def test_the_device_that_asks_is_marked(stage):
    phone = await stage.connect(1, PHONE)
    await stage.connect(1, TABLET)
    await stage.connect(2, OTHERS)

    devices = await ListDevices(stage.town.sessions)(phone)

    assert [(d.session_id == phone.session_id, d.is_this) for d in devices] == [
        (False, False),
        (True, True),
    ]


async def test_logging_out_answers_what_can_still_be_deleted(stage):
    phone = await stage.connect(1, PHONE)
    await stage.remember(PHONE, 1)
    stage.now += DELETABLE + timedelta(minutes=1)
    await stage.remember(PHONE, 2)

    ended = await LogOut(stage.end_device)(phone)

    assert ended == Ended(PHONE, (2,))
    assert await stage.who(PHONE) is None


async def test_another_device_is_ended_and_the_one_that_asks_goes_on(stage):
    phone, tablet = await stage.connect(1, PHONE), await stage.connect(1, TABLET)
    await stage.remember(TABLET, 9)

    ended = await stage.end_device(phone, tablet.session_id)

    assert ended == Ended(TABLET, (9,))
    assert await stage.who(TABLET) is None
    assert await stage.who(PHONE) is not None


async def test_ending_a_device_twice_answers_and_changes_no_more(stage):
    phone, tablet = await stage.connect(1, PHONE), await stage.connect(1, TABLET)
    await stage.end_device(phone, tablet.session_id)

    assert await stage.end_device(phone, tablet.session_id) == Ended(TABLET)


@pytest.mark.parametrize("session", ["theirs", "nobody's"])
async def test_a_device_that_is_not_theirs_does_not_exist(stage, session):
    phone, other = await stage.connect(1, PHONE), await stage.connect(2, OTHERS)
    wanted = other.session_id if session == "theirs" else SessionId(99)

    with pytest.raises(NotFound):
        await stage.end_device(phone, wanted)

    assert await stage.who(OTHERS) is not None


async def test_the_audit_log_tells_which_session_ended_which(stage):
    phone, tablet = await stage.connect(1, PHONE), await stage.connect(1, TABLET)

    await stage.end_device(phone, tablet.session_id)

    (entry,) = stage.town.data.audit.values()
    assert (entry.what, entry.guardian_id) == (Event.ENDED, 1)
    assert entry.details == {"session": tablet.session_id, "by": phone.session_id}


async def test_a_guardian_goes_to_another_structure_of_theirs_and_back(stage):
    phone = await stage.connect(1, PHONE)

    await stage.switch(phone, StructureId(2))
    there = await stage.who(PHONE)
    await stage.switch(there, TOWN)

    back = await stage.who(PHONE)
    assert (there.structure_id, back.structure_id) == (2, TOWN)
    assert there.draft_id != back.draft_id == phone.draft_id


async def test_a_structure_that_is_not_theirs_is_refused(stage):
    phone = await stage.connect(1, PHONE)

    with pytest.raises(NotFound):
        await stage.switch(phone, StructureId(3))

    assert (await stage.who(PHONE)).structure_id == TOWN


async def test_the_structures_come_with_their_names(stage):
    phone = await stage.connect(1, PHONE)

    found = await ListStructures(stage.town.accounts, stage.town.catalogues)(phone)

    assert [one.name for one in found] == ["Mairie de CarteVille", "École de musique"]


async def test_a_session_that_sat_idle_ends_and_says_so_once(stage):
    await stage.connect(1, PHONE)
    identify = Identify(stage.town.accounts, stage.clock, idle=timedelta(days=30))
    stage.now += timedelta(days=31)

    with pytest.raises(SessionIdle):
        await identify(PHONE)

    assert await identify(PHONE) is None
