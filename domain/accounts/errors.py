from domain.errors import DomainError


class WrongCredentials(DomainError):
    """Unknown identifier, wrong password or locked identifier: one answer, equal work (A8)."""

    code = "accounts.wrong_credentials"


class TooManyAttempts(DomainError):
    """``until`` is the instant from which this Telegram user may try again."""

    code = "accounts.too_many_attempts"


class WrongPassword(DomainError):
    """Of somebody who is connected."""

    code = "accounts.wrong_password"


class SessionIdle(DomainError):
    """Nothing was done for so long that the session was ended (A9)."""

    code = "accounts.idle"


class PasswordExpired(DomainError):
    """The right temporary password, too late: a new letter is needed (A4)."""

    code = "accounts.password_expired"


class LinkRefused(DomainError):
    """Unknown, altered, expired, used, replaced, or somebody else's: never told apart (A3, A7)."""

    code = "accounts.link_refused"


class ConnectedAsAnother(DomainError):
    """The link still lets in, once this Telegram user has logged out."""

    code = "accounts.connected_as_another"


class ChoiceGone(DomainError):
    """The new password was typed once, and too long ago, or is used by now."""

    code = "accounts.choice_gone"


class ChoiceDiffers(DomainError):
    """The second time it was not the same."""

    code = "accounts.choice_differs"


class TooManyResets(DomainError):
    """``until``: from when this Telegram user may ask for a link again."""

    code = "accounts.too_many_resets"
