"""Invitations and sessions of the town's agents (S1, A9)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.accounts.errors import TooManyAttempts
from domain.activities.model import StructureId
from domain.errors import NotFound
from domain.sessions.model import Ended
from domain.sessions.service import DELETABLE, RememberMessage
from domain.staff.acts import StaffAct
from domain.staff.errors import InvitationRefused, NotAllowed, StaffSessionIdle
from domain.staff.invitations import FOR, PAYLOAD, new_token
from domain.staff.model import Role
from domain.staff.office import ChangeRole, DisableStaff, InviteStaff, ListStaff
from domain.staff.service import (
    EndStaffDevice,
    IdentifyStaff,
    ListStaffDevices,
    OpenInvitation,
    ShowStructure,
)
from tests.builders import NOW, TOWN
from tests.fakes.town import FakeTown
from tests.storage.towns import town as small_town

PHONE, TABLET, THIEF = 700, 701, 666


class Office:
    def __init__(self) -> None:
        self.now = NOW
        data = small_town()
        school = replace(data.catalogue.structures[TOWN], id=StructureId(2))
        both = {**data.catalogue.structures, school.id: school}
        data.catalogue = replace(data.catalogue, structures=both)
        self.town = FakeTown(data)
        staff, clock = self.town.staff, lambda: self.now
        self.invite = InviteStaff(staff, clock)
        self.open = OpenInvitation(staff, clock)
        self.identify = IdentifyStaff(staff, clock, timedelta(days=2))
        self.list, self.role = ListStaff(staff), ChangeRole(staff, clock)
        self.disable, self.devices = DisableStaff(staff, clock), ListStaffDevices(staff)
        self.end, self.switch = EndStaffDevice(staff, clock), ShowStructure(staff)

    @property
    def log(self):
        return [entry.what for entry in self.town.data.audit.values()]


@pytest.fixture
def office() -> Office:
    return Office()


async def hired(office: Office, name: str = "Agnès", role: Role = Role.AGENT):
    invitation = await office.invite(name, role, (TOWN,))
    return await office.open(invitation.token, PHONE)


def test_a_token_cannot_be_taken_for_a_parents():
    token = new_token()

    assert PAYLOAD.fullmatch(token)
    assert not PAYLOAD.fullmatch(token.removeprefix("agent-"))
    assert len(token) <= 64


async def test_an_invitation_lets_its_agent_in(office):
    member = await hired(office)

    assert (member.name, member.role, member.structures) == ("Agnès", Role.AGENT, (TOWN,))
    assert (await office.identify(PHONE)).staff_id == member.staff_id
    assert office.log[-1] is StaffAct.LOGGED_IN


async def test_an_invitation_lets_in_once(office):
    invitation = await office.invite("Agnès", Role.AGENT, (TOWN,))
    await office.open(invitation.token, PHONE)

    with pytest.raises(InvitationRefused):
        await office.open(invitation.token, THIEF)

    assert await office.identify(THIEF) is None
    assert office.log[-1] is StaffAct.INVITATION_REFUSED


async def test_an_invitation_ends_after_a_week(office):
    invitation = await office.invite("Agnès", Role.AGENT, (TOWN,))
    office.now += FOR

    with pytest.raises(InvitationRefused):
        await office.open(invitation.token, PHONE)


async def test_guessing_is_slowed_down(office):
    for _ in range(3):
        with pytest.raises(InvitationRefused):
            await office.open(new_token(), THIEF)

    with pytest.raises(TooManyAttempts):
        await office.open(new_token(), THIEF)


async def test_inviting_the_same_name_again_makes_no_second_agent(office):
    first = await hired(office)

    again = await office.invite(" agnès ", Role.MANAGER, (TOWN,))

    assert [one.id for one in await office.list()] == [first.staff_id]
    assert again.member.role is Role.MANAGER


async def test_spaces_around_a_name_are_no_part_of_it(office):
    for _ in range(2):
        await office.invite("  Bruno  Diaz ", Role.AGENT, (TOWN,))

    assert [one.name for one in await office.list()] == ["Bruno Diaz"]


async def test_invited_again_as_they_are_nobodys_role_is_noted_as_changed(office):
    for _ in range(2):
        await office.invite("Bruno", Role.AGENT, (TOWN,))

    said = [entry.what for entry in office.town.data.audit.values()]
    assert said.count(StaffAct.STAFF_INVITED) == 2
    assert said.count(StaffAct.STAFF_ROLE_CHANGED) == 1


async def test_nobody_is_invited_for_a_structure_that_is_not_there(office):
    for structures in ((), (StructureId(9),)):
        with pytest.raises(NotFound):
            await office.invite("Agnès", Role.AGENT, structures)

    assert await office.list() == ()


async def test_a_changed_role_is_noted_with_what_it_was(office):
    member = await hired(office)

    await office.role(member.staff_id, Role.MANAGER)

    assert (await office.identify(PHONE)).role is Role.MANAGER
    last = list(office.town.data.audit.values())[-1]
    assert (last.what, last.details["before"], last.details["after"]) == (
        StaffAct.STAFF_ROLE_CHANGED,
        "agent 1",
        "manager 1",
    )


async def test_who_is_disabled_is_out_at_once_and_can_be_invited_anew(office):
    member = await hired(office)

    await office.disable(member.staff_id)

    assert await office.identify(PHONE) is None
    with pytest.raises(NotFound):
        await office.disable(member.staff_id)
    assert (await hired(office)).staff_id != member.staff_id


async def test_a_session_that_sat_idle_is_ended_and_told_so_once(office):
    await hired(office)
    office.now += timedelta(days=2, seconds=1)

    with pytest.raises(StaffSessionIdle):
        await office.identify(PHONE)

    assert await office.identify(PHONE) is None


async def test_a_session_in_use_goes_on(office):
    await hired(office)
    for _ in range(3):
        office.now += timedelta(days=1, hours=12)
        member = await office.identify(PHONE)

    assert member is not None


async def test_an_agent_ends_a_device_of_their_own_and_nobody_elses(office):
    agnes = await hired(office)
    invitation = await office.invite("Bruno", Role.AGENT, (TOWN,))
    bruno = await office.open(invitation.token, TABLET)

    with pytest.raises(NotFound):
        await office.end(bruno, agnes.session_id)
    await office.end(agnes, agnes.session_id)

    assert await office.identify(PHONE) is None
    assert [device.is_this for device in await office.devices(bruno)] == [True]


async def test_another_structure_is_shown_to_who_works_there_alone(office):
    member = await hired(office)

    with pytest.raises(NotAllowed):
        await office.switch(member, StructureId(2))
    await office.role(member.staff_id, Role.AGENT, (TOWN, StructureId(2)))
    await office.switch(await office.identify(PHONE), StructureId(2))

    assert (await office.identify(PHONE)).structure_id == 2


async def test_leaving_answers_the_screens_that_can_still_be_deleted(office):
    member = await hired(office)
    remember = RememberMessage(office.town.sessions, lambda: office.now)
    await remember(PHONE, 1)
    office.now += DELETABLE + timedelta(minutes=1)
    await remember(PHONE, 2)
    await remember(TABLET, 3)

    ended = await office.end(member, member.session_id)

    assert ended == Ended(PHONE, (2,))
    assert await office.end(member, member.session_id) == Ended(PHONE)
