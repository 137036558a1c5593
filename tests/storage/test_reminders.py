"""What reminders are made of, over all three; and how few statements a whole town takes (N3)."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.bookings.model import Slot, State, Wish
from domain.calendar.deadlines import WeekdayOfPreviousWeek
from domain.documents.model import DocumentKind, Signature
from domain.families.model import ChildId, FamilyId, GuardianId
from domain.reminders.answering import BookAsUsual, SilenceReminder
from domain.reminders.model import Deadline, FreeDay, PastBooking, Usual
from domain.reminders.ports import Told
from domain.reminders.rules import looked_back
from domain.reminders.service import RemindDeadlines
from tests.builders import TOWN, activity, identity
from tests.storage.towns import NOW, book, cancelled, line, request, town

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
TODAY = date(2026, 11, 25)
LIMIT = datetime(2026, 11, 26, 8, tzinfo=UTC)
WEEKLY = activity(1, book_by=WeekdayOfPreviousWeek(3, time(9)))
PAST = [MONDAY - timedelta(weeks=n) for n in range(1, 9)]
BACK = looked_back([MONDAY], TODAY)


def on(child: int, day: date, *, of: int = 1, family: int | None = None, state=State.ACCEPTED):
    """A ticket of its own for each child of a day."""
    whose = family or child
    return request(
        child,
        state,
        slot=Slot(ChildId(child), of, day),
        family_id=FamilyId(whose),
        guardian_id=GuardianId(whose),
    )


def weekly_town(*, children: int = 3, days=(MONDAY, TUESDAY, *PAST)):
    return town(WEEKLY, children=children, days=days)


async def usual(at, family=None, back=BACK):
    return await at.reminders.read(lambda tx: tx.usual({1}, back, family))


async def test_whoever_was_booked_on_two_of_the_last_four_open_weeks_usually_books(world):
    at = await world(weekly_town())
    await book(
        at,
        *(on(1, day) for day in PAST[2:4]),  # the third and the fourth
        *(on(2, day) for day in (PAST[0], PAST[4])),  # the fifth is too long ago
        *(on(3, day, state=State.WAITLISTED) for day in PAST[:4]),
    )

    assert await usual(at) == {Usual(FamilyId(1), ChildId(1), 1, 0)}
    assert await usual(at, FamilyId(1)) == await usual(at)
    assert await usual(at, FamilyId(2)) == frozenset()
    assert await usual(at, back={}) == frozenset()
    assert await at.reminders.read(lambda tx: tx.usual(set(), BACK)) == frozenset()


async def test_weeks_that_were_closed_do_not_count(world):
    data = weekly_town()
    data.open(1, *PAST[:3], is_open=False)
    at = await world(data)
    await book(at, on(1, PAST[3]), on(1, PAST[6]), on(2, PAST[3]), on(2, PAST[7]))

    assert await usual(at) == {Usual(FamilyId(1), ChildId(1), 1, 0)}


async def test_each_weekday_is_a_habit_of_its_own(world):
    tuesdays = [day + timedelta(days=1) for day in PAST]
    at = await world(weekly_town(days=(*PAST, *tuesdays)))
    await book(at, *(on(1, day) for day in (PAST[0], *tuesdays[1:3])))

    found = await usual(at, back=looked_back([MONDAY, TUESDAY], TODAY))

    assert found == {Usual(FamilyId(1), ChildId(1), 1, 1)}


async def test_what_was_cancelled_is_no_habit(world):
    at = await world(weekly_town())
    first, _ = await book(at, on(1, PAST[1]), on(1, PAST[0]))
    await at.bookings.write(lambda tx: tx.apply(cancelled(first)))

    assert await usual(at) == frozenset()


async def free(at, family=None, days=frozenset({MONDAY})):
    found = await at.reminders.read(lambda tx: tx.free({1}, days, family))
    return [(one.family_id, one.child_id, one.opening.day) for one in found]


async def test_free_days_are_those_that_nobody_asked_for(world):
    data = weekly_town(children=4)
    data.line(1, 1, line(1, MONDAY), NOW)
    data.line(2, 1, line(2, MONDAY, Wish.KEEP), NOW)
    at = await world(data)
    await book(at, on(3, MONDAY, state=State.REFUSED))

    assert await free(at) == [(2, 2, MONDAY), (4, 4, MONDAY)]
    assert await free(at, FamilyId(1)) == [(1, 1, MONDAY)]
    assert await free(at, FamilyId(3)) == []
    assert await free(at, days=frozenset()) == []


async def test_a_child_of_two_families_is_free_for_both(world):
    data = weekly_town(children=1)
    data.family(2, guardians=[2], children=[1])
    at = await world(data)

    assert await free(at) == [(1, 1, MONDAY), (2, 1, MONDAY)]


async def test_a_draft_of_the_childs_other_family_is_theirs_alone(world):
    data = weekly_town(children=1)
    data.family(2, guardians=[2], children=[1])
    data.line(2, 1, line(1, MONDAY), NOW)
    at = await world(data)

    assert await free(at) == [(1, 1, MONDAY)]


async def test_house_rules_that_wait_close_the_day_until_that_family_signed(world):
    at = await world(weekly_town(children=2))
    rules = await at.documents.write(
        lambda tx: tx.publish(TOWN, DocumentKind.HOUSE_RULES, "Règlement", "Texte", NOW)
    )
    assert await free(at) == []

    signed = Signature(rules, ChildId(1), "Anne", "Ici", NOW, 7, rules.fingerprint)
    await at.documents.write(lambda tx: tx.sign(FamilyId(1), GuardianId(1), signed))

    assert await free(at) == [(1, 1, MONDAY)]


async def test_openings_are_the_open_ones(world):
    data = weekly_town(days=(MONDAY, TUESDAY))
    data.open(1, TUESDAY, is_open=False)
    at = await world(data)

    found = await at.reminders.read(lambda tx: tx.openings(MONDAY, TUESDAY))

    assert found == (data.openings[1, MONDAY],)


def told(data, *families: int, limit=LIMIT, day=MONDAY) -> list[Told]:
    return [
        Told(
            Deadline(FamilyId(f), TOWN, limit),
            [FreeDay(FamilyId(f), ChildId(f), data.openings[1, day])],
        )
        for f in families
    ]


async def open_(at, some):
    return await at.reminders.write(lambda tx: tx.open(some, NOW))


async def test_a_deadline_is_opened_once_for_a_family(world):
    data = weekly_town()
    at = await world(data)
    (first,) = await open_(at, told(data, 1))

    again = await open_(at, told(data, 1, 2, day=TUESDAY))
    later = await open_(at, told(data, 1, limit=LIMIT + timedelta(seconds=1)))

    assert [one.deadline.family_id for one in again] == [2]
    assert len(later) == 1
    assert first.slots == (Slot(ChildId(1), 1, MONDAY),)
    assert await open_(at, []) == ()
    kept = await at.reminders.read(lambda tx: tx.reminder(first.id, FamilyId(1)))
    assert kept == first
    assert await at.reminders.read(lambda tx: tx.reminder(first.id, FamilyId(2))) is None
    assert await at.reminders.read(lambda tx: tx.reminder(99, FamilyId(1))) is None


async def test_silenced_days_are_told_no_more_on_home_but_can_still_be_booked(world):
    data = weekly_town(children=2)
    at = await world(data)
    one, _ = await open_(at, told(data, 1, 2))

    await at.reminders.write(lambda tx: tx.silence(one.id, NOW))

    assert await free(at) == [(2, 2, MONDAY)]
    assert await free(at, FamilyId(1)) == [(1, 1, MONDAY)]
    on_home = await at.home.read(lambda tx: tx.free_days(FamilyId(1), TOWN, MONDAY, MONDAY))
    assert on_home == ()


async def test_reminders_of_long_ago_are_forgotten(world):
    data = weekly_town()
    at = await world(data)
    old, new = await open_(at, [*told(data, 1), *told(data, 2, limit=LIMIT + timedelta(1))])

    await at.reminders.write(lambda tx: tx.forget(LIMIT + timedelta(seconds=1)))

    async def is_there(one):
        found = await at.reminders.read(lambda tx: tx.reminder(one.id, one.deadline.family_id))
        return found is not None

    assert [await is_there(one) for one in (old, new)] == [False, True]


async def test_past_bookings_are_told_newest_first_with_the_hours_of_their_opening(world):
    data = weekly_town()
    at = await world(data)
    chosen = replace(on(1, PAST[0]), arrival=time(8))
    await book(at, chosen, on(1, PAST[1]), on(2, PAST[0]), on(1, PAST[2], state=State.WAITLISTED))

    found = await at.reminders.read(lambda tx: tx.past(FamilyId(1), {1}, set(PAST)))

    slots = [Slot(ChildId(1), 1, day) for day in PAST[:2]]
    assert found == (
        PastBooking(slots[0], time(8), time(18), data.openings[1, PAST[0]]),
        PastBooking(slots[1], time(7, 30), time(18), data.openings[1, PAST[1]]),
    )


# -- whole ------------------------------------------------------------------------------------
def parts(at, data, now=LIMIT - timedelta(hours=20)):
    async def catalogues(version=None):
        return data.catalogue

    return at.reminders, catalogues, lambda: now


async def habits(at, children: int, *days: date):
    for day in days or PAST[:2]:
        await book(at, *(on(child, day) for child in range(1, children + 1)))


@pytest.mark.parametrize("children", [2, 40])
async def test_a_whole_town_is_reminded_in_as_many_statements_as_one_family(sql_world, children):
    data = weekly_town(children=children)
    at = await sql_world(data)
    await habits(at, children)
    at.statements.clear()

    assert await RemindDeadlines(*parts(at, data))() == children

    assert len(at.statements) <= 12, at.statements
    assert await RemindDeadlines(*parts(at, data))() == 0


async def test_processes_that_meet_tell_each_family_once(sql_world):
    data = weekly_town(children=5)
    at = await sql_world(data)
    await habits(at, 5)

    done = await asyncio.gather(*(RemindDeadlines(*parts(at, data))() for _ in range(6)))

    claimed = await at.outbox.write(
        lambda tx: tx.claim(LIMIT, limit=100, lease_until=LIMIT + timedelta(hours=1))
    )
    assert sum(done) == 5
    assert sorted(one.notice.guardian_id for one in claimed) == [1, 2, 3, 4, 5]


async def test_as_usual_fills_the_draft_and_not_this_time_does_not(world):
    data = weekly_town(children=2)
    at = await world(data)
    await habits(at, 2)
    await RemindDeadlines(*parts(at, data))()
    booking, silencing = parts(at, data), (at.reminders, parts(at, data)[2])

    assert await BookAsUsual(*booking)(identity(1, 1), 1) == 1
    await SilenceReminder(*silencing)(identity(2, 2), 2)

    drafts = [
        await at.bookings.read(lambda tx, d=draft: tx.draft_facts(d, lock=False).draft.wishes)
        for draft in (1, 2)
    ]
    assert [[(x.slot.day, x.wish) for x in of] for of in drafts] == [[(MONDAY, Wish.BOOK)], []]
