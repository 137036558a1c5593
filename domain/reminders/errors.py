from domain.errors import DomainError


class ReminderGone(DomainError):
    """Its deadline has passed, or it is not theirs: the two are never told apart."""

    code = "reminders.gone"


class OtherStructure(DomainError):
    """What it is about is booked in ``structure``, and another one is shown now."""

    code = "reminders.other_structure"
