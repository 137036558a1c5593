from domain.errors import DomainError


class BadAddresses(DomainError):
    """``which``: those that cannot be used, masked, in one line."""

    code = "emails.malformed"


class TooManyAddresses(DomainError):
    code = "emails.too_many"


class NoAddress(DomainError):
    code = "emails.none"


class WrongCode(DomainError):
    """``left``: how many tries are left; 0 means that a new code must be asked for."""

    code = "emails.wrong_code"


class CodeGone(DomainError):
    """Expired, or tried too often, or nothing waits for a code."""

    code = "emails.code_gone"


class TooManyCodes(DomainError):
    """``until``: from when a code may be asked for again."""

    code = "emails.too_many_codes"
