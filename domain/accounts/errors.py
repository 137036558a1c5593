from domain.errors import DomainError


class WrongCredentials(DomainError):
    """Unknown identifier, wrong password or locked identifier: one answer, equal work (A8)."""

    code = "accounts.wrong_credentials"


class TooManyAttempts(DomainError):
    """``until`` is the instant from which this Telegram user may try again."""

    code = "accounts.too_many_attempts"
