"""What is handed over and acknowledged, in a drop: ``domain.reports.ports.ExchangeFiles``."""

import hashlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from pathlib import Path

from domain.reports.model import Contents, Handover, Transmission
from storage.exchange.drop import Drop, FolderDrop
from storage.exchange.lines import file_name, handed


class ExchangeFiles:
    def __init__(self, drop: Drop) -> None:
        self.drop = drop

    def write(self, transmission: Transmission, contents: Contents) -> str:
        files = handed(transmission, contents)
        parts = files.table, files.absences, files.payments, files.summary
        for name, content in zip(_names(transmission), parts, strict=True):
            self.drop.put(name, content)
        return files.checksum

    def look(self, transmissions: Sequence[Transmission]) -> Sequence[Handover]:
        there = self.drop.names() if transmissions else frozenset()
        return [self._look(one, there) for one in transmissions]

    def compare(self, transmission: Transmission, contents: Contents) -> Handover:
        """The checksum of the JSON proves all four files and no other night's. That of the
        movements alone was asked for once, and is taken still; it may be of a Cartable before this
        one, whose files the back office had read already.
        """
        said = _said(self.drop.read(_sign(transmission)) or b"")
        files = handed(transmission, contents)
        right = (hashlib.sha256(files.summary).hexdigest(), files.checksum, transmission.checksum)
        if said in right:
            return Handover.TAKEN
        # The other side may be writing it just now: it must not be taken away under its hand.
        is_begun = any(one.startswith(said) for one in right if one)
        return Handover.WAITS if is_begun else Handover.MISREAD

    def dismiss(self, transmission: Transmission) -> None:
        self.drop.remove(_sign(transmission))

    def _look(self, transmission: Transmission, there: frozenset[str]) -> Handover:
        if _sign(transmission) in there:
            return Handover.SIGNED
        return Handover.WAITS if there.issuperset(_names(transmission)) else Handover.LOST


class ExchangeFolder(ExchangeFiles):
    """In a folder, which is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(FolderDrop(folder))


def _said(sign: bytes) -> str:
    """The first word, as ``sha256sum FILE`` writes it, or PowerShell, in UTF-16."""
    coded = "utf-16" if sign.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    words = sign.decode(coded, errors="replace").lower().split()
    return words[0] if words else ""


def _names(transmission: Transmission) -> tuple[str, ...]:
    """The JSON last: who finds it may take all."""
    name = file_name(transmission)
    return f"{name}.csv", f"{name}-absences.csv", f"{name}-payments.csv", f"{name}.json"


def _sign(transmission: Transmission) -> str:
    return f"{file_name(transmission)}.taken"
