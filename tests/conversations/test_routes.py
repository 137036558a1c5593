"""Every address: short, quick to write, and with one spelling (A10)."""

import importlib
import pkgutil
from datetime import date, time

import pytest

import conversations
from conversations.absences import routes as absences
from conversations.announcements import routes as announcements
from conversations.booking import routes as booking
from conversations.copying import routes as copying
from conversations.documents import routes as documents
from conversations.followup import routes as followup
from conversations.home.routes import SetLanguage
from conversations.hours import routes as hours
from conversations.money import routes as money
from conversations.overview import routes as overview
from conversations.pattern import routes as pattern
from conversations.payments import routes as payments
from conversations.profile import routes as profile
from conversations.reminders import routes as reminders
from conversations.routes import Route
from conversations.tables import Format
from domain.absences.model import Reason
from domain.bookings.filters import Shown
from domain.bookings.model import Slot
from domain.bookings.pattern import Pattern
from domain.errors import NotFound
from domain.families.model import Display
from domain.notices.model import Channel, Kind
from domain.payments.model import Provider
from tests.conversations.facts import LONGEST_ID as ID

for module in pkgutil.walk_packages(conversations.__path__, "conversations."):
    importlib.import_module(module.name)

DAY = date(2026, 12, 31)
COUNT = 2**31 - 1
LONGEST = {
    booking.Activities: {"child": ID},
    booking.Month: {"child": ID, "activity": ID, "first": DAY},
    booking.MarkDay: {"child": ID, "activity": ID, "day": DAY, "wanted": True},
    booking.MarkGroup: {
        "child": ID,
        "activity": ID,
        "first": DAY,
        "last": DAY,
        "weekday": "6",
        "wanted": True,
    },
    booking.Legend: {"child": ID, "activity": ID, "first": DAY},
    booking.Details: {"child": ID, "activity": ID, "first": DAY},
    booking.Recap: {"page": COUNT},
    booking.Lines: {"page": COUNT},
    booking.Undo: {"child": ID, "activity": ID, "day": DAY, "page": COUNT},
    booking.Confirm: {"round": COUNT, "page": COUNT, "digest": "f" * 32},
    followup.FollowUp: {"page": COUNT},
    followup.ShowBox: {"box": max(Shown, key=len), "shown": True},
    followup.FilterChild: {"child": ID},
    followup.FilterActivity: {"activity": ID},
    followup.FilterMonth: {"first": DAY},
    followup.Export: {"format": Format.XLSX},
    followup.AskCancel: {"booking": ID, "page": COUNT},
    followup.Cancel: {"booking": ID, "page": COUNT},
    followup.Answer: {"booking": ID, "accept": False},
    hours.HoursMenu: {"child": ID, "activity": ID, "first": DAY},
    hours.PickArrival: {"child": ID, "activity": ID, "day": DAY, "every": True, "hour": 23},
    hours.PickDeparture: {
        "child": ID,
        "activity": ID,
        "day": DAY,
        "every": True,
        "arrival": time(7, 35),
        "hour": 23,
    },
    hours.SetHours: {
        "child": ID,
        "activity": ID,
        "day": DAY,
        "every": False,
        "arrival": time(7, 35),
        "departure": time(23, 59),
    },
    pattern.NewPattern: {"child": ID, "activity": ID, "first": DAY},
    **{
        route: {"child": ID, "activity": ID, "first": DAY, "last": DAY, "which": "1ff"}
        for route in (pattern.ShowPattern, pattern.FillPattern)
    },
    copying.CopySources: {"child": ID, "activity": ID, "first": DAY},
    copying.CopyDays: {
        "child": copying.code(ID),
        "activity": copying.code(ID),
        "of_child": copying.code(ID),
        "of_activity": copying.code(ID),
        "period": "202612",
    },
    overview.Overview: {"child": ID, "first": DAY},
    overview.Week: {"day": DAY},
    overview.RepeatWeek: {"day": DAY},
    overview.OverviewLegend: {"child": ID, "first": DAY},
    overview.DaySheet: {"child": ID, "day": DAY},
    overview.MarkOnSheet: {"child": ID, "activity": ID, "day": DAY, "wanted": True},
    absences.AbsenceDays: {"page": COUNT},
    absences.AbsenceDay: {"child": ID, "day": DAY},
    absences.AskReason: {"child": ID, "day": DAY, "activity": ID},
    absences.DeclareAbsent: {
        "child": ID,
        "day": DAY,
        "activity": ID,
        "reason": max(Reason, key=len),
    },
    absences.Explain: {"child": ID, "day": DAY},
    absences.WithdrawAbsent: {"child": ID, "day": DAY, "activity": ID},
    reminders.BookUsual: {"reminder": ID},
    reminders.NotThisTime: {"reminder": ID},
    SetLanguage: {"language": "fr"},
    documents.ReadDocument: {"document": ID, "page": COUNT},
    documents.Agree: {"document": ID},
    documents.DocumentPdf: {"document": ID},
    documents.ReadRules: {"child": ID, "page": COUNT},
    documents.TickRules: {"child": ID},
    documents.SignAsMyself: {"child": ID},
    documents.SignRules: {"child": ID},
    documents.SheetPdf: {"child": ID},
    announcements.ReadAnnouncement: {"announcement": ID},
    announcements.OpenAttachment: {"announcement": ID},
    profile.EndDevice: {"session": ID},
    profile.SwitchTo: {"structure": ID},
    profile.WantNotice: {
        "kind": max(Kind, key=len),
        "channel": Channel.TELEGRAM,
        "wanted": False,
    },
    profile.QuietFrom: {"start": 23},
    profile.QuietBetween: {"start": 23, "until": 22},
    booking.LinkSiblings: {"wanted": True},
    followup.Leave: {"booking": ID},
    money.Balance: {"pending": True, "until": DAY},
    money.Explain: {"page": COUNT, "pending": True, "until": DAY},
    money.Consumptions: {"first": DAY, "page": COUNT, "child": ID, "activity": ID},
    money.ChooseConsumed: {"first": DAY, "child": ID, "activity": ID},
    money.ExportConsumed: {
        "first": DAY,
        "format": max(Format, key=len),
        "child": ID,
        "activity": ID,
    },
    payments.Pay: {"wallet": ID},
    payments.PayAmount: {"wallet": ID, "cents": COUNT},
    payments.PayOther: {"wallet": ID},
    payments.PayBy: {"wallet": ID, "cents": COUNT, "provider": max(Provider, key=len)},
    payments.AskPaid: {"reference": "A" * 20},
    money.ExportPaid: {"format": max(Format, key=len)},
    profile.ShowSimply: {
        "then": money.Consumptions(first=DAY, page=COUNT, child=ID, activity=ID)
        .pack()
        .replace(":", "!")
    },
    profile.ChooseDisplay: {"display": Display.CLASSIC},
    profile.TidyScreens: {"wanted": False},
}
ROUTES = sorted(Route.__subclasses__(), key=lambda route: route.__prefix__)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_every_route_packs_under_64_bytes_at_its_longest_and_reads_back(route):
    longest = route(**LONGEST.get(route, {}))

    packed = longest.pack()

    assert len(packed.encode()) <= 64
    assert route.unpack(packed) == longest


def test_every_route_has_a_prefix_of_its_own():
    prefixes = [route.__prefix__ for route in ROUTES]

    assert len(prefixes) == len(set(prefixes))


QUICK = [
    (booking.Activities.data(1), booking.Activities(child=1)),
    (booking.Legend.data(1, 2, DAY), booking.Legend(child=1, activity=2, first=DAY)),
    (booking.Details.data(1, 2, DAY), booking.Details(child=1, activity=2, first=DAY)),
    (booking.Recap.data(3), booking.Recap(page=3)),
    (booking.Lines.data(3), booking.Lines(page=3)),
    (booking.Month.data(1, 2, DAY), booking.Month(child=1, activity=2, first=DAY)),
    (
        booking.MarkDay.data(1, 2, date(2027, 1, 2), wanted=False),
        booking.MarkDay(child=1, activity=2, day=date(2027, 1, 2), wanted=False),
    ),
    (
        booking.MarkGroup.data(1, 2, DAY, DAY, None, wanted=True),
        booking.MarkGroup(child=1, activity=2, first=DAY, last=DAY, weekday="-", wanted=True),
    ),
    (
        booking.MarkGroup.data(1, 2, DAY, DAY, 0, wanted=False),
        booking.MarkGroup(child=1, activity=2, first=DAY, last=DAY, weekday="0", wanted=False),
    ),
    (
        booking.Undo.data(Slot(1, 2, DAY), 3),
        booking.Undo(child=1, activity=2, day=DAY, page=3),
    ),
    (
        booking.Confirm.data(4, "abcdef12", 2),
        booking.Confirm(round=4, page=2, digest="abcdef12"),
    ),
    (hours.HoursMenu.data(1, 2, DAY), hours.HoursMenu(child=1, activity=2, first=DAY)),
    (pattern.NewPattern.data(1, 2, DAY), pattern.NewPattern(child=1, activity=2, first=DAY)),
    (copying.CopySources.data(1, 2, DAY), copying.CopySources(child=1, activity=2, first=DAY)),
    (overview.Overview.data(1, DAY), overview.Overview(child=1, first=DAY)),
    (overview.Week.data(DAY), overview.Week(day=DAY)),
    (overview.DaySheet.data(1, DAY), overview.DaySheet(child=1, day=DAY)),
    (
        overview.MarkOnSheet.data(1, 2, DAY, wanted=True),
        overview.MarkOnSheet(child=1, activity=2, day=DAY, wanted=True),
    ),
    (profile.ShowSimply.data("r:3"), profile.ShowSimply(then="r!3")),
    (followup.Leave.data(5), followup.Leave(booking=5)),
    (followup.FollowUp.data(3), followup.FollowUp(page=3)),
    (followup.AskCancel.data(5, 3), followup.AskCancel(booking=5, page=3)),
    (followup.Cancel.data(5, 3), followup.Cancel(booking=5, page=3)),
    (followup.Answer.data(5, accept=True), followup.Answer(booking=5, accept=True)),
]


@pytest.mark.parametrize(("quick", "route"), QUICK, ids=lambda value: str(value)[:12])
def test_the_quick_way_writes_what_the_checked_way_writes(quick, route):
    assert quick == route.pack()


def test_every_quick_way_is_compared():
    with_data = {route for route in ROUTES if "data" in vars(route)}

    assert {type(route) for _, route in QUICK} == with_data


@pytest.mark.parametrize(
    "spelling", [" 7", "7 ", "+7", "-7", "07", "7_0", "7.0", "0", "", "٧", "7" * 55, str(2**63)]
)
def test_an_id_has_one_spelling(spelling):
    with pytest.raises(ValueError, match="child"):
        booking.Activities.unpack(f"a:{spelling}")


@pytest.mark.parametrize(
    "spelling",
    ["20261301", "20260230", "2026-1-1", "19991231", "2026121", " 20261201", "2026120१"],
)
def test_a_day_has_one_spelling(spelling):
    with pytest.raises(ValueError, match="first"):
        booking.Month.unpack(f"m:1:1:{spelling}")


@pytest.mark.parametrize("spelling", ["2", "true", "", " 1", "01", "on"])
def test_a_flag_has_one_spelling(spelling):
    with pytest.raises(ValueError, match="accept"):
        followup.Answer.unpack(f"o:1:{spelling}")


@pytest.mark.parametrize("spelling", ["-1", "00", "", "x", str(2**63)])
def test_an_activity_or_the_whole_day_has_one_spelling(spelling):
    with pytest.raises(ValueError, match="activity"):
        absences.AskReason.unpack(f"aq:1:20261231:{spelling}")


@pytest.mark.parametrize("spelling", ["24", "-1", "07", "7.0", "", " 7"])
def test_an_hour_has_one_spelling(spelling):
    with pytest.raises(ValueError, match="start"):
        profile.QuietFrom.unpack(f"qf:{spelling}")


@pytest.mark.parametrize("written", [1, 61, 62, 3843, 3844, ID])
def test_a_number_comes_back_from_its_code(written):
    assert copying.number(copying.code(written)) == written


@pytest.mark.parametrize("code", ["Z" * 11, "aZl8N0y58M8"])
def test_a_number_beyond_the_databases_is_nobodys(code):
    with pytest.raises(NotFound):
        copying.number(code)


@pytest.mark.parametrize(
    "weekdays", [frozenset(), frozenset({0}), frozenset({0, 3}), frozenset(range(7))]
)
@pytest.mark.parametrize("every", [1, 2])
@pytest.mark.parametrize("skip", [True, False])
def test_a_pattern_is_all_in_its_button(weekdays, every, skip):
    asked = Pattern(weekdays, date(2026, 12, 1), DAY, every, skip)

    said = pattern.ShowPattern.unpack(pattern.ShowPattern.of(ID, ID, asked))

    assert pattern.pattern_of(said) == asked
