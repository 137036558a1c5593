from datetime import UTC, datetime


def utc_now() -> datetime:
    """The machine's clock, and the only place that reads it; everything else is given one."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may
