"""The longest addresses of the town's side, for ``test_routes``."""

from datetime import date

from conversations.announcing import routes as announcing
from conversations.announcing.groups import number_of
from conversations.staff import routes as staff
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
)
STAFF_LONGEST = {
    **dict.fromkeys(OF_ONE, ONE),
    announcing.ForAll: {**ONE, "everywhere": True},
    announcing.AskActivities: {**ONE, "page": COUNT},
    announcing.ForActivity: {**ONE, "activity": ID},
    announcing.ForGroup: {**ONE, "group": number_of("CM2")},
    announcing.ForDay: {**ONE, "day": DAY},
    announcing.ForDayIn: {**ONE, "day": DAY, "activity": ID},
    announcing.SendAt: {**ONE, "day": DAY, "hour": 23},
    announcing.ShowFor: {**ONE, "days": COUNT},
    announcing.ConfirmAnnouncement: {**ONE, "version": COUNT},
    announcing.SetPause: {**ONE, "wanted": False, "live": False},
    announcing.SendWords: {**ONE, "version": COUNT},
    announcing.ShowMissed: {**ONE, "page": COUNT},
    staff.ShowTown: {"structure": ID},
    staff.EndStaffDevice: {"session": ID},
    staff.StaffLanguage: {"language": "fr"},
    staff.StaffTables: {"wanted": False},
    staff.StaffSimply: {"then": f"gzz!{ID}!{ID}!20261231"},
}
STAFF_QUICK = [(staff.StaffSimply.data("gr:3"), staff.StaffSimply(then="gr!3"))]
