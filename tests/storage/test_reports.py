"""The night's claim and the jobs that run it: once, by state, and the same for ever (X2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.absences.model import AbsenceNews, News
from domain.bookings.model import MovementKind, State
from domain.bookings.ports import Changes
from domain.notices.model import FamilyNotice, Kind
from tests.builders import TOWN, activity
from tests.fakes.data import TownData
from tests.storage.towns import book, cancelled, moved, request, town

NIGHT = date(2026, 11, 24)
NEXT_NIGHT = date(2026, 11, 25)
AT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
LEASE = AT + timedelta(minutes=10)
CHECKSUM = "ab" * 32


async def claim(at, night: date = NIGHT, structure: int = TOWN):
    return await at.transmissions.write(lambda tx: tx.claim(structure, night, AT))


async def movements(at, transmission):
    return await at.transmissions.read(lambda tx: tx.contents(transmission.id).movements)


def two_structures() -> TownData:
    data = town(activity(1))
    school = replace(data.catalogue.structures[TOWN], id=2, name="Ecole de musique")
    data.catalogue = replace(
        data.catalogue, structures={TOWN: data.catalogue.structures[TOWN], 2: school}
    )
    return data


async def test_a_night_takes_every_movement_that_waits_in_the_order_of_request(world):
    at = await world(town())
    second, first = await book(at, request(2, ticket=9), request(1, ticket=1))
    assert (first.ticket, second.ticket) == (9, 1)

    night = await claim(at)

    told = await movements(at, night)
    assert [one.movement for one in told] == [moved(request(2, ticket=9)), moved(request(1))]
    assert (night.number, night.movements, night.claimed_at) == (1, 2, AT)
    assert (night.structure_id, night.night) == (TOWN, NIGHT)
    assert (night.checksum, night.written_at) == (None, None)


async def test_a_night_is_claimed_once_whatever_comes_after(world):
    at = await world(town())
    await book(at, request(1))
    first = await claim(at)
    await book(at, request(2))

    again = await claim(at)

    assert again == first
    assert len(await movements(at, again)) == 1


async def test_every_movement_is_transmitted_in_one_night_only(world):
    at = await world(town())
    await book(at, request(1))
    first = await claim(at)
    await book(at, request(2))

    second = await claim(at, NEXT_NIGHT)

    assert [one.movement.slot.child_id for one in await movements(at, first)] == [1]
    assert [one.movement.slot.child_id for one in await movements(at, second)] == [2]
    assert second.number == 2


async def test_a_night_without_a_movement_is_a_night(world):
    at = await world(town())

    night = await claim(at)

    assert night.movements == 0
    assert await movements(at, night) == []


async def test_structures_are_numbered_and_told_apart(world):
    at = await world(two_structures())
    await book(at, request(1))
    await claim(at, NIGHT)

    theirs = await claim(at, NIGHT, structure=2)

    assert (theirs.number, theirs.movements) == (1, 0)
    assert await at.transmissions.read(lambda tx: tx.last_night(2)) == NIGHT


async def test_the_state_told_is_that_of_the_cut_and_stays_so(world):
    at = await world(town())
    (waiting,) = await book(at, request(1, State.WAITLISTED))
    given = replace(waiting, state=State.ACCEPTED)
    promotion = Changes(changed=[given], movements=[moved(given, MovementKind.PROMOTION)])
    await at.bookings.write(lambda tx: tx.apply(promotion))
    first = await claim(at)
    await at.bookings.write(lambda tx: tx.apply(cancelled(given)))
    second = await claim(at, NEXT_NIGHT)

    told, later = await movements(at, first), await movements(at, second)

    assert [one.movement.state for one in told] == [State.WAITLISTED, State.ACCEPTED]
    assert [one.state for one in told] == [State.ACCEPTED, State.ACCEPTED]
    assert [one.state for one in later] == [State.CANCELLED]


async def test_a_night_stays_unwritten_until_it_is_said_to_be_written(world):
    at = await world(town())
    first, second = await claim(at), await claim(at, NEXT_NIGHT)

    await at.transmissions.write(lambda tx: tx.written(first.id, LEASE, CHECKSUM, []))

    left = await at.transmissions.read(lambda tx: tx.unwritten())
    closed = await claim(at)
    assert left == (second,)
    assert closed == replace(first, checksum=CHECKSUM, written_at=LEASE)


async def test_closing_a_night_queues_its_reports_once(world):
    at = await world(town())
    night = await claim(at)
    report = FamilyNotice("report:1", 1, Kind.NIGHTLY_REPORT, {"booked": 11}, AT)
    late = replace(report, key="report:2")

    await at.transmissions.write(lambda tx: tx.written(night.id, AT, CHECKSUM, [report]))
    await at.transmissions.write(lambda tx: tx.written(night.id, LEASE, "00" * 32, [late]))

    due = await at.outbox.write(lambda tx: tx.claim(AT, limit=10, lease_until=LEASE))
    assert [one.notice.key for one in due] == ["report:1:1:mail"]
    assert (await claim(at)).checksum == CHECKSUM


async def test_the_last_night_is_the_latest_claimed(world):
    at = await world(town())
    before = await at.transmissions.read(lambda tx: tx.last_night(TOWN))
    await claim(at, NEXT_NIGHT)
    await claim(at, NIGHT)

    after = await at.transmissions.read(lambda tx: tx.last_night(TOWN))

    assert (before, after) == (None, NEXT_NIGHT)


# -- jobs --------------------------------------------------------------------------------------
def run(at, instant: datetime, lease: datetime = LEASE, day: date = NIGHT):
    return at.jobs.write(lambda tx: tx.claim("night", day, instant, lease))


async def test_a_job_is_run_by_whoever_claims_it_first(world):
    at = await world(town())

    assert await run(at, AT) is True
    assert await run(at, AT) is False
    assert await run(at, AT, day=NEXT_NIGHT) is True


async def test_a_job_left_by_somebody_who_died_is_taken_over_when_its_lease_ends(world):
    at = await world(town())
    await run(at, AT)

    early = await run(at, LEASE - timedelta(seconds=1))
    in_time = await run(at, LEASE, LEASE + timedelta(minutes=10))
    too_late = await run(at, LEASE)

    assert (early, in_time, too_late) == (False, True, False)


async def test_a_job_that_is_done_is_never_run_again(world):
    at = await world(town())
    await run(at, AT)

    await at.jobs.write(lambda tx: tx.done("night", NIGHT, AT))

    assert await run(at, LEASE + timedelta(days=30)) is False


async def test_the_last_day_that_was_done_is_remembered_by_job(world):
    at = await world(town())
    for day in (NEXT_NIGHT, NIGHT):
        await run(at, AT, day=day)
        await at.jobs.write(lambda tx, day=day: tx.done("night", day, AT))
    await run(at, AT, day=date(2026, 11, 26))

    assert await at.jobs.read(lambda tx: tx.last_done("night")) == NEXT_NIGHT
    assert await at.jobs.read(lambda tx: tx.last_done("lapse")) is None


async def test_old_claims_of_one_job_are_forgotten(world):
    at = await world(town())
    for name in ("queues-09", "queues-10"):
        for day in (NIGHT, NEXT_NIGHT):
            await at.jobs.write(lambda tx, n=name, d=day: tx.claim(n, d, AT, AT))
            await at.jobs.write(lambda tx, n=name, d=day: tx.done(n, d, AT))

    await at.jobs.write(lambda tx: tx.forget("queues-09", NEXT_NIGHT))

    async def may_run(name: str, day: date) -> bool:
        return await at.jobs.write(lambda tx: tx.claim(name, day, AT, AT))

    assert await may_run("queues-09", NIGHT)
    assert not await may_run("queues-09", NEXT_NIGHT)
    assert not await may_run("queues-10", NIGHT)


# -- handed over -------------------------------------------------------------------------------
async def test_what_is_written_waits_until_the_back_office_has_taken_it(world):
    at = await world(town())
    first, second = await claim(at), await claim(at, NEXT_NIGHT)
    await at.transmissions.write(lambda tx: tx.written(first.id, LEASE, CHECKSUM, []))
    waiting = await at.transmissions.read(lambda tx: tx.untaken())

    await at.transmissions.write(lambda tx: tx.taken([first.id], LEASE))
    await at.transmissions.write(lambda tx: tx.taken([first.id], LEASE + timedelta(days=1)))

    assert [one.id for one in waiting] == [first.id]  # the second is not written yet
    assert await at.transmissions.read(lambda tx: tx.untaken()) == ()
    assert (await claim(at)).taken_at == LEASE
    assert (await claim(at, NEXT_NIGHT)) == second


async def test_news_of_absences_is_told_in_one_night_only(world):
    at = await world(town())
    (mine,) = await book(at, request(1))
    declared = AbsenceNews(
        what=News.DECLARED,
        slot=mine.slot,
        ticket=mine.ticket,
        family_id=mine.family_id,
        structure_id=TOWN,
        at=AT,
        billed=True,
        certified=False,
    )
    withdrawn = replace(declared, what=News.WITHDRAWN, at=LEASE)
    await at.absences.write(lambda tx: tx.tell_town([declared]))
    first = await claim(at)
    await at.absences.write(lambda tx: tx.tell_town([withdrawn]))
    second = await claim(at, NEXT_NIGHT)

    async def told(transmission):
        found = await at.transmissions.read(lambda tx: tx.contents(transmission.id).absences)
        return [one.news for one in found]

    assert (await told(first), await told(second)) == ([declared], [withdrawn])
