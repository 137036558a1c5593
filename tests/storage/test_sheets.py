"""Who comes on a day: one contract over the fake and both databases (S4)."""

from dataclasses import replace
from datetime import time, timedelta

from domain.absences.model import Absence, Certificate, CertificateKind, Reason
from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.sheets.model import Missing, SheetRow
from tests.builders import TOWN, activity
from tests.storage.towns import DAY, NEXT_DAY, NOW, book, cancelled, request, slot, town

PAPER = Certificate("file-of-telegram", CertificateKind.PHOTO)


async def sheet(at, activity_id=None, day=DAY, structure=TOWN):
    return await at.sheets.read(lambda tx: tx.sheet(structure, day, activity_id))


def row(data, booking, *, is_sure=True, missing=None) -> SheetRow:
    return SheetRow(
        booking.id,
        booking.slot.activity_id,
        data.children[booking.slot.child_id],
        booking.arrival,
        booking.departure,
        booking.group,
        is_sure,
        missing,
    )


async def test_a_sheet_tells_who_is_accepted_and_who_asks(world):
    data = town(activity(1), activity(2), children=5)
    at = await world(data)
    early = request(1, arrival=time(7, 40), group="3-5")
    others = request(3, State.WAITLISTED), request(4, State.REFUSED), request(5)
    one, two, *_, gone = await book(at, early, request(2, State.PENDING), *others)
    (other,) = await book(at, request(1, slot=slot(1, of=2)))
    await at.bookings.write(lambda tx: tx.apply(cancelled(gone)))

    told = await sheet(at)

    assert told == (row(data, one), row(data, two, is_sure=False), row(data, other))
    assert await sheet(at, 2) == (row(data, other),)


async def test_a_sheet_tells_the_class_of_each_child(world):
    data = town()
    data.children[1] = replace(data.children[1], school_class="CE1 B")
    at = await world(data)
    await book(at, request(1), request(2))

    told = await sheet(at)

    assert [row.child.school_class for row in told] == ["CE1 B", None]


async def test_a_declared_absence_is_told_without_what_was_written_with_it(world):
    data = town()
    at = await world(data)
    one, two = await book(at, request(1), request(2))
    told = Absence(one.id, one.guardian_id, NOW, billed=True, reason=Reason.ILL, note="Varicelle")
    later = NOW + timedelta(hours=1)
    proved = Absence(two.id, two.guardian_id, later, billed=True, reason=None, certificate=PAPER)
    await at.absences.write(lambda tx: tx.put([told, proved]))

    assert await sheet(at) == (
        row(data, one, missing=Missing(NOW, Reason.ILL, has_certificate=False)),
        row(data, two, missing=Missing(later, None, has_certificate=True)),
    )


async def test_another_day_and_another_structure_have_other_children(world):
    at = await world(town(days=(DAY, NEXT_DAY)))
    await book(at, request(1))

    assert await sheet(at, day=NEXT_DAY) == ()
    assert await sheet(at, structure=StructureId(2)) == ()


async def test_a_sheet_is_one_statement(sql_world):
    at = await sql_world(town(activity(1), activity(2)))
    await book(at, *(request(child) for child in (1, 2, 3)))
    at.statements.clear()

    await sheet(at)

    assert len(at.statements) == 1, at.statements
