"""The longest addresses of the town's side, for ``test_routes``."""

from datetime import date

from conversations.staff import routes as staff
from tests.conversations.facts import LONGEST_ID as ID

DAY = date(2026, 12, 31)
COUNT = 2**31 - 1
STAFF_LONGEST = {
    staff.ShowTown: {"structure": ID},
    staff.EndStaffDevice: {"session": ID},
    staff.StaffLanguage: {"language": "fr"},
    staff.StaffTables: {"wanted": False},
    staff.StaffSimply: {"then": f"gzz!{ID}!{ID}!20261231"},
}
STAFF_QUICK = [(staff.StaffSimply.data("gr:3"), staff.StaffSimply(then="gr!3"))]
