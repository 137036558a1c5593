"""How files get to the back office and back: by a folder that both see.

Another way, such as SFTP or HTTP, is another ``Drop``: nothing else knows where files are.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

IN: Final = "in"
TAKEN: Final = "taken"
REJECTED: Final = "rejected"
REPORT: Final = ".problems.csv"
LONGEST_NAME: Final = 255  # bytes, in a folder
UNFINISHED: Final = (".part", ".tmp", ".filepart", ".crdownload")


class Drop(Protocol):
    """Names have no folder in them. Raises OSError when the other side is not reached."""

    def put(self, name: str, content: bytes) -> None:
        """For the back office: whole or not at all, in place of what has that name."""

    def read(self, name: str) -> bytes | None:
        """What lies there for the back office, or what it left beside it."""

    def remove(self, name: str) -> None: ...

    def names(self) -> frozenset[str]:
        """All that lies there."""

    def arrivals(self) -> tuple[str, ...]:
        """What the back office has sent, by name; nothing that is still being written."""

    def fetched(self, name: str) -> AbstractContextManager[Path]:
        """The arrival as a file on this machine."""

    def set_aside(self, name: str, box: str, report: bytes | None = None) -> None:
        """Out of the arrivals, into TAKEN or REJECTED, the report of problems beside it."""


@dataclass(frozen=True, slots=True)
class FolderDrop:
    """Ours in ``folder``, theirs in ``folder/in``; both are made when they are missing."""

    folder: Path

    def put(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        replace(self.folder / name, content)

    def read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        if not self.folder.is_dir():
            return frozenset()
        return frozenset(path.name for path in self.folder.iterdir())

    def arrivals(self) -> tuple[str, ...]:
        box = self.folder / IN
        box.mkdir(parents=True, exist_ok=True)
        return tuple(sorted(path.name for path in box.iterdir() if _has_arrived(path)))

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        yield self.folder / IN / name

    def set_aside(self, name: str, box: str, report: bytes | None = None) -> None:
        """The report first: a file that is there without one is looked at again."""
        aside = self.folder / IN / box
        aside.mkdir(parents=True, exist_ok=True)
        if report is not None:
            replace(aside / _report_name(name), report)
        # Gone already where another process has set it aside.
        if (self.folder / IN / name).exists():
            (self.folder / IN / name).replace(aside / name)


def _report_name(name: str) -> str:
    """Shortened where a folder would not take it."""
    room = LONGEST_NAME - len(REPORT)
    return os.fsdecode(os.fsencode(name)[:room]) + REPORT


def _has_arrived(path: Path) -> bool:
    hidden = path.name.startswith((".", "~"))
    return path.is_file() and not hidden and path.suffix.lower() not in UNFINISHED


def replace(path: Path, content: bytes) -> None:
    """There whole, or not at all, whenever the machine stops."""
    # Not by its own name, which may be as long as a name can be.
    named = hashlib.sha256(os.fsencode(path.name)).hexdigest()
    unfinished = path.with_name(f".{named}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The new name, too, must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
