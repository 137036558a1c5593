"""Children called class by class (S4)."""

from dataclasses import replace
from datetime import time

from domain.activities.catalogue import Catalogue
from domain.activities.model import Draw, PoolId
from domain.families.classes import rank
from domain.families.model import Child, ChildId
from domain.sheets import rules
from domain.sheets.model import HeadCount, Order, Sheet, SheetRow
from tests.builders import DAY, FULL_DAY, MORNING, NOW, activity
from tests.unit.sheets.test_sheets import ILL, numbers, row


def of(number: int, school_class: str | None, name: str = "Martin", **changed) -> SheetRow:
    child = Child(ChildId(number), f"Enfant {number}", name, school_class)
    return row(number, child=child, **changed)


def sheet(*rows: SheetRow, order: Order = Order.CLASS, draws=None) -> Sheet:
    whole = activity() if draws is None else replace(activity(), draws=draws)
    small = activity(MORNING, arrival=time(7), departure=time(8))
    catalogue = Catalogue(0, {}, {FULL_DAY: whole, MORNING: small})
    found = rules.sheets(rows, catalogue, order)
    return Sheet(DAY, DAY, found, order, NOW, classes=rules.by_class(found))


def test_classes_are_in_the_order_of_a_school_then_by_letters():
    named = [
        "",
        "ULIS",
        "CM2",
        "ce1 b",
        "CP A – Mme Martin",
        "PS",
        "Dispositif",
        "CE1 A",
        "CM1/CM2",
    ]

    assert sorted(named, key=rank) == [
        "PS",
        "CP A – Mme Martin",
        "CE1 A",
        "ce1 b",
        "CM1/CM2",
        "CM2",
        "Dispositif",
        "ULIS",
        "",
    ]


def test_where_the_school_is_named_first_its_classes_stay_together():
    named = ["Tilleuls CP", "Ferry CM2B", "Tilleuls GS", "Ferry GS"]

    assert sorted(named, key=rank) == ["Ferry GS", "Ferry CM2B", "Tilleuls GS", "Tilleuls CP"]


def test_children_are_called_class_by_class_and_those_without_one_last():
    told = sheet(of(1, None), of(2, "CM2"), of(3, "CP", "Zola"), of(4, "CP", "Abadie"))

    assert numbers(told.activities[0].rows) == [4, 3, 2, 1]
    assert told.classes == (
        ("CP", HeadCount(2, 0)),
        ("CM2", HeadCount(1, 0)),
        ("", HeadCount(1, 0)),
    )


def test_where_no_class_is_known_none_is_told():
    assert sheet(of(1, None), of(2, None)).classes == ()


def test_age_groups_that_have_places_of_their_own_are_kept():
    rows = of(1, "CP", group="6-12"), of(2, "CM2", group="3-5")

    own = sheet(*rows, draws=(Draw(PoolId(1), "3-5"), Draw(PoolId(2), "6-12")))

    assert [name for name, _ in own.activities[0].groups] == ["3-5", "6-12"]
    assert sheet(*rows).activities[0].groups == ()


def test_a_child_of_two_activities_is_counted_once_and_there_if_in_one_of_them():
    told = sheet(
        of(1, "CP"), of(1, "CP", activity_id=MORNING, missing=ILL), of(2, "CP", missing=ILL)
    )

    assert told.classes == (("CP", HeadCount(2, 1)),)


def test_one_class_is_told_alone_whatever_its_children_come_to():
    told = sheet(
        of(1, "CP"),
        of(2, "CM2"),
        of(3, "CM2", activity_id=MORNING),
        of(4, "CP", is_sure=False),
    )

    alone = rules.of_class(told, "CP")

    (one,) = alone.activities
    assert (numbers(one.rows), one.undecided, one.total) == ([1], 1, HeadCount(1, 0))
    assert (alone.school_class, alone.classes) == ("CP", told.classes)


def test_those_without_a_class_are_told_alone_too():
    (one,) = rules.of_class(sheet(of(1, "CP"), of(2, None)), "").activities

    assert numbers(one.rows) == [2]
