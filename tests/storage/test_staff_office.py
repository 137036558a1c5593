"""Families and the log as both databases tell them (S1, S6, S7)."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from domain.activities.model import StructureId
from domain.families.model import FamilyId
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Role
from storage.engine import Database, transactions
from storage.journal import SqlJournal
from storage.schema import staff_structure
from storage.staff import SqlStaff
from storage.staff_families import SqlStaffFamilies
from tests.storage.small_town import SmallTown
from tests.storage.towns import NOW

UNKNOWN = StructureId(99)


@pytest.fixture
def families(database: Database, town: SmallTown):
    return transactions(database, SqlStaffFamilies)


async def test_families_are_named_with_their_guardians_and_children(families, town) -> None:
    named = await families.read(lambda tx: tx.names(town.structure, FamilyId(0), 10))

    assert len(named) >= 1
    assert all(one.guardians and one.children for one in named)


async def test_a_page_begins_after_the_last_family_of_the_one_before(families, town) -> None:
    everybody = await families.read(lambda tx: tx.names(town.structure, FamilyId(0), 10))

    first = await families.read(lambda tx: tx.names(town.structure, FamilyId(0), 1))
    rest = await families.read(lambda tx: tx.names(town.structure, first[0].family_id, 10))

    assert (*first, *rest) == everybody


async def test_another_structure_has_no_such_family(families, town) -> None:
    (one, *_) = await families.read(lambda tx: tx.names(town.structure, FamilyId(0), 1))

    elsewhere = UNKNOWN
    assert await families.read(lambda tx: tx.names(elsewhere, FamilyId(0), 10)) == ()
    assert await families.read(lambda tx: tx.sheet(elsewhere, one.family_id)) is None
    here = await families.read(lambda tx: tx.sheet(town.structure, one.family_id))
    guardian = here.guardians[0]
    assert await families.read(lambda tx: tx.account_here(elsewhere, guardian.id)) is None
    assert await families.read(lambda tx: tx.by_identifier(elsewhere, guardian.identifier)) is None
    found = await families.read(lambda tx: tx.by_identifier(town.structure, guardian.identifier))
    assert found.family_id == one.family_id


async def test_ten_wrong_passwords_show_on_the_sheet(families, town) -> None:
    (one, *_) = await families.read(lambda tx: tx.names(town.structure, FamilyId(0), 1))
    sheet = await families.read(lambda tx: tx.sheet(town.structure, one.family_id))
    identifier = sheet.guardians[0].identifier
    for _ in range(10):
        await families.write(lambda tx: tx.count_failure(None, identifier, NOW))

    again = await families.read(lambda tx: tx.sheet(town.structure, one.family_id))

    assert (sheet.guardians[0].is_locked, again.guardians[0].is_locked) == (False, True)


async def test_the_log_is_read_by_agent_and_period_and_structure(database, town) -> None:
    staff, journal = transactions(database, SqlStaff), transactions(database, SqlJournal)

    def work(tx):
        ids = []
        for number, name in enumerate(("Agnès", "Bruno")):
            one = tx.add_member(name, Role.AGENT, "fr", NOW)
            tx.set_role(one, Role.AGENT, (town.structure,))
            tx.open_session(one, 700 + number, NOW)
            who = tx.identity(700 + number)
            for days in (0, 3):
                at = NOW - timedelta(days=days)
                tx.note(noted(who, StaffAct.DAY_CLOSED, at, before=days, after=0, reason="Grève"))
            ids.append(one)
        return ids

    agnes, _ = await staff.write(work)
    here, since = (town.structure,), NOW - timedelta(days=1)

    def read(*asked):
        return journal.read(lambda tx: tx.lines(*asked, offset=0, limit=9))

    assert [one.who for one in await read(here, None, since)] == ["Bruno", "Agnès"]
    mine = await read(here, agnes, None)
    assert [(one.before, one.after, one.reason) for one in mine] == [
        ("0", "0", "Grève"),
        ("3", "0", "Grève"),
    ]
    assert await read((UNKNOWN,), None, None) == ()
    assert await journal.read(lambda tx: tx.count(here, None, None)) == 4
    names = await journal.read(lambda tx: tx.agents(here))
    assert [name for _, name in names] == ["Agnès", "Bruno"]


async def test_who_acted_here_stays_in_the_log_of_this_structure_when_they_work_elsewhere(
    database, town
) -> None:
    staff, journal = transactions(database, SqlStaff), transactions(database, SqlJournal)

    def work(tx):
        one = tx.add_member("Agnès", Role.AGENT, "fr", NOW)
        tx.set_role(one, Role.AGENT, (town.structure,))
        tx.open_session(one, 700, NOW)
        tx.note(noted(tx.identity(700), StaffAct.DAY_CLOSED, NOW))
        tx.add_member("Bruno", Role.AGENT, "fr", NOW)

    await staff.write(work)
    await database.write(lambda c: c.execute(delete(staff_structure)))

    names = await journal.read(lambda tx: tx.agents((town.structure,)))

    assert [name for _, name in names] == ["Agnès"]
