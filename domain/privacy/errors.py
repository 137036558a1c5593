from domain.errors import DomainError


class ExportUnderWay(DomainError):
    """The one asked for before is being made."""

    code = "privacy.export_under_way"


class TooManyExports(DomainError):
    """``until``: from when the next one may be asked for."""

    code = "privacy.too_many_exports"
