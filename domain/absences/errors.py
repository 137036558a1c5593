from domain.errors import DomainError


class DayOver(DomainError):
    """An absence is declared, changed and withdrawn until that day ends."""

    code = "absences.day_over"


class NotBooked(DomainError):
    """No accepted booking there: cancelled since, still waiting, or never theirs."""

    code = "absences.not_booked"


class StillCancellable(DomainError):
    """Cancelling costs nothing, until ``limit``."""

    code = "absences.still_cancellable"


class NotDeclared(DomainError):
    """Withdrawn since, or never declared."""

    code = "absences.not_declared"


class NoteTooLong(DomainError):
    """``longest``: in characters."""

    code = "absences.note_too_long"


class UnusableFile(DomainError):
    """Neither a picture nor a PDF, or too big: ``most`` is in megabytes."""

    code = "absences.unusable_file"
