from domain.errors import DomainError


class ReasonNeeded(DomainError):
    """A refusal, and a place in the queue, are explained to the family (B17)."""

    code = "requests.reason_needed"
