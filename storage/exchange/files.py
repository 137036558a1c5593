"""What is handed over and acknowledged, in a drop: ``domain.reports.ports.ExchangeFiles``."""

from collections.abc import Sequence
from pathlib import Path

from domain.reports.model import Handover, Reported, ReportedAbsence, Transmission
from storage.exchange.drop import Drop, FolderDrop
from storage.exchange.lines import file_name, handed


class ExchangeFiles:
    def __init__(self, drop: Drop) -> None:
        self.drop = drop

    def write(
        self,
        transmission: Transmission,
        movements: Sequence[Reported],
        absences: Sequence[ReportedAbsence] = (),
    ) -> str:
        files = handed(transmission, movements, absences)
        table, news, summary = _names(transmission)
        self.drop.put(table, files.table)
        self.drop.put(news, files.absences)
        self.drop.put(summary, files.summary)
        return files.checksum

    def look(self, transmissions: Sequence[Transmission]) -> Sequence[Handover]:
        there = self.drop.names() if transmissions else frozenset()
        return [self._look(one, there) for one in transmissions]

    def dismiss(self, transmission: Transmission) -> None:
        self.drop.remove(_sign(transmission))

    def _look(self, transmission: Transmission, there: frozenset[str]) -> Handover:
        if _sign(transmission) in there:
            said = self.drop.read(_sign(transmission)) or b""
            is_right = said.decode(errors="replace").strip().lower() == transmission.checksum
            return Handover.TAKEN if is_right else Handover.MISREAD
        return Handover.WAITS if there.issuperset(_names(transmission)) else Handover.LOST


class ExchangeFolder(ExchangeFiles):
    """In a folder, which is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(FolderDrop(folder))


def _names(transmission: Transmission) -> tuple[str, str, str]:
    name = file_name(transmission)
    return f"{name}.csv", f"{name}-absences.csv", f"{name}.json"


def _sign(transmission: Transmission) -> str:
    return f"{file_name(transmission)}.taken"
