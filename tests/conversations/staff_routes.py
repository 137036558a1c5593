"""The longest addresses of the town's side, for ``test_routes``."""

from datetime import date

from conversations.alerts import routes as alerts
from conversations.announcing import routes as announcing
from conversations.announcing.groups import number_of
from conversations.classes import code_of
from conversations.households import routes as households
from conversations.imports import routes as imports
from conversations.journal import routes as journal
from conversations.nights import routes as nights
from conversations.places import routes as places
from conversations.requests import routes as requests
from conversations.requests.routes import Usual
from conversations.sheets import routes as sheets
from conversations.staff import routes as staff
from conversations.tables import Format
from domain.requests.model import Verdict
from domain.sheets.model import Order
from tests.conversations.facts import LONGEST_ID as ID

DAY = date(2026, 12, 31)
COUNT = 2**31 - 1
ONE = {"announcement": ID}
OF_ONE = (
    announcing.OpenAnnouncement,
    announcing.OpenDetail,
    announcing.Rewrite,
    announcing.DropAttached,
    announcing.AskAudience,
    announcing.AskTime,
    announcing.SendAtOnce,
    announcing.ShowAlways,
    announcing.Preview,
    announcing.AskWithdraw,
    announcing.WithdrawAnnouncement,
    announcing.DropWords,
    announcing.FollowLive,
    announcing.AskAgain,
)
THERE = {"activity": ID, "day": DAY}
SHEET = {
    "day": DAY,
    "page": COUNT,
    "order": Order.DEPARTURE,
    "activity": ID,
    "school_class": code_of("CM2"),
}
STAFF_LONGEST = {
    places.Places: {"page": COUNT},
    places.PlacesMonth: {"activity": ID, "first": DAY},
    places.PlacesDay: THERE,
    places.AskCapacity: {**THERE, "pool": ID},
    places.TryCapacity: {**THERE, "pool": ID},
    places.GiveCapacity: {**THERE, "pool": ID, "capacity": "99999", "before": "99999"},
    places.AskClosing: THERE,
    places.CloseTheDay: {**THERE, "bookings": COUNT},
    places.OpenTheDay: THERE,
    places.Queue: {**THERE, "page": COUNT},
    places.AskMove: {**THERE, "booking": ID},
    places.MoveTo: {**THERE, "booking": ID, "rank": COUNT},
    households.Family: {"family": ID},
    households.AskLetter: {"guardian": ID},
    households.MakeLetter: {"guardian": ID, "since": COUNT},
    households.UnlockAccess: {"guardian": ID},
    journal.Journal: {"page": COUNT, "days": 3660, "agent": ID},
    journal.JournalAgents: {"days": 3660},
    journal.TakeJournal: {"days": 3660, "format": Format.XLSX, "agent": ID},
    nights.Nights: {"page": COUNT},
    nights.RunTheNight: {"night": DAY},
    **dict.fromkeys(OF_ONE, ONE),
    announcing.ForAll: {**ONE, "everywhere": True},
    announcing.AskActivities: {**ONE, "page": COUNT},
    announcing.ForActivity: {**ONE, "activity": ID},
    announcing.ForGroup: {**ONE, "group": number_of("CM2")},
    announcing.AskClasses: {**ONE, "page": COUNT},
    announcing.ForClass: {**ONE, "school_class": code_of("CM2")},
    announcing.ForDay: {**ONE, "day": DAY},
    announcing.ForDayIn: {**ONE, "day": DAY, "activity": ID},
    announcing.SendAt: {**ONE, "day": DAY, "hour": 23},
    announcing.ShowFor: {**ONE, "days": COUNT},
    announcing.ConfirmAnnouncement: {**ONE, "version": COUNT},
    announcing.SetPause: {**ONE, "wanted": False, "live": False},
    announcing.SendWords: {**ONE, "version": COUNT},
    announcing.SendItAgain: {**ONE, "doubts": ID},
    announcing.ShowMissed: {**ONE, "page": COUNT},
    alerts.Alerts: {"page": COUNT},
    alerts.ShowAlert: {"alert": ID},
    alerts.AlertSeen: {"alert": ID},
    alerts.AskFamily: {"alert": ID},
    alerts.AskCredit: {"alert": ID, "family": ID, "wallet": ID},
    alerts.CreditWallet: {"alert": ID, "wallet": ID},
    alerts.AskGivenBack: {"alert": ID},
    alerts.GivenBack: {"alert": ID},
    imports.WriteImport: {"digest": "f" * 32},
    staff.ShowTown: {"structure": ID},
    staff.EndStaffDevice: {"session": ID},
    staff.StaffLanguage: {"language": "fr"},
    staff.StaffTables: {"wanted": False},
    requests.Requests: {"page": COUNT, "aside": True, "activity": ID, "ticking": True},
    requests.Tick: {"number": ID, "wanted": True, "page": COUNT, "aside": True, "activity": ID},
    requests.PickActivity: {"aside": True},
    requests.OneRequest: {"number": ID},
    requests.AcceptOne: {"number": ID},
    requests.AskWhyOne: {"number": ID, "verdict": Verdict.WAITLIST},
    requests.Gather: {"aside": True, "activity": ID, "day": DAY, "child": ID},
    requests.AskWhy: {"verdict": Verdict.WAITLIST},
    requests.GiveReason: {"verdict": Verdict.WAITLIST, "usual": max(Usual, key=len)},
    requests.TypeReason: {"verdict": Verdict.WAITLIST},
    requests.AnswerAll: {"verdict": Verdict.WAITLIST, "key": "f" * 8},
    sheets.DaySheet: SHEET,
    sheets.Halves: {"day": DAY, "activity": ID},
    sheets.TakeSheet: {
        "day": DAY,
        "format": max(Format, key=len),
        "order": Order.DEPARTURE,
        "activity": ID,
        "school_class": code_of("CM2"),
    },
    staff.StaffSimply: {"then": sheets.DaySheet(**SHEET).pack().replace(":", "!")},
}
STAFF_QUICK = [(staff.StaffSimply.data("gr:3"), staff.StaffSimply(then="gr!3"))]
