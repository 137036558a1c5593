"""The key file: followed while the program runs, and changed whole or not at all (A12).

A key that was added by the command line must reach every program that is running, before anything
is sealed with it: whoever seals looks first whether the file is another one (one ``stat``), and
whoever meets a key that it does not know looks again.
"""

import os
import re
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from storage.crypto import INDEX, Keyring, KeyringError, key_words, keyring_text, new_key_line

NUMBERED: Final = re.compile(r"k([0-9]{1,9})")
Stamp = tuple[int, int, int]


class FileKeyring(Keyring):
    """The keyring of a file, as the file is now. One that cannot be read changes nothing."""

    _followed: tuple[Path, Stamp | None] | None = None

    @classmethod
    def load(cls, path: Path) -> Self:
        stamp = _stamp(path)  # first: what changes meanwhile is then read once more
        keyring = super().load(path)
        keyring.follow(path, stamp)
        return keyring

    def follow(self, path: Path, stamp: Stamp | None) -> None:
        """``stamp``: what the file was like when its keys were read."""
        self._followed = path, stamp

    @property
    def mark(self) -> bytes:
        self._look()
        return super().mark

    def open(self, sealed: bytes, place: str) -> bytes:
        if not self.knows(sealed):
            self._look()
        return super().open(sealed, place)

    def _look(self) -> None:
        if self._followed is None:
            return
        path, before = self._followed
        stamp = _stamp(path)
        if stamp is None or stamp == before:
            return
        try:
            found = Keyring.load(path)
        except KeyringError:
            return
        self._followed = path, stamp
        if found.fingerprint == self.fingerprint:
            self.adopt(found)


def add_key(path: Path) -> str:
    """Puts a new key on top, which seals from now on; answers its name."""
    words = key_words(_read(path))
    numbers = [int(found[1]) for name in _names(words) if (found := NUMBERED.fullmatch(name))]
    name = f"k{max(numbers, default=0) + 1}"
    _replace(path, [new_key_line(name), *words])
    return name


def drop_old_keys(path: Path) -> tuple[str, ...]:
    """Leaves the key that seals, and the one of the indexes; answers the names of the others."""
    words = key_words(_read(path))
    index = next(word for word in words if _name(word) == INDEX)
    seals, *others = (word for word in words if word is not index)
    if others:
        _replace(path, [seals, index])
    return _names(others)


def changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _read(path: Path) -> str:
    Keyring.load(path)  # complains of whatever is wrong with it
    return path.read_text(encoding="ascii")


def _replace(path: Path, words: Iterable[str]) -> None:
    """Written beside, and on the disk before it takes the name; for its owner alone."""
    path = path.resolve()
    owner = path.stat()
    opened, beside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    with os.fdopen(opened, "w", encoding="ascii") as file:
        os.fchown(opened, owner.st_uid, owner.st_gid)
        file.write(keyring_text(words))
        file.flush()
        os.fsync(opened)
    Path(beside).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _name(word: str) -> str:
    return word.partition(":")[0]


def _names(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_name, words))


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
