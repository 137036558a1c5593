"""Who comes on a day, and how many (S4)."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from domain.absences.model import Absence, Certificate, CertificateKind, Reason
from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.errors import NotFound
from domain.families.model import Child, ChildId, GuardianId
from domain.sheets import rules
from domain.sheets.model import Half, HeadCount, Missing, Order, SheetRow
from domain.sheets.service import ReadSheet, Use
from domain.staff.acts import StaffAct
from domain.staff.model import Role
from tests.builders import DAY, FULL_DAY, MORNING, NOW, TOWN, activity, agent
from tests.unit.bookings.conftest import build_world

ILL = Missing(NOW, Reason.ILL, has_certificate=False)
TOMORROW = date(2026, 12, 3)


def row(number: int, name: str = "Martin", **changed) -> SheetRow:
    told = {
        "booking_id": number,
        "activity_id": FULL_DAY,
        "child": Child(ChildId(number), f"Enfant {number}", name),
        "arrival": time(7, 30),
        "departure": time(18),
        "group": None,
        "is_sure": True,
    }
    return SheetRow(**(told | changed))


class Hall:
    def __init__(self) -> None:
        small = activity(MORNING, arrival=time(7), departure=time(8))
        self.world = build_world(activity(), small, capacity=3, days=(DAY, TOMORROW))
        self.read = ReadSheet(self.world.town.sheets, self.world.town.catalogues, self.world.clock)

    @property
    def log(self):
        return [(e.what, dict(e.details)) for e in self.world.town.data.audit.values()]


@pytest.fixture
def hall() -> Hall:
    return Hall()


# -- rules ------------------------------------------------------------------------------------
def numbers(rows) -> list[int]:
    return [one.booking_id for one in rows]


def test_names_are_in_order_whatever_their_accents():
    rows = [row(1, "Émery"), row(2, "Zola"), row(3, "de Foix"), row(4, "Etienne")]

    assert numbers(rules.in_order(rows, Order.NAME)) == [3, 1, 4, 2]


def test_groups_come_before_names_and_hours():
    rows = [row(1, group="6-12"), row(2, group="3-5"), row(3, "Abadie", group="6-12")]

    assert numbers(rules.in_order(rows, Order.NAME)) == [2, 3, 1]


def test_by_hour_those_of_the_same_hour_are_by_name():
    rows = [
        row(1, "Zola", departure=time(16, 30)),
        row(2, "Abadie"),
        row(3, "Abadie", departure=time(16, 30), arrival=time(9)),
    ]

    assert numbers(rules.in_order(rows, Order.DEPARTURE)) == [3, 1, 2]
    assert numbers(rules.in_order(rows, Order.ARRIVAL)) == [2, 1, 3]


def test_the_absent_are_expected_but_not_present():
    counted = rules.count([row(1), row(2, missing=ILL), row(3)])

    assert counted == HeadCount(expected=3, absent=1)
    assert counted.present == 2


def test_half_an_hour_counts_whoever_is_there_in_any_of_it():
    rows = [
        row(1, arrival=time(7, 40), departure=time(8, 30)),
        row(2, arrival=time(8), departure=time(9)),
        row(3, missing=ILL),
    ]

    assert rules.halves(rows) == (
        Half(time(7, 30), 1),
        Half(time(8), 2),
        Half(time(8, 30), 1),
    )


def test_where_all_have_the_same_hours_no_half_hour_is_told():
    assert rules.halves([row(1), row(2)]) == ()
    assert rules.halves([]) == ()


# -- reading ----------------------------------------------------------------------------------
async def test_todays_sheet_tells_each_activity_by_its_hour(hall):
    await hall.world.book(1)
    await hall.world.book(2)
    await hall.world.book(1, activity=MORNING, child=1)
    await hall.world.book(3, activity=MORNING)
    hall.world.now = datetime(2026, 12, 2, 6, tzinfo=NOW.tzinfo)

    sheet = await hall.read(agent(), None)

    assert (sheet.day, sheet.today) == (DAY, DAY)
    assert [(s.activity.id, s.total.expected) for s in sheet.activities] == [
        (MORNING, 1),
        (FULL_DAY, 2),
    ]


async def test_a_declared_absence_is_on_the_sheet_at_once(hall):
    await hall.world.book(1)
    booking = hall.world.booking(1)
    certificate = Certificate("x", CertificateKind.PDF)
    hall.world.town.data.absences[booking.id] = Absence(
        booking.id, GuardianId(1), NOW, billed=True, reason=Reason.VISIT, certificate=certificate
    )

    sheet = await hall.read(agent(), DAY, FULL_DAY)

    (one,) = sheet.activities[0].rows
    assert one.missing == Missing(NOW, Reason.VISIT, has_certificate=True)
    assert sheet.activities[0].total == HeadCount(1, 1)


async def test_who_waits_for_an_answer_is_counted_apart(hall):
    await hall.world.book(1)
    await hall.world.book(2)
    asked = hall.world.booking(2)
    hall.world.town.data.bookings[asked.id] = replace(asked, state=State.PENDING)

    sheet = await hall.read(agent(), DAY)

    assert (sheet.activities[0].total.expected, sheet.activities[0].undecided) == (1, 1)


async def test_another_day_has_its_own_children(hall):
    await hall.world.book(1)

    assert (await hall.read(agent(), TOMORROW)).activities == ()


async def test_each_look_and_each_file_is_noted_without_a_name(hall):
    await hall.read(agent(), DAY)
    await hall.read(agent(), DAY, FULL_DAY, use=Use.PDF)

    assert hall.log == [
        (StaffAct.SHEET_READ, {"day": "2026-12-02", "use": "screen", "activity": 0}),
        (StaffAct.SHEET_TAKEN, {"day": "2026-12-02", "use": "pdf", "activity": FULL_DAY}),
    ]


async def test_a_reader_may_read_sheets(hall):
    assert await hall.read(agent(role=Role.READER), DAY)


async def test_the_agent_of_another_structure_sees_nobody(hall):
    await hall.world.book(1)
    elsewhere, data = StructureId(2), hall.world.town.data
    both = {**data.catalogue.structures, elsewhere: data.catalogue.structures[TOWN]}
    data.catalogue = replace(data.catalogue, structures=both)
    stranger = agent(structures=(elsewhere,))

    assert (await hall.read(stranger, DAY)).activities == ()
    with pytest.raises(NotFound):
        await hall.read(stranger, DAY, FULL_DAY)
