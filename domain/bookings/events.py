"""What the audit log tells of bookings: what the town's people did to them by hand."""

from enum import StrEnum


class Event(StrEnum):
    REQUEST_ACCEPTED = "request_accepted"
    REQUEST_REFUSED = "request_refused"
    REQUEST_WAITLISTED = "request_waitlisted"
