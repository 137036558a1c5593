"""Blind indexes of what is looked up but must not be read: one place for what counts as equal."""

from unicodedata import normalize

from storage.crypto import Keyring


def identifier_index(keyring: Keyring, identifier: str) -> bytes:
    """Case, surrounding spaces and ways to compose an accent do not matter."""
    return keyring.blind("identifier", normalize("NFKC", identifier).strip().casefold())


def telegram_index(keyring: Keyring, telegram_user: int) -> bytes:
    """Of a user, whose private chat has the same number."""
    return keyring.blind("telegram_user", str(telegram_user))
