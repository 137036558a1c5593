"""Drafts: what decides their lines, taps, receipts, and drafts that nobody touched."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from domain.activities.model import Draw, Opening, PoolId
from domain.bookings.errors import StaleRecap
from domain.bookings.model import (
    DraftId,
    LineOutcome,
    Reason,
    Receipt,
    Result,
    State,
    Wish,
)
from domain.bookings.ports import Changes, SlotFacts
from domain.errors import NotFound
from domain.families.model import FamilyId
from domain.notices.model import Channel, Kind, Notice
from tests.builders import TOWN, activity
from tests.storage.towns import (
    DAY,
    NEXT_DAY,
    NOW,
    line,
    places,
    request,
    requested,
    slot,
    town,
)

DRAFT = DraftId(1)
LATER = NOW + timedelta(hours=1)


def facts(*, lock: bool = False, draft: DraftId = DRAFT):
    return lambda tx: tx.draft_facts(draft, lock=lock)


def outcome(child: int, wish: Wish = Wish.BOOK, **changed) -> LineOutcome:
    made = LineOutcome(
        slot=slot(child),
        wish=wish,
        result=Result.ACCEPTED,
        arrival=time(7, 30),
        departure=time(18),
        price=Decimal("24.87"),
    )
    return replace(made, **changed)


def receipt(*outcomes: LineOutcome, round_: int = 1) -> Receipt:
    return Receipt(DRAFT, round_, "0a1b2c3d", NOW, outcomes)


async def test_a_draft_lists_its_wishes_by_day_without_those_taken_back(world):
    data = town(days=(DAY, NEXT_DAY))
    for one in (line(1, NEXT_DAY), line(2, DAY, Wish.CANCEL), line(3, DAY, Wish.KEEP), line(1)):
        data.line(1, 1, one, NOW)
    at = await world(data)

    read = await at.bookings.read(facts())

    assert read.draft.lines == (line(1), line(2, DAY, Wish.CANCEL), line(1, NEXT_DAY))
    assert (read.draft.round, read.draft.structure_id, read.draft.guardian_id) == (1, TOWN, 1)
    assert read.family_id == 1


async def test_a_draft_without_a_line_is_read_all_the_same(world):
    at = await world(town())

    read = await at.bookings.write(facts(lock=True))

    assert (read.draft.lines, read.facts, read.family_id) == ((), {}, 1)


async def test_a_draft_that_does_not_exist_is_not_found(world):
    at = await world(town())

    with pytest.raises(NotFound):
        await at.bookings.read(facts(draft=DraftId(404)))


async def test_the_facts_of_a_line_say_all_that_decides_it(world):
    grouped = activity(1, draws=(Draw(PoolId(1)), Draw(PoolId(2), "6-12")))
    data = town(grouped, children=0)
    data.family(1, guardians=[1], children=[1], quotient="650.5")
    data.enrol(1, 1, group="6-12")
    data.capacity(1, DAY, capacity=30)
    data.capacity(2, DAY, capacity=3)
    data.line(1, 1, line(1), NOW)
    data.family(2, guardians=[2], children=[2])
    at = await world(data)
    waits = request(2, State.WAITLISTED)
    await at.bookings.write(
        lambda tx: tx.apply(replace(requested(waits), places=[places(3, 2, pool=2)]))
    )

    read = await at.bookings.read(facts())

    assert read.facts == {
        slot(1): SlotFacts(
            own_child=True,
            opening=Opening(
                grouped.id, DAY, is_open=True, arrival=time(7, 30), departure=time(18)
            ),
            enrolled=True,
            group="6-12",
            quotient=Decimal("650.5"),
            left=1,
            waiting=1,
        )
    }


async def test_a_line_of_which_nothing_is_true_any_more_is_told_so(world):
    data = town(children=1)
    data.family(2, children=[2])
    data.line(1, 1, line(2, NEXT_DAY), NOW)
    at = await world(data)

    read = await at.bookings.read(facts())

    assert read.facts[slot(2, NEXT_DAY)] == SlotFacts(
        own_child=False, opening=None, enrolled=False, group=None, quotient=None
    )


async def test_the_quotient_is_the_one_valid_on_the_day_of_the_service(world):
    data = town(days=(DAY, NEXT_DAY))
    data.line(1, 1, line(1, DAY), NOW)
    data.line(1, 1, line(1, NEXT_DAY), NOW)
    data.quotient(1, "400", DAY.replace(month=1), DAY)
    data.quotient(1, "900", NEXT_DAY)
    at = await world(data)

    read = await at.bookings.read(facts())
    asked = await at.bookings.read(lambda tx: tx.quotient(FamilyId(1), NEXT_DAY))

    assert [fact.quotient for fact in read.facts.values()] == [Decimal(400), Decimal(900)]
    assert asked == Decimal(900)


async def test_putting_a_line_again_replaces_it(world):
    at = await world(town())
    await at.bookings.write(lambda tx: tx.put_lines(DRAFT, [line(1), line(2)], NOW))
    changed = replace(line(1), wish=Wish.CANCEL, arrival=time(8, 15))

    await at.bookings.write(lambda tx: tx.put_lines(DRAFT, [changed], LATER))

    read = await at.bookings.read(facts())
    assert read.draft.lines == (changed, line(2))


async def test_an_emptied_draft_leaves_the_others_alone(world):
    data = town()
    data.line(1, 1, line(1), NOW)
    data.line(2, 1, line(2), NOW)
    at = await world(data)

    await at.bookings.write(lambda tx: tx.empty_draft(DRAFT))

    assert (await at.bookings.read(facts())).draft.lines == ()
    assert (await at.bookings.read(facts(draft=DraftId(2)))).draft.lines == (line(2),)


async def test_a_receipt_is_read_back_as_it_was_given(world):
    at = await world(town())
    given = receipt(
        outcome(1),
        outcome(2, result=Result.WAITLISTED, rank=3),
        outcome(
            3,
            Wish.CANCEL,
            result=Result.NOT_PROCESSED,
            reason=Reason.LATE,
            limit=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        ),
    )

    await at.bookings.write(lambda tx: tx.apply(Changes(receipt=given)))

    assert await at.bookings.read(lambda tx: tx.receipt(DRAFT, 1)) == given
    assert await at.bookings.read(lambda tx: tx.receipt(DRAFT, 2)) is None


async def test_a_receipt_ends_the_round_and_empties_the_draft(world):
    data = town()
    for one in (line(1), line(2, wish=Wish.CANCEL), line(3, wish=Wish.KEEP)):
        data.line(1, 1, one, NOW)
    at = await world(data)
    given = receipt(outcome(1), outcome(2, Wish.CANCEL))

    await at.bookings.write(lambda tx: tx.apply(Changes(receipt=given)))

    read = await at.bookings.read(facts())
    assert (read.draft.round, read.draft.lines) == (2, ())
    month = await at.bookings.read(lambda tx: tx.month(DRAFT, 3, 1, DAY, DAY))
    assert month.days[0].line is None


async def test_a_line_that_the_receipt_does_not_answer_stays_for_the_next_round(world):
    data = town()
    data.line(1, 1, line(1), NOW)
    data.line(1, 1, line(2), NOW)
    at = await world(data)

    await at.bookings.write(lambda tx: tx.apply(Changes(receipt=receipt(outcome(1)))))

    read = await at.bookings.read(facts())
    assert read.draft.lines == (line(2),)


async def test_a_round_is_answered_once(world):
    at = await world(town())
    await at.bookings.write(lambda tx: tx.apply(Changes(receipt=receipt(outcome(1)))))
    second = replace(requested(request(1)), receipt=receipt(outcome(1)))

    with pytest.raises(StaleRecap):
        await at.bookings.write(lambda tx: tx.apply(second))

    there = await at.bookings.read(lambda tx: tx.holders(1, DAY))
    assert there == ()


async def test_drafts_untouched_since_are_stale(world):
    data = town(days=(DAY, NEXT_DAY))
    data.line(1, 1, line(1, NEXT_DAY), NOW)
    data.line(1, 1, line(1, DAY), NOW)
    data.line(2, 1, line(2, DAY), NOW)
    data.line(2, 1, line(2, NEXT_DAY, Wish.KEEP), LATER)
    data.line(3, 1, line(3, DAY, Wish.KEEP), NOW)
    at = await world(data)

    stale = await at.bookings.write(lambda tx: tx.stale_drafts(TOWN, LATER))

    assert [(draft.id, draft.guardian_id, draft.lines) for draft in stale] == [
        (1, 1, (line(1, DAY), line(1, NEXT_DAY)))
    ]


async def test_a_draft_touched_at_that_very_instant_is_not_stale(world):
    data = town()
    data.line(1, 1, line(1), NOW)
    at = await world(data)

    assert await at.bookings.write(lambda tx: tx.stale_drafts(TOWN, NOW)) == ()


async def test_drafts_are_stale_structure_by_structure(world):
    data = town()
    data.line(1, 1, line(1), NOW)
    at = await world(data)

    assert await at.bookings.write(lambda tx: tx.stale_drafts(2, LATER)) == ()


async def test_a_notice_posted_with_the_draft_is_queued_once(world):
    at = await world(town())
    notice = Notice("lapsed:1", 1, Channel.TELEGRAM, Kind.DRAFT_LAPSED, {"lines": 2}, NOW)

    for _ in range(2):
        await at.bookings.write(lambda tx: tx.post([notice]))

    due = await at.outbox.write(lambda tx: tx.claim(NOW, limit=10, lease_until=LATER))
    assert [one.notice for one in due] == [notice]


@pytest.mark.parametrize("wishes", [1, 20])
async def test_reading_and_writing_a_draft_are_one_statement_each(sql_world, wishes):
    days = [DAY + timedelta(days=n) for n in range(wishes)]
    at = await sql_world(town(days=days))
    lines = [line(1, day) for day in days]

    await at.bookings.write(lambda tx: tx.put_lines(DRAFT, lines, NOW))
    written = len(at.statements)
    read = await at.bookings.write(facts(lock=True))

    assert read.draft.lines == tuple(lines)
    assert (written, len(at.statements)) == (1, 2)
