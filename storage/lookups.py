"""Blind indexes of what is looked up but must not be read: one place for what counts as equal."""

from unicodedata import normalize

from storage.crypto import Keyring


def identifier_index(keyring: Keyring, identifier: str) -> bytes:
    """Case, surrounding spaces and ways to compose an accent do not matter."""
    return keyring.blind("identifier", normalize("NFKC", identifier).strip().casefold())


def email_index(keyring: Keyring, address: str) -> bytes:
    return keyring.blind("email", address.strip().casefold())


def email_code_index(keyring: Keyring, address: str, code: str) -> bytes:
    """Of a code for that address alone: eight letters would not resist a plain hash."""
    return keyring.blind("email_code", f"{address.strip().casefold()} {code}")


def telegram_index(keyring: Keyring, telegram_user: int) -> bytes:
    """Of a user, whose private chat has the same number."""
    return keyring.blind("telegram_user", str(telegram_user))
