"""Absences written and read, over all three (B19)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from domain.absences.model import Absence, Certificate, CertificateKind, Reason, Scope
from domain.absences.service import DeclareAbsence
from domain.activities.absence_billing import FreeWithCertificate
from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.families.model import ChildId, FamilyId, GuardianId
from storage.catalogue import load_catalogue
from tests.builders import TOWN, activity, identity
from tests.storage.towns import DAY, NEXT_DAY, NOW, book, cancelled, request, slot, town
from tests.storage.worlds import load

PAPER = Certificate("file-of-telegram", CertificateKind.PHOTO)


def absence(booking, **changed) -> Absence:
    made = Absence(booking.id, booking.guardian_id, NOW, billed=True, reason=Reason.ILL)
    return replace(made, **changed)


async def put(at, *absences):
    await at.absences.write(lambda tx: tx.put(absences))


async def of(at, family=1, structure=TOWN):
    return await at.absences.read(lambda tx: tx.booked(FamilyId(family), structure, DAY, NEXT_DAY))


async def test_accepted_bookings_are_told_with_their_absence(world):
    at = await world(town(days=(DAY, NEXT_DAY)))
    later = request(1, slot=slot(1, NEXT_DAY))
    asked = request(1), request(2), request(3, State.WAITLISTED), later
    mine, theirs, waiting, later = await book(at, *asked)
    told = absence(mine, note="Un mot", certificate=PAPER, billed=False)

    await put(at, told)

    assert [(x.booking, x.absence) for x in await of(at)] == [(mine, told), (later, None)]
    assert [x.booking for x in await of(at, 2)] == [theirs]
    assert await of(at, 3) == ()
    assert await of(at, structure=StructureId(2)) == ()
    assert waiting.state is State.WAITLISTED


async def test_a_childs_day_is_read_to_be_changed(world):
    at = await world(town(days=(DAY, NEXT_DAY)))
    (mine,) = await book(at, request(1))
    await book(at, request(1, slot=slot(1, NEXT_DAY), ticket=7))

    found = await at.absences.write(lambda tx: tx.lock_booked(FamilyId(1), TOWN, ChildId(1), DAY))

    assert [x.booking for x in found] == [mine]


async def test_what_the_childs_other_family_booked_is_not_read_to_be_changed(world):
    data = town(activity(1), activity(2))
    data.family(2, children=[1])
    at = await world(data)
    theirs = request(1, slot=slot(1, of=2), family_id=FamilyId(2), guardian_id=GuardianId(2))
    await book(at, theirs)

    for family, told in ((1, 0), (2, 1)):
        found = await at.absences.write(
            lambda tx, f=family: tx.lock_booked(FamilyId(f), TOWN, ChildId(1), DAY)
        )
        assert len(found) == told


async def test_put_again_it_is_the_same_absence_changed(world):
    at = await world(town())
    (mine,) = await book(at, request(1))
    await put(at, absence(mine, note="Un mot"))

    later = NOW + timedelta(hours=1)
    changed = absence(
        mine, guardian_id=GuardianId(2), declared_at=later, reason=Reason.VISIT, billed=False
    )
    await put(at, changed)

    (found,) = await of(at)
    assert found.absence == replace(changed, guardian_id=GuardianId(1), declared_at=NOW)


async def test_withdrawn_it_is_gone(world):
    at = await world(town())
    (mine,) = await book(at, request(1))
    await put(at, absence(mine))

    await at.absences.write(lambda tx: tx.withdraw({mine.id}))
    await at.absences.write(lambda tx: tx.withdraw(set()))

    assert [x.absence for x in await of(at)] == [None]


async def test_the_town_is_told_of_a_day_by_activity_and_not_of_what_was_cancelled(world):
    at = await world(town(activity(1), activity(2)))
    (first,) = await book(at, request(2, slot=slot(2, of=2)))
    second, third = await book(at, request(1), request(3))
    await put(at, absence(first), absence(second, reason=None), absence(third))
    await at.bookings.write(lambda tx: tx.apply(cancelled(third)))

    found = await at.absences.read(lambda tx: tx.absent(TOWN, DAY))

    assert [(x.child.id, x.activity_id, x.absence.reason) for x in found] == [
        (1, 1, None),
        (2, 2, Reason.ILL),
    ]
    assert found[0].arrival == second.arrival
    assert await at.absences.read(lambda tx: tx.absent(TOWN, NEXT_DAY)) == ()


async def test_how_an_activity_bills_is_read_with_the_town(database):
    data = town(activity(1, absence_billing=FreeWithCertificate()), activity(2))
    await database.write(lambda connection: load(connection, data))

    found = (await database.read(load_catalogue)).activities

    assert [found[key].absence_billing for key in (1, 2)] == [
        FreeWithCertificate(),
        activity(2).absence_billing,
    ]


async def test_both_parents_at_once_declare_one_absence(sql_world):
    data = town()
    at = await sql_world(data)
    (mine,) = await book(at, request(1))
    noon = NOW.replace(year=DAY.year, month=DAY.month, day=DAY.day)

    async def catalogues(version=None):
        return data.catalogue

    declare = DeclareAbsence(at.absences, catalogues, lambda: noon)
    who = identity(1, 1)

    done = await asyncio.gather(
        *(declare(who, Scope(ChildId(1), DAY), reason) for reason in Reason for _ in range(4))
    )

    assert {day.lines[0].absence.booking_id for day in done} == {mine.id}
    assert len(await at.absences.read(lambda tx: tx.absent(TOWN, DAY))) == 1
