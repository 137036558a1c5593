"""Encryption of personal columns, with keys that are kept apart from the database (A12).

A keyring is written ``name:base64``, one key a line (commas do as well, for an environment
variable). The first key seals, all of them open: to rotate, put a new one on top. The key named
``index`` makes the blind indexes; it cannot rotate without computing all of them again.
``storage.keyfile`` follows and changes the file, ``storage.resealing`` the values.
"""

import base64
import hmac
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INDEX = "index"
KEY_BYTES = 32
NONCE_BYTES = 12
NAME = re.compile(r"[A-Za-z0-9_.-]{1,32}")


class KeyringError(Exception):
    """The keyring is unreadable, or is not the one that sealed the data."""


class Keyring:
    """Seals, opens, and makes blind indexes. ``keys`` in order: the first one seals."""

    def __init__(self, keys: Mapping[str, bytes], index: bytes) -> None:
        if not keys:
            raise KeyringError("the keyring holds no key to seal with")
        if any(len(key) != KEY_BYTES for key in (*keys.values(), index)):
            raise KeyringError(f"a key has not {KEY_BYTES} bytes")
        self.ciphers = {name.encode(): AESGCM(key) for name, key in keys.items()}
        self.sealing = next(iter(self.ciphers))
        self._index = index
        self._index_keys: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return f"Keyring({', '.join(name.decode() for name in self.ciphers)})"

    @property
    def mark(self) -> bytes:
        """What everything begins with that is sealed now: the key's name after its length."""
        return bytes([len(self.sealing)]) + self.sealing

    def seal(self, value: bytes, place: str) -> bytes:
        """AES-256-GCM; the key's name comes first, so that keys can rotate."""
        nonce, mark = secrets.token_bytes(NONCE_BYTES), self.mark
        sealed = self.ciphers[mark[1:]].encrypt(nonce, value, place.encode())
        return mark + nonce + sealed

    def open(self, sealed: bytes, place: str) -> bytes:
        """Raises KeyringError when the key is missing or wrong, or the value was altered."""
        end = 1 + sealed[0] if sealed else 0
        name, nonce, value = sealed[1:end], sealed[end : end + NONCE_BYTES], sealed[end:]
        cipher = self.ciphers.get(name)
        if cipher is None:
            shown = name.decode(errors="replace")
            raise KeyringError(f"{place} was sealed with the key {shown!r}: not in the keyring")
        try:
            return cipher.decrypt(nonce, value[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            shown = name.decode()
            raise KeyringError(
                f"{place} does not open: the key {shown!r} is another one, or the data was altered"
            ) from error

    def adopt(self, newer: "Keyring") -> None:
        """The keys of a newer state of this keyring; those that it dropped still open."""
        # The keys before the name: another thread may be sealing.
        self.ciphers = {**self.ciphers, **newer.ciphers}
        self.sealing = newer.sealing

    def knows(self, sealed: bytes) -> bool:
        """Whether the key is there that this was sealed with."""
        return bool(sealed) and sealed[1 : 1 + sealed[0]] in self.ciphers

    def blind(self, place: str, value: str) -> bytes:
        """32 bytes: equal for equal values of one place, and telling nothing without the key."""
        return hmac.digest(self._index_key(place), value.encode(), "sha256")

    def _index_key(self, place: str) -> bytes:
        if place not in self._index_keys:
            derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=place.encode())
            self._index_keys[place] = derive.derive(self._index)
        return self._index_keys[place]

    @property
    def fingerprint(self) -> str:
        """Tells blind index keys apart without giving any away."""
        return sha256(self._index_key("fingerprint")).hexdigest()[:16]

    @classmethod
    def parse(cls, text: str) -> Self:
        words = key_words(text)
        keys = dict(_read_key(nth, word) for nth, word in enumerate(words, 1))
        if len(keys) != len(words):
            raise KeyringError("the keyring holds the same name twice")
        if INDEX not in keys:
            raise KeyringError(f"the keyring holds no {INDEX!r} key")
        index = keys.pop(INDEX)
        return cls(keys, index)

    @classmethod
    def load(cls, path: Path) -> Self:
        try:
            text = path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise KeyringError(f"{path}: {error}") from error
        try:
            return cls.parse(text)
        except KeyringError as error:
            raise KeyringError(f"{path}: {error}") from error

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new keyring in a new file, which only its owner may read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = new_keyring_text()
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return cls.parse(text)


def new_keyring_text() -> str:
    return keyring_text(new_key_line(name) for name in ("k1", INDEX))


def keyring_text(lines: Iterable[str]) -> str:
    warning = "# Without this file the personal data cannot be read. Keep a copy elsewhere."
    return "".join(f"{line}\n" for line in (warning, *lines))


def new_key_line(name: str) -> str:
    return f"{name}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def key_words(text: str) -> list[str]:
    """``name:base64``, as they stand in a keyring: comments left out."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    return [word for line in lines for word in re.split(r"[\s,]+", line) if word]


def _read_key(nth: int, word: str) -> tuple[str, bytes]:
    """Complaints count and do not quote: what is badly written may be a key, in either half."""
    name, _, encoded = word.partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:  # binascii.Error is one, and so is what is said of an accent
        raise KeyringError(f"key number {nth} is not written name:base64") from None
    if not NAME.fullmatch(name) or len(key) != KEY_BYTES:
        raise KeyringError(f"key number {nth} has no proper name, or not {KEY_BYTES} bytes")
    return name, key
