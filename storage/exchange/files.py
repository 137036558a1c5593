"""What is handed over and acknowledged, in a drop: ``domain.reports.ports.ExchangeFiles``."""

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

    def dismiss(self, transmission: Transmission) -> None:
        self.drop.remove(_sign(transmission))

    def _look(self, transmission: Transmission, there: frozenset[str]) -> Handover:
        if _sign(transmission) in there:
            said = self.drop.read(_sign(transmission)) or b""
            return _acknowledged(said.decode(errors="replace").strip().lower(), transmission)
        return Handover.WAITS if there.issuperset(_names(transmission)) else Handover.LOST


class ExchangeFolder(ExchangeFiles):
    """In a folder, which is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(FolderDrop(folder))


def _acknowledged(said: str, transmission: Transmission) -> Handover:
    if said == transmission.checksum:
        return Handover.TAKEN
    # The other side may be writing it just now: it must not be taken away under its hand.
    is_begun = (transmission.checksum or "").startswith(said)
    return Handover.WAITS if is_begun else Handover.MISREAD


def _names(transmission: Transmission) -> tuple[str, ...]:
    """The JSON last: who finds it may take all."""
    name = file_name(transmission)
    return f"{name}.csv", f"{name}-absences.csv", f"{name}-payments.csv", f"{name}.json"


def _sign(transmission: Transmission) -> str:
    return f"{file_name(transmission)}.taken"
