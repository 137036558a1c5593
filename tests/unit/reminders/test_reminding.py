"""N3: a family is told once of what closes within a day, when it usually books it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.accounts.model import Debt
from domain.activities.model import StructureId
from domain.bookings.errors import FamilyInDebt
from domain.bookings.model import DraftLine, Slot, State, Wish
from domain.calendar.deadlines import DaysBefore, WeekdayOfPreviousWeek
from domain.calendar.model import PARIS
from domain.documents.model import DocumentKind
from domain.families.model import ChildId, FamilyId, Guardian, GuardianId
from domain.notices.model import Channel, Kind
from domain.reminders.answering import BookAsUsual, SilenceReminder
from domain.reminders.errors import OtherStructure, ReminderGone
from domain.reminders.service import RemindDeadlines
from domain.reports.hourly import Hourly
from tests.builders import CANTEEN, FULL_DAY, activity, booking, catalogue, identity
from tests.fakes.data import TownData
from tests.fakes.documents import FakeDocuments
from tests.fakes.town import FakeTown

# A week of school closes on Thursday at 09:00; the one told of here on 26 November.
WEEKLY = WeekdayOfPreviousWeek(3, time(9))
LIMIT = datetime(2026, 11, 26, 8, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
SCHOOL = [MONDAY + timedelta(days=n) for n in (0, 1, 3, 4)]
HOUR = timedelta(hours=1)
TOLD_AT = LIMIT - 24 * HOUR
ANNE = identity(1, 1)


@dataclass
class Scene:
    data: TownData
    now: datetime = TOLD_AT

    def __post_init__(self) -> None:
        self.town = FakeTown(self.data)
        parts = self.town.reminders, self.town.catalogues, lambda: self.now
        self.remind = RemindDeadlines(*parts)
        self.hourly = Hourly("reminders", self.remind, self.town.jobs, lambda: self.now)
        self.book = BookAsUsual(*parts)
        self.silence = SilenceReminder(self.town.reminders, lambda: self.now)

    @property
    def told(self) -> list[tuple[int, list[tuple[int, int, list[str]]]]]:
        """By family: child, activity, days."""
        return [
            (
                stored.reminder.deadline.family_id,
                [
                    (s.child_id, s.activity_id, s.day.isoformat()[5:])
                    for s in stored.reminder.slots
                ],
            )
            for stored in self.data.reminders.values()
        ]

    def put(self, child: int, day: date, of: int = FULL_DAY, **changed: object) -> None:
        key = len(self.data.bookings) + 1
        made = booking(1, id=key, ticket=key, **changed)
        self.data.bookings[key] = replace(made, slot=Slot(ChildId(child), of, day))

    def usually(self, child: int, day: date, weeks: Iterable[int], of: int = FULL_DAY) -> None:
        for back in weeks:
            self.put(child, day - timedelta(weeks=back), of)


def scene(*activities, children: int = 1) -> Scene:
    data = TownData(catalogue(*(activities or (activity(book_by=WEEKLY),))))
    data.family(1, guardians=[1], children=range(1, children + 1))
    for of in data.catalogue.activities:
        for child in range(1, children + 1):
            data.enrol(child, of)
        data.open(of, *(day - timedelta(weeks=n) for n in range(9) for day in SCHOOL))
    return Scene(data)


async def test_a_usual_day_that_closes_within_a_day_is_told():
    there = scene()
    there.usually(1, MONDAY, (1, 2))

    assert await there.remind() == 1

    assert there.told == [(1, [(1, 1, "11-30")])]
    (notice,) = there.town.notices
    assert (notice.kind, notice.channel) == (Kind.DEADLINE_REMINDER, Channel.MAIL)  # no chat


async def test_all_children_and_activities_of_one_deadline_are_told_together():
    there = scene(activity(book_by=WEEKLY), activity(CANTEEN, book_by=WEEKLY), children=2)
    for child in (1, 2):
        there.usually(child, MONDAY, (1, 2), of=FULL_DAY)
    # Of the other activity only Thursdays, so that no hours meet.
    there.usually(1, SCHOOL[2], (2, 4), of=CANTEEN)

    await there.remind()

    assert there.told == [(1, [(1, 1, "11-30"), (1, 3, "12-03"), (2, 1, "11-30")])]
    assert len(there.town.notices) == 1


# -- what is usual ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("weeks", "told"),
    [
        ((1, 2), True),
        ((3, 4), True),
        ((1,), False),
        ((1, 5), False),
        ((5, 6, 7), False),
    ],
)
async def test_usual_is_twice_in_the_last_four_weeks(weeks, told):
    there = scene()
    there.usually(1, MONDAY, weeks)

    await there.remind()

    assert bool(there.told) is told


async def test_weeks_that_were_closed_do_not_count():
    there = scene()
    there.data.open(1, *(MONDAY - timedelta(weeks=n) for n in (1, 2, 3)), is_open=False)
    there.usually(1, MONDAY, (5, 7))

    await there.remind()

    assert bool(there.told)


async def test_another_weekday_says_nothing():
    there = scene()
    there.usually(1, SCHOOL[1], (1, 2, 3, 4))

    await there.remind()

    assert there.told == [(1, [(1, 1, "12-01")])]


@pytest.mark.parametrize("state", [State.WAITLISTED, State.CANCELLED, State.REFUSED])
async def test_what_was_never_a_place_makes_no_habit(state):
    there = scene()
    for week in (1, 2, 3):
        there.put(1, MONDAY - timedelta(weeks=week), state=state)

    await there.remind()

    assert there.told == []


async def test_weeks_that_are_not_booked_yet_do_not_count_against_a_habit():
    monthly = activity(book_by=WeekdayOfPreviousWeek(3, time(9), weeks=2))
    there = scene(monthly)
    there.now = TOLD_AT - timedelta(weeks=1)
    there.usually(1, MONDAY, (2, 3))  # nothing on the Monday that comes before

    await there.remind()

    assert there.told == [(1, [(1, 1, "11-30")])]


async def test_a_habit_is_the_familys_own():
    there = scene()
    there.data.family(2, guardians=[2], children=[1])
    for week in (1, 3):
        there.put(1, MONDAY - timedelta(weeks=week))
    for week in (2, 4):
        there.put(1, MONDAY - timedelta(weeks=week), family_id=FamilyId(2))

    await there.remind()

    assert [family for family, _ in there.told] == [1, 2]


# -- when nothing is told --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "told"),
    [
        (TOLD_AT - timedelta(seconds=1), False),
        (TOLD_AT, True),
        (LIMIT, True),
        (LIMIT + timedelta(seconds=1), False),
    ],
)
async def test_told_within_the_last_day_and_never_after_the_deadline(now, told):
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    there.now = now

    await there.remind()

    assert bool(there.told) is told


@pytest.mark.parametrize("state", [State.ACCEPTED, State.PENDING, State.WAITLISTED, State.REFUSED])
@pytest.mark.parametrize("family", [1, 2])
async def test_what_was_asked_is_not_told_whoever_asked(state, family):
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    there.put(1, MONDAY, state=state, family_id=FamilyId(family))

    await there.remind()

    assert there.told == []


@pytest.mark.parametrize(("wish", "told"), [(Wish.BOOK, False), (Wish.KEEP, True)])
async def test_what_one_of_the_parents_has_in_a_draft_is_not_told(wish, told):
    there = scene()
    there.data.guardian(Guardian(GuardianId(9), FamilyId(1), "M.", "Jean", "DUPONT"))
    there.usually(1, MONDAY, (1, 2))
    line = DraftLine(Slot(ChildId(1), FULL_DAY, MONDAY), wish, time(8), time(9))
    there.data.line(9, 1, line, there.now)

    await there.remind()

    assert bool(there.told) is told


async def test_nothing_is_told_where_the_enrolment_ended():
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    there.data.enrolments = [
        replace(one, valid_to=MONDAY - timedelta(days=1)) for one in there.data.enrolments
    ]

    await there.remind()

    assert there.told == []


async def test_nothing_is_told_while_the_house_rules_wait_for_a_signature():
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    rules = DocumentKind.HOUSE_RULES
    FakeDocuments(there.data).publish(StructureId(1), rules, "Règlement", "...", there.now)

    await there.remind()

    assert there.told == []


async def test_nothing_is_told_of_a_day_that_the_town_closed():
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    there.data.open(1, MONDAY, is_open=False)

    await there.remind()

    assert there.told == []


async def test_a_child_that_is_elsewhere_at_these_hours_needs_no_reminder():
    there = scene(activity(book_by=WEEKLY), activity(CANTEEN, book_by=WEEKLY))
    there.usually(1, MONDAY, (1, 2))
    there.put(1, MONDAY, CANTEEN)

    await there.remind()

    assert there.told == []


@pytest.mark.parametrize(
    ("limit", "told_at"),
    [
        (time(23, 30), time(8)),  # a day before would be in the evening
        (time(6), time(8)),
        (time(9), time(9)),
    ],
)
async def test_nobody_is_woken_and_nobody_is_told_too_late(limit, told_at):
    there = scene(activity(book_by=WeekdayOfPreviousWeek(3, limit)))
    there.usually(1, MONDAY, (1, 2))
    there.now = datetime(2026, 11, 24, tzinfo=PARIS).astimezone(UTC)

    while not await there.hourly():
        there.now += HOUR / 2

    local = there.now.astimezone(PARIS)
    assert local.time() == told_at
    assert local <= datetime.combine(date(2026, 11, 26), limit, PARIS)


async def test_what_would_be_too_late_in_the_morning_is_told_at_night():
    there = scene(activity(book_by=WeekdayOfPreviousWeek(3, time(6))))
    there.usually(1, MONDAY, (1, 2))
    there.now = datetime(2026, 11, 25, 23, tzinfo=PARIS)  # it was off until now

    assert await there.remind() == 1


# -- once ------------------------------------------------------------------------------------
@given(
    st.lists(st.integers(1, 600), min_size=1, max_size=60),
    st.sampled_from([None, 5, 20, 40]),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
async def test_as_time_goes_on_each_deadline_is_told_once_in_time_and_never_when_booked(
    minutes, booked_after, silent
):
    """Ticks at any distance, as the bot is up or down."""
    daily = activity(book_by=DaysBefore(2, time(9), skip_weekends=True))
    there = scene(daily)
    for day in SCHOOL:
        there.usually(1, day, (1, 2, 3, 4))
    there.now = datetime(2026, 11, 25, tzinfo=UTC)
    seen: dict[datetime, datetime] = {}
    for nth, step in enumerate(minutes):
        if nth == booked_after:
            for day in SCHOOL:
                there.put(1, day)
        await there.hourly()
        for stored in there.data.reminders.values():
            deadline = stored.reminder.deadline
            seen.setdefault(deadline.limit, there.now)
        there.now += timedelta(minutes=step)

    booked_at = [
        datetime(2026, 11, 25, tzinfo=UTC) + timedelta(minutes=sum(minutes[:booked_after]))
    ] * (booked_after is not None and booked_after < len(minutes))
    limits = [datetime.fromisoformat(n.params["until"]) for n in there.town.notices]
    assert len(limits) == len(set(limits))
    assert all(limit - 24 * HOUR <= at <= limit for limit, at in seen.items())
    assert all(at < booked for at in seen.values() for booked in booked_at)


async def test_two_processes_in_one_hour_tell_once():
    there = scene()
    there.usually(1, MONDAY, (1, 2))

    assert [await there.hourly(), await there.hourly()] == [1, 0]


async def test_an_hour_that_failed_is_taken_up_when_its_lease_ends():
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    there.data.open(1, *SCHOOL)
    name, day = f"reminders-{there.now:%H}", there.now.date()
    await there.town.jobs.write(
        lambda tx: tx.claim(name, day, there.now, there.now + timedelta(minutes=5))
    )

    before = await there.hourly()
    there.now += timedelta(minutes=5)

    assert (before, await there.hourly()) == (0, 1)


async def test_another_day_of_a_deadline_that_was_told_makes_no_second_message():
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    await there.remind()
    there.usually(1, SCHOOL[1], (1, 2))

    assert await there.remind() == 0
    assert len(there.town.notices) == 1


async def test_old_reminders_are_forgotten():
    there = scene()
    there.usually(1, MONDAY, (1, 2))
    await there.remind()
    there.now = LIMIT + timedelta(days=2, seconds=1)

    await there.remind()

    assert there.data.reminders == {}


# -- the answers -----------------------------------------------------------------------------
async def told(*days: date) -> Scene:
    there = scene()
    for day in days or (MONDAY,):
        there.usually(1, day, (1, 2, 3))
    await there.remind()
    return there


def drafted(there: Scene) -> dict[str, tuple[Wish, time, time]]:
    return {
        slot.day.isoformat()[5:]: (line.wish, line.arrival, line.departure)
        for (_, slot), (line, _) in there.data.lines.items()
    }


async def test_booking_as_usual_drafts_exactly_those_days_and_records_nothing():
    there = await told(MONDAY, SCHOOL[2])
    before = dict(there.data.bookings)

    assert await there.book(ANNE, 1) == 2
    assert await there.book(ANNE, 1) == 2

    usual = Wish.BOOK, time(7, 30), time(18)
    assert drafted(there) == {"11-30": usual, "12-03": usual}
    assert there.data.bookings == before


async def test_hours_that_were_chosen_are_asked_again_where_they_are_still_possible():
    there = await told()
    for key in (1, 2, 3):  # the newest one is what counts
        hours = {"arrival": time(8), "departure": time(16, 30 if key == 1 else 0)}
        there.data.bookings[key] = replace(there.data.bookings[key], **hours)

    await there.book(ANNE, 1)

    assert drafted(there) == {"11-30": (Wish.BOOK, time(8), time(16, 30))}
    about = there.data.openings[FULL_DAY, MONDAY]
    there.data.openings[FULL_DAY, MONDAY] = replace(about, departure=time(12))
    await there.book(ANNE, 1)
    assert drafted(there) == {"11-30": (Wish.BOOK, time(7, 30), time(12))}


async def test_what_was_booked_since_is_left_out():
    there = await told(MONDAY, SCHOOL[2])
    there.put(1, MONDAY)

    assert await there.book(ANNE, 1) == 1
    assert set(drafted(there)) == {"12-03"}


async def test_another_familys_reminder_is_as_one_that_does_not_exist():
    there = await told()
    stranger = identity(2, 2)

    for number in (1, 99):
        with pytest.raises(ReminderGone):
            await there.book(stranger, number)
        with pytest.raises(ReminderGone):
            await there.silence(stranger, number)
    assert there.data.lines == {}
    assert there.data.reminders[1].silenced_at is None


async def test_after_the_deadline_an_old_button_is_refused():
    there = await told()
    there.now = LIMIT
    assert await there.book(ANNE, 1) == 1
    there.now += timedelta(seconds=1)

    with pytest.raises(ReminderGone):
        await there.book(ANNE, 1)
    with pytest.raises(ReminderGone):
        await there.silence(ANNE, 1)


async def test_a_reminder_of_another_structure_says_which():
    there = await told()

    with pytest.raises(OtherStructure, match="CarteVille"):
        await there.book(replace(ANNE, structure_id=StructureId(2)), 1)


async def test_a_silenced_deadline_is_not_told_again_and_can_still_be_booked():
    there = await told()

    await there.silence(ANNE, 1)

    assert await there.remind() == 0
    assert await there.book(ANNE, 1) == 1


async def test_a_family_in_debt_is_refused_and_drafts_nothing():
    there = await told(MONDAY, SCHOOL[2])
    indebted = replace(ANNE, debt=Debt("Cantine", Decimal("-1.00")))

    with pytest.raises(FamilyInDebt):
        await there.book(indebted, 1)

    assert drafted(there) == {}
