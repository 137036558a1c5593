"""What the home screen is drawn from (H1, H2)."""

from datetime import timedelta

from domain.activities.model import Opening, StructureId
from domain.announcements.model import Attachment
from domain.announcements.ports import Reader
from domain.bookings.model import State, Wish
from domain.families.model import ChildId, FamilyId, GuardianId
from domain.reminders.model import FreeDay, Held
from tests.builders import TOWN, activity
from tests.storage.towns import DAY, FIRST, LAST, NEXT_DAY, NOW, book, line, request, town

HOUR = timedelta(hours=1)
ANNE = Reader(TOWN, FamilyId(1), NOW.date(), NOW)


async def current(at, reader=ANNE):
    return [one.id for one in await at.home.read(lambda tx: tx.current(reader))]


async def test_announcements_are_told_in_their_window_newest_first(world):
    data = town()
    data.announce(1, NOW - 2 * HOUR)
    data.announce(2, NOW, ends_at=NOW + HOUR)
    data.announce(3, NOW + HOUR)
    data.announce(4, NOW - 2 * HOUR, ends_at=NOW)
    data.announce(5, NOW - HOUR)
    at = await world(data)

    assert await current(at) == [2, 5, 1]


async def test_an_activitys_announcement_is_for_the_families_enrolled_there(world):
    data = town(activity(1), activity(2), children=0)
    data.family(1, guardians=[1], children=[1])
    data.family(2, guardians=[2], children=[2])
    data.family(3, guardians=[3], children=[3])
    data.enrol(1, 2)
    data.enrol(2, 1)
    data.enrol(3, 2, valid_to=NOW.date() - timedelta(days=1))
    data.announce(1, NOW, activity=2)
    at = await world(data)

    told = [await current(at, Reader(TOWN, FamilyId(f), NOW.date(), NOW)) for f in (1, 2, 3)]

    assert told == [[1], [], []]


async def test_another_structures_announcements_are_not_theirs(world):
    data = town()
    data.announce(1, NOW)
    at = await world(data)

    assert await current(at, Reader(StructureId(2), FamilyId(1), NOW.date(), NOW)) == []


async def test_the_list_names_a_file_and_reading_it_is_apart(world):
    data = town()
    data.announce(1, NOW, file=("menu.pdf", b"%PDF"))
    data.announce(2, NOW + HOUR, file=("later.pdf", b"%PDF"))
    data.announce(3, NOW)
    at = await world(data)

    async def attachment(number):
        return await at.home.read(lambda tx: tx.attachment(ANNE, number))

    assert [one.file_name for one in await at.home.read(lambda tx: tx.current(ANNE))] == [
        None,
        "menu.pdf",
    ]
    assert await attachment(1) == Attachment("Titre 1", "menu.pdf", b"%PDF")
    assert [await attachment(n) for n in (2, 3, 4)] == [None] * 3


async def test_what_is_drafted_is_counted_without_what_was_taken_back(world):
    data = town(days=(DAY, NEXT_DAY))
    data.line(1, 1, line(1, DAY), NOW)
    data.line(1, 1, line(1, NEXT_DAY, Wish.KEEP), NOW)
    data.line(2, 1, line(2, DAY), NOW)
    at = await world(data)

    assert await at.home.read(lambda tx: tx.drafted(1)) == 1


async def test_only_wallets_below_zero_are_debts(world):
    data = town()
    data.wallet(1, 1, 1, "Cantine", "-0.01")
    data.wallet(2, 1, 1, "ALSH", "0.00")
    data.wallet(3, 2, 1, "Cantine", "-5.00")
    at = await world(data)

    debts = await at.home.read(lambda tx: tx.debts(FamilyId(1), TOWN))

    assert [wallet.name for wallet in debts] == ["Cantine"]


async def test_offers_are_those_of_the_family(world):
    at = await world(town())
    until = {"offer_until": NOW + HOUR}
    mine, theirs, _ = await book(
        at, request(1, State.OFFERED, **until), request(2, State.OFFERED, **until), request(3)
    )

    assert theirs.state is State.OFFERED
    assert await at.home.read(lambda tx: tx.offers(FamilyId(1))) == (mine,)


async def free_days(at, family=1):
    found = await at.home.read(lambda tx: tx.free_days(family, TOWN, FIRST, LAST))
    return [(one.child_id, one.opening.day) for one in found]


async def test_free_days_are_those_neither_held_nor_drafted(world):
    days = [DAY + timedelta(days=n) for n in range(6)]
    data = town(days=days)
    data.line(1, 1, line(1, days[1]), NOW)
    data.line(1, 1, line(1, days[2], Wish.KEEP), NOW)
    data.open(1, days[3], is_open=False)
    at = await world(data)
    await book(at, request(1), request(2))
    await book(at, request(1, State.CANCELLED, slot=line(1, days[4]).slot))

    assert await free_days(at) == [(1, days[2]), (1, days[4]), (1, days[5])]


async def test_a_free_day_tells_its_opening(world):
    data = town()
    at = await world(data)

    (found,) = await at.home.read(lambda tx: tx.free_days(1, TOWN, DAY, DAY))

    opening = data.openings[1, DAY]
    assert found == FreeDay(
        FamilyId(1),
        ChildId(1),
        Opening(1, DAY, is_open=True, arrival=opening.arrival, departure=opening.departure),
    )


async def test_without_an_enrolment_on_that_day_nothing_is_free(world):
    data = town(children=0, days=(DAY, NEXT_DAY))
    data.family(1, guardians=[1], children=[1])
    data.enrol(1, 1, valid_to=DAY)
    data.enrol(1, 1, valid_from=DAY)  # twice that day, told once
    at = await world(data)

    assert await free_days(at) == [(1, DAY), (1, NEXT_DAY)]
    assert await free_days(at, 99) == []


async def test_a_child_is_held_whichever_family_asked_and_whatever_waits(world):
    data = town()
    at = await world(data)
    await book(
        at,
        request(1, family_id=FamilyId(2), guardian_id=GuardianId(2)),
        request(2, State.WAITLISTED),
        request(3, State.REFUSED),
    )

    children = {ChildId(1), ChildId(2), ChildId(3)}
    held = await at.home.read(lambda tx: tx.held(children, FIRST, LAST))

    about = activity(1)
    hours = about.arrival, about.departure
    whose = {1: FamilyId(2), 2: None}
    assert held == tuple(
        Held(ChildId(child), about.id, DAY, *hours, held_by) for child, held_by in whose.items()
    )


async def test_the_structures_of_a_guardian_are_told(world):
    at = await world(town())

    assert await at.home.read(lambda tx: tx.structures(GuardianId(1))) == (TOWN,)
