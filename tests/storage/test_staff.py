"""Agents, invitations and their sessions: one contract over the fake and both databases (S1)."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.activities.model import StructureId
from domain.staff.acts import StaffAct, noted
from domain.staff.devices import StaffDevice
from domain.staff.model import Role, StaffId
from storage.schema import audit
from tests.builders import TOWN
from tests.storage.towns import NOW, town
from tests.storage.worlds import World

PHONE, TABLET = 700, 701
LATER = NOW + timedelta(hours=1)
SCHOOL = StructureId(2)


@dataclass
class At:
    there: World
    agnes: StaffId

    @property
    def staff(self):
        return self.there.staff

    @property
    def statements(self) -> list[str]:
        return self.there.statements


@pytest.fixture
async def at(world):
    """Agnès is an agent of two structures, on a phone."""
    data = town()
    catalogue = data.catalogue
    school = replace(catalogue.structures[TOWN], id=SCHOOL, name="École de musique")
    data.catalogue = replace(catalogue, structures={**catalogue.structures, SCHOOL: school})
    there = await world(data)

    def work(tx):
        agnes = tx.add_member("Agnès", Role.AGENT, "fr", NOW)
        tx.set_role(agnes, Role.AGENT, (SCHOOL, TOWN))
        tx.open_session(agnes, PHONE, NOW)
        return agnes

    return At(there, await there.staff.write(work))


async def identity(at, user=PHONE):
    return await at.staff.read(lambda tx: tx.identity(user))


async def test_an_agent_is_known_by_their_session(at):
    member = await identity(at)

    assert (member.staff_id, member.name, member.role) == (at.agnes, "Agnès", Role.AGENT)
    assert (member.structure_id, member.structures) == (TOWN, (TOWN, SCHOOL))
    assert (member.locale, member.in_tables, member.seen_at) == ("fr", False, NOW)
    assert await identity(at, TABLET) is None


async def test_who_an_agent_is_takes_one_statement(at):
    at.statements.clear()

    await identity(at)

    assert len(at.statements) in {0, 1}  # none in memory


async def test_a_new_session_in_a_chat_ends_the_one_before(at):
    def work(tx):
        bruno = tx.add_member("Bruno", Role.READER, "fr", NOW)
        tx.set_role(bruno, Role.READER, (TOWN,))
        tx.open_session(bruno, PHONE, LATER)

    await at.staff.write(work)

    assert (await identity(at)).name == "Bruno"
    assert await at.staff.read(lambda tx: tx.sessions(at.agnes)) == ()


async def test_somebody_disabled_is_nobody_on_all_devices(at):
    await at.staff.write(lambda tx: tx.open_session(at.agnes, TABLET, NOW))

    await at.staff.write(lambda tx: tx.disable(at.agnes, LATER))

    assert (await identity(at), await identity(at, TABLET)) == (None, None)
    (member,) = await at.staff.read(lambda tx: tx.members())
    assert (member.name, member.disabled_at, member.seen_at) == ("Agnès", LATER, None)


async def test_a_session_that_opens_as_somebody_is_disabled_lets_nobody_in(at):
    """Their invitation was being used at that instant, in another process."""
    await at.staff.write(lambda tx: tx.disable(at.agnes, LATER))

    await at.staff.write(lambda tx: tx.open_session(at.agnes, TABLET, LATER))

    assert await identity(at, TABLET) is None


async def test_a_structure_that_is_theirs_no_more_is_not_shown(at):
    session = (await identity(at)).session_id
    await at.staff.write(lambda tx: tx.show_structure(session, SCHOOL))
    shown = (await identity(at)).structure_id

    await at.staff.write(lambda tx: tx.set_role(at.agnes, Role.AGENT, (TOWN,)))

    assert (shown, (await identity(at)).structure_id) == (SCHOOL, TOWN)


async def test_an_invitation_lets_in_once_and_not_after_its_end(at):
    await at.staff.write(lambda tx: tx.issue(at.agnes, "agent-a", at=NOW, until=LATER))

    late = await at.staff.write(lambda tx: tx.use("agent-a", LATER))
    first = await at.staff.write(lambda tx: tx.use("agent-a", NOW))
    again = await at.staff.write(lambda tx: tx.use("agent-a", NOW))

    assert (late, first, again) == (None, at.agnes, None)


async def test_a_newer_invitation_ends_the_one_before(at):
    for token in ("agent-a", "agent-b"):
        await at.staff.write(lambda tx, t=token: tx.issue(at.agnes, t, at=NOW, until=LATER))

    assert await at.staff.write(lambda tx: tx.use("agent-a", NOW)) is None
    assert await at.staff.write(lambda tx: tx.use("agent-b", NOW)) == at.agnes


async def test_devices_come_last_seen_first_and_end_one_by_one(at):
    await at.staff.write(lambda tx: tx.open_session(at.agnes, TABLET, LATER))
    phone, tablet = (await identity(at)).session_id, (await identity(at, TABLET)).session_id
    listed = await at.staff.read(lambda tx: tx.sessions(at.agnes))

    ended = await at.staff.write(lambda tx: tx.end_session(at.agnes, phone, LATER))

    assert listed == (StaffDevice(tablet, LATER, LATER), StaffDevice(phone, NOW, NOW))
    assert ended
    assert await identity(at) is None
    assert await at.staff.write(lambda tx: tx.end_session(at.agnes, phone, LATER))
    assert not await at.staff.write(lambda tx: tx.end_session(at.agnes + 1, tablet, LATER))


async def test_the_messages_of_an_agent_are_those_of_their_session_and_taken_once(at):
    await at.staff.write(lambda tx: tx.open_session(at.agnes, TABLET, NOW))
    phone, tablet = (await identity(at)).session_id, (await identity(at, TABLET)).session_id
    for chat, message, when in ((PHONE, 7, NOW), (PHONE, 9, LATER), (TABLET, 8, LATER)):
        await at.there.sessions.write(
            lambda tx, of=(chat, message, when): tx.remember_staff_message(*of)
        )

    taken = await at.staff.write(lambda tx: tx.take_messages(phone, LATER))

    assert taken == (9,)  # what is older is forgotten, as Telegram would refuse it
    assert await at.staff.write(lambda tx: tx.take_messages(phone, NOW)) == ()
    assert await at.staff.write(lambda tx: tx.take_messages(tablet, NOW)) == (8,)


async def test_the_messages_of_an_agent_are_forgotten_in_time(at):
    session = (await identity(at)).session_id
    await at.there.sessions.write(lambda tx: tx.remember_staff_message(PHONE, 7, NOW))

    await at.there.old_screens.write(lambda tx: tx.forget_sent_until(NOW))

    assert await at.staff.write(lambda tx: tx.take_messages(session, NOW)) == ()


async def test_nothing_is_remembered_of_whoever_is_no_agent(at):
    session = (await identity(at)).session_id

    await at.there.sessions.write(lambda tx: tx.remember_staff_message(TABLET, 7, NOW))

    assert await at.staff.write(lambda tx: tx.take_messages(session, NOW)) == ()


async def test_language_display_and_when_they_were_seen_are_kept(at):
    session = (await identity(at)).session_id

    def work(tx):
        tx.set_locale(at.agnes, "en")
        tx.set_tables(at.agnes, wanted=True)
        tx.touch(session, LATER)

    await at.staff.write(work)

    member = await identity(at)
    assert (member.locale, member.in_tables, member.seen_at) == ("en", True, LATER)


async def test_what_an_agent_did_is_noted_with_who_and_where(sql_world):
    there = await sql_world(town())

    def work(tx):
        agnes = tx.add_member("Agnès", Role.AGENT, "fr", NOW)
        tx.set_role(agnes, Role.AGENT, (TOWN,))
        tx.open_session(agnes, PHONE, NOW)
        tx.note(noted(tx.identity(PHONE), StaffAct.DAY_CLOSED, NOW, before=3, after=0))
        return tx._connection.execute(select(audit)).one()

    row = await there.staff.write(work)

    assert (row.staff_id, row.structure_id, row.what) == (1, TOWN, "day_closed")
    assert row.details == {"before": 3, "after": 0}
