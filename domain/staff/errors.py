from typing import ClassVar

from domain.errors import DomainError


class NotAllowed(DomainError):
    """Their role does not have this right, or the structure is not theirs (S1)."""

    code: ClassVar[str] = "staff.not_allowed"


class InvitationRefused(DomainError):
    """Unknown, expired, used or replaced, or of somebody who works here no more: never told
    apart (S1).
    """

    code: ClassVar[str] = "staff.invitation_refused"


class StaffSessionIdle(DomainError):
    """Nothing was done for so long that the session was ended: a new invitation is needed."""

    code: ClassVar[str] = "staff.idle"
