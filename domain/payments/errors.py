from typing import ClassVar

from domain.errors import DomainError


class ProviderAway(DomainError):
    """The provider does not answer now; nothing was paid by this attempt."""

    code: ClassVar[str] = "payments.provider_away"
