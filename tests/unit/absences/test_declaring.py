"""B19: a child that will not come, told by the parent, and what it costs."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest

from domain.absences.errors import (
    DayOver,
    NotBooked,
    NotDeclared,
    NoteTooLong,
    StillCancellable,
)
from domain.absences.events import Event
from domain.absences.model import Certificate, CertificateKind, Reason, Scope
from domain.absences.reading import ListAbsenceDays, ListAbsences, ShowAbsenceDay
from domain.absences.service import CertifyAbsence, DeclareAbsence, NoteAbsence, WithdrawAbsence
from domain.activities.absence_billing import FreeIfDeclaredBefore, FreeWithCertificate
from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.calendar.deadlines import DaysBefore
from domain.calendar.model import PARIS
from domain.errors import NotFound
from domain.families.model import FamilyId
from tests.builders import CANTEEN, FULL_DAY, TOWN, activity, booking, catalogue, identity
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown

# It closes two days before at 09:00, so on Wednesday both that day's and Friday's are locked.
WEDNESDAY = date(2026, 12, 2)
FRIDAY, MONDAY = date(2026, 12, 4), date(2026, 12, 7)
ANNE = identity(1, 1)
PAPER = Certificate("file-of-telegram", CertificateKind.PDF)


def at(hour: int, day: date = WEDNESDAY) -> datetime:
    return datetime.combine(day, time(hour), PARIS)


@dataclass
class Scene:
    data: TownData
    now: datetime

    def __post_init__(self) -> None:
        self.town = FakeTown(self.data)
        parts = self.town.absences, self.town.catalogues, lambda: self.now
        self.list = ListAbsenceDays(*parts)
        self.show = ShowAbsenceDay(*parts)
        self.declare = DeclareAbsence(*parts)
        self.note = NoteAbsence(*parts)
        self.certify = CertifyAbsence(*parts)
        self.withdraw = WithdrawAbsence(*parts)

    @property
    def told(self) -> list[tuple[Event, int]]:
        return [(e.what, e.details["booking"]) for e in self.data.audit.values()]


def scene(*activities, now: datetime | None = None) -> Scene:
    data = TownData(catalogue(*(activities or (activity(), activity(CANTEEN)))))
    data.family(1, guardians=[1, 9], children=[1])
    data.family(2, guardians=[2], children=[2])
    for number, day in enumerate((WEDNESDAY, FRIDAY, MONDAY), start=1):
        for of in data.catalogue.activities:
            key = number * 10 + of
            made = booking(1, id=key, ticket=key)
            slot = replace(made.slot, activity_id=of, day=day)
            arrival = data.catalogue.activities[of].arrival
            data.bookings[key] = replace(made, slot=slot, arrival=arrival)
    return Scene(data, now or at(7))


def whole(day: date = WEDNESDAY) -> Scope:
    return Scope(ANNE.children[0].id, day)


def only(of: int = FULL_DAY, day: date = WEDNESDAY) -> Scope:
    return Scope(ANNE.children[0].id, day, of)


async def test_one_activity_is_declared_and_keeps_its_place():
    there = scene()

    day = await there.declare(ANNE, only(), Reason.ILL)

    assert [(x.activity.id, x.absence and x.absence.reason) for x in day.lines] == [(1, "ill")]
    assert there.data.bookings[11].state is State.ACCEPTED
    assert set(there.data.absences) == {11}
    assert there.told == [(Event.DECLARED, 11)]


async def test_the_whole_day_is_declared_at_once():
    there = scene()

    await there.declare(ANNE, whole(), Reason.VISIT)

    assert set(there.data.absences) == {11, 13}


async def test_a_day_to_come_that_is_locked_can_be_declared():
    there = scene()
    there.now = at(10)

    await there.declare(ANNE, whole(FRIDAY), Reason.OTHER)

    assert set(there.data.absences) == {21, 23}


async def test_what_can_still_be_cancelled_is_to_be_cancelled_as_that_is_not_billed():
    there = scene()

    with pytest.raises(StillCancellable) as refused:
        await there.declare(ANNE, whole(MONDAY), Reason.ILL)

    assert refused.value.params["limit"] == at(9, date(2026, 12, 3))
    assert there.data.absences == {}


async def test_until_the_limit_itself_it_is_cancelled_and_after_it_declared():
    there = scene()
    there.now = at(9)
    with pytest.raises(StillCancellable):
        await there.declare(ANNE, whole(FRIDAY), Reason.ILL)
    there.now += timedelta(seconds=1)

    await there.declare(ANNE, whole(FRIDAY), Reason.ILL)

    assert set(there.data.absences) == {21, 23}


async def test_of_a_whole_day_only_what_is_locked_is_declared():
    lunch = activity(CANTEEN, arrival=time(11, 30), cancel_by=DaysBefore(0, time(9)))
    there = scene(activity(), lunch)

    day = await there.declare(ANNE, whole(), Reason.ILL)

    assert set(there.data.absences) == {11}
    assert [line.cancel_until for line in day.lines] == [None, at(9)]


@pytest.mark.parametrize(
    "state", [State.CANCELLED, State.WAITLISTED, State.PENDING, State.REFUSED]
)
async def test_what_is_not_accepted_is_no_absence(state):
    there = scene()
    there.data.bookings[11] = replace(there.data.bookings[11], state=state)

    with pytest.raises(NotBooked):
        await there.declare(ANNE, only(), Reason.ILL)


async def test_another_familys_child_does_not_exist():
    there = scene()

    with pytest.raises(NotFound):
        await there.declare(identity(2, 2), only(), Reason.ILL)


async def test_what_the_childs_other_family_booked_is_theirs_to_declare():
    there = scene()
    there.data.bookings[11] = replace(there.data.bookings[11], family_id=FamilyId(2))

    with pytest.raises(NotBooked):
        await there.declare(ANNE, only(), Reason.ILL)


async def test_after_midnight_an_old_button_changes_nothing():
    there = scene()
    there.now = at(23)
    await there.declare(ANNE, only(), Reason.ILL)
    there.now += timedelta(hours=1)

    for late in (
        there.declare(ANNE, whole(), Reason.ILL),
        there.note(ANNE, only(), "Un mot"),
        there.certify(ANNE, only(), PAPER),
        there.withdraw(ANNE, only()),
        there.show(ANNE, only()),
    ):
        with pytest.raises(DayOver):
            await late
    assert set(there.data.absences) == {11}


async def test_declared_twice_it_is_one_absence_whose_reason_may_change():
    there = scene()
    await there.declare(ANNE, only(), Reason.ILL)
    first = there.data.absences[11]
    there.now += timedelta(hours=3)
    other_parent = replace(ANNE, guardian=replace(ANNE.guardian, id=9))

    await there.declare(other_parent, only(), Reason.VISIT)

    assert there.data.absences[11] == replace(first, reason=Reason.VISIT)
    assert there.told == [(Event.DECLARED, 11)]


# -- what it costs ---------------------------------------------------------------------------
async def billed(there: Scene, scope: Scope | None = None) -> list[bool]:
    day = await there.show(ANNE, scope or only())
    return [line.absence.billed for line in day.lines if line.absence is not None]


async def test_it_stays_billed_unless_the_town_says_otherwise():
    there = scene()

    await there.declare(ANNE, only(), Reason.ILL)

    assert await billed(there) == [True]


@pytest.mark.parametrize(("after", "is_billed"), [(timedelta(0), False), (timedelta(0, 1), True)])
async def test_declared_before_the_hour_it_is_free(after, is_billed):
    there = scene(activity(absence_billing=FreeIfDeclaredBefore(time(8))))
    there.now = at(8) + after

    await there.declare(ANNE, only(), Reason.ILL)

    assert await billed(there) == [is_billed]


async def test_what_was_told_of_the_bill_holds_when_the_reason_is_changed_later():
    there = scene(activity(absence_billing=FreeIfDeclaredBefore(time(8))))
    await there.declare(ANNE, only(), Reason.ILL)
    there.now = at(12)

    await there.declare(ANNE, only(), Reason.OTHER)

    assert await billed(there) == [False]


async def test_withdrawn_and_declared_again_too_late_it_is_billed():
    there = scene(activity(absence_billing=FreeIfDeclaredBefore(time(8))))
    await there.declare(ANNE, only(), Reason.ILL)
    await there.withdraw(ANNE, only())
    there.now = at(12)

    await there.declare(ANNE, only(), Reason.ILL)

    assert await billed(there) == [True]


async def test_with_a_certificate_it_is_free_where_the_town_says_so():
    there = scene(activity(absence_billing=FreeWithCertificate()), activity(CANTEEN))
    await there.declare(ANNE, whole(), Reason.ILL)
    before = await billed(there, whole())

    await there.certify(ANNE, whole(), PAPER)

    assert (before, await billed(there, whole())) == ([True, True], [False, True])
    assert there.data.absences[11].certificate == PAPER
    assert there.told[2:] == [(Event.CERTIFIED, 11), (Event.CERTIFIED, 13)]


# -- adding and withdrawing ------------------------------------------------------------------
async def test_a_few_words_can_be_added_and_taken_back():
    there = scene()
    await there.declare(ANNE, whole(), Reason.OTHER)

    await there.note(ANNE, only(), "  Nous\n rentrons   tard ")

    assert [there.data.absences[key].note for key in (11, 13)] == ["Nous rentrons tard", None]
    await there.note(ANNE, only(), " ")
    assert there.data.absences[11].note is None


async def test_more_than_a_few_words_are_refused():
    there = scene()
    await there.declare(ANNE, whole(), Reason.OTHER)

    with pytest.raises(NoteTooLong):
        await there.note(ANNE, only(), "x" * 201)


async def test_nothing_is_added_to_what_was_not_declared():
    there = scene()

    with pytest.raises(NotDeclared):
        await there.note(ANNE, only(), "Un mot")
    with pytest.raises(NotDeclared):
        await there.certify(ANNE, only(), PAPER)


async def test_withdrawn_it_is_gone_and_the_booking_stands():
    there = scene()
    await there.declare(ANNE, whole(), Reason.ILL)

    await there.withdraw(ANNE, only())
    await there.withdraw(ANNE, only())

    assert set(there.data.absences) == {13}
    assert there.data.bookings[11].state is State.ACCEPTED
    assert there.told[2:] == [(Event.WITHDRAWN, 11)]


# -- what is listed --------------------------------------------------------------------------
async def test_days_are_told_that_can_be_declared_and_those_of_today_and_tomorrow():
    there = scene()

    assert [day.day for day in await there.list(ANNE)] == [WEDNESDAY]
    there.now = at(10)
    assert [day.day for day in await there.list(ANNE)] == [WEDNESDAY, FRIDAY]
    there.now = at(7, MONDAY - timedelta(days=1))
    assert [day.day for day in await there.list(ANNE)] == [MONDAY]
    there.now = at(0, MONDAY + timedelta(days=1))
    assert await there.list(ANNE) == ()


async def test_the_town_lists_who_will_not_come_at_once():
    there = scene()
    await there.declare(ANNE, whole(), Reason.ILL)
    asked = ListAbsences(there.town.absences, there.town.catalogues)

    found = await asked(TOWN, WEDNESDAY)

    assert [(x.child.id, x.activity_id) for x in found] == [(1, 1), (1, 3)]
    assert await asked(TOWN, FRIDAY) == ()
    with pytest.raises(NotFound):
        await asked(StructureId(99), WEDNESDAY)


async def test_the_town_does_not_list_what_was_cancelled_since():
    there = scene()
    await there.declare(ANNE, only(), Reason.ILL)
    there.data.bookings[11] = replace(there.data.bookings[11], state=State.CANCELLED)

    assert await ListAbsences(there.town.absences, there.town.catalogues)(TOWN, WEDNESDAY) == ()


def news(there: Scene) -> list[tuple[str, bool, bool]]:
    told = (stored.news for stored in there.data.absence_news)
    return [(one.what.value, one.billed, one.certified) for one in told]


async def test_the_back_office_hears_what_counts_and_not_why():
    """X2: a reason or a note is the family's and the town hall's."""
    there = scene()
    await there.declare(ANNE, only(), Reason.ILL)
    await there.declare(ANNE, only(), Reason.VISIT)
    await there.note(ANNE, only(), "Un mot")

    await there.certify(ANNE, only(), PAPER)
    await there.certify(ANNE, only(), PAPER)
    await there.withdraw(ANNE, only())
    await there.withdraw(ANNE, only())

    assert news(there) == [
        ("declared", True, False),
        ("changed", True, True),
        ("withdrawn", True, True),
    ]
