"""Files for the town's back office, and from it (X2, X3): see docs/exchange.md."""

from storage.exchange.drop import Drop, FolderDrop
from storage.exchange.files import ExchangeFiles, ExchangeFolder
from storage.exchange.inbox import DropInbox
from storage.exchange.lines import (
    ABSENCE_COLUMNS,
    COLUMNS,
    PAYMENT_COLUMNS,
    file_name,
    harmless,
)

__all__ = [
    "ABSENCE_COLUMNS",
    "COLUMNS",
    "PAYMENT_COLUMNS",
    "Drop",
    "DropInbox",
    "ExchangeFiles",
    "ExchangeFolder",
    "FolderDrop",
    "file_name",
    "harmless",
]
