"""Addresses of what is read, agreed to and signed (A5, A6)."""

from typing import Final

from conversations.routes import Count, Id, Route


class Consents(Route, prefix="bc"):
    """The documents that are asked of this guardian."""


class ReadDocument(Route, prefix="br"):
    document: Id
    page: Count


class Agree(Route, prefix="ba"):
    """I have read it, and agree."""

    document: Id


class DocumentPdf(Route, prefix="bp"):
    document: Id


class RefuseTelegram(Route, prefix="bx"):
    """Rather not by Telegram: leaves, and nothing is recorded (A12)."""


class Sheets(Route, prefix="bs"):
    """The house rules of each child."""


class ReadRules(Route, prefix="bl"):
    child: Id
    page: Count


class TickRules(Route, prefix="bt"):
    child: Id


class SignAsMyself(Route, prefix="bn"):
    """With the name that the town knows."""

    child: Id


class SignRules(Route, prefix="bg"):
    child: Id


class SheetPdf(Route, prefix="bf"):
    child: Id


CONSENTS: Final = Consents().pack()
SHEETS: Final = Sheets().pack()
