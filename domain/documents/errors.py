from domain.errors import DomainError


class DocumentNotOpened(DomainError):
    """Nobody agrees to what was not shown to them (A5, A6)."""

    code = "documents.not_opened"


class HouseRulesUnsigned(DomainError):
    """Booking for this child is closed until its house rules are signed (A6)."""

    code = "documents.unsigned"
