from domain.errors import DomainError


class StaleRecap(DomainError):
    """The draft changed since the recap was shown: the parent must read it again."""

    code = "booking.stale_recap"


class EmptyDraft(DomainError):
    code = "booking.empty_draft"


class NotWaiting(DomainError):
    """It is in no queue: the place was given, offered or refused, or the queue was left."""

    code = "booking.not_waiting"


class OfferGone(DomainError):
    """The offered place was given on, taken back or already answered."""

    code = "booking.offer_gone"


class NotCancellable(DomainError):
    """``limit`` is the passed deadline."""

    code = "booking.not_cancellable"


class NotPending(DomainError):
    code = "booking.not_pending"


class DayOver(DomainError):
    """The service began before the town answered: it can only be refused (B17)."""

    code = "booking.day_over"


class NoQueue(DomainError):
    """The activity has no waitlist: it can be accepted or refused."""

    code = "booking.no_queue"


class FamilyInDebt(DomainError):
    """``wallet``, and its ``balance``: nothing new is booked until it is settled (B1)."""

    code = "booking.family_in_debt"


class HoursNotAllowed(DomainError):
    """The activity does not take these hours (B6): the screen that follows lists those it does."""

    code = "booking.hours_not_allowed"


class DayLocked(DomainError):
    """It can be asked for or changed no more; ``limit`` is the passed deadline."""

    code = "booking.day_locked"
