"""What the audit log tells of accounts."""

from enum import StrEnum


class Event(StrEnum):
    LOGGED_IN = "login"
    LOGIN_FAILED = "login_failed"
    LOGIN_EXPIRED = "login_expired"  # the right temporary password, too late
    CHECK_FAILED = "password_check_failed"  # of somebody connected
    LOCKED = "identifier_locked"
    UNLOCKED = "identifier_unlocked"
    INVITED = "invited"
    LINK_USED = "link_used"
    LINK_REFUSED = "link_refused"
    RESET_ASKED = "reset_asked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a word of the log
