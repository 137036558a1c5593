"""The longest addresses of the town's side, for ``test_routes``."""

from datetime import date

from conversations.alerts import routes as alerts
from conversations.households import routes as households
from conversations.imports import routes as imports
from conversations.journal import routes as journal
from conversations.nights import routes as nights
from conversations.places import routes as places
from conversations.staff import routes as staff
from conversations.tables import Format
from tests.conversations.facts import LONGEST_ID as ID

DAY = date(2026, 12, 31)
COUNT = 2**31 - 1
THERE = {"activity": ID, "day": DAY}
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
    staff.StaffSimply: {"then": f"gzz!{ID}!{ID}!20261231"},
}
STAFF_QUICK = [(staff.StaffSimply.data("gr:3"), staff.StaffSimply(then="gr!3"))]
