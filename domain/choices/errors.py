from domain.errors import DomainError


class LastChannel(DomainError):
    """An urgent kind keeps a way to reach the family: a place may be lost otherwise."""

    code = "choices.last_channel"
