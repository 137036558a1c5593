"""What the audit log tells of the town's side: one entry an act, in the act's own transaction."""

from datetime import datetime
from enum import StrEnum

from domain.activities.model import StructureId
from domain.audit.model import Actor, Entry
from domain.families.model import GuardianId
from domain.staff.model import StaffIdentity


class StaffAct(StrEnum):
    """At most 64 characters each."""

    STAFF_INVITED = "staff_invited"
    STAFF_ROLE_CHANGED = "staff_role_changed"
    STAFF_DISABLED = "staff_disabled"
    INVITATION_REFUSED = "staff_invitation_refused"
    LOGGED_IN = "staff_login"
    SESSION_ENDED = "staff_session_ended"
    REQUEST_ACCEPTED = "request_accepted"  # S3
    REQUEST_REFUSED = "request_refused"
    REQUEST_WAITLISTED = "request_waitlisted"
    SHEET_READ = "sheet_read"  # on the screen (S4)
    SHEET_TAKEN = "sheet_taken"  # a day sheet as a file (S4)
    ANNOUNCED = "announced"  # S2
    ANNOUNCEMENT_EDITED = "announcement_edited"
    ANNOUNCEMENT_WITHDRAWN = "announcement_withdrawn"
    CAPACITY_CHANGED = "capacity_changed"  # S5
    DAY_CLOSED = "day_closed"
    DAY_REOPENED = "day_reopened"
    WAITLIST_REORDERED = "waitlist_reordered"
    FAMILIES_SEARCHED = "families_searched"  # S6
    FAMILY_VIEWED = "family_viewed"
    UNREACHABLE_VIEWED = "unreachable_viewed"
    NIGHT_RUN = "night_run"  # S7
    AUDIT_TAKEN = "audit_taken"  # the log itself, as a file
    ALERT_SETTLED = "alert_settled"
    STRAY_SETTLED = "stray_settled"  # money that no wallet could take, credited or given back
    IMPORTED = "imported"  # X1


def noted(
    member: StaffIdentity,
    act: StrEnum,
    at: datetime,
    *,
    before: str | int | None = None,
    after: str | int | None = None,
    structure: StructureId | None = None,
    guardian: GuardianId | None = None,
    reason: str | None = None,
    **about: str | int,
) -> Entry:
    """To be given to ``AuditLog.note`` by the unit of work that acts.

    ``structure``: where it is not the one shown now. ``about``: numbers and days, never a name.
    """
    told = {"before": before, "after": after}
    details = about | {key: value for key, value in told.items() if value is not None}
    return Entry(
        at,
        Actor.STAFF,
        act,
        guardian,
        details=details,
        staff_id=member.staff_id,
        structure_id=structure or member.structure_id,
        reason=reason,
    )
