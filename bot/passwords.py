"""argon2id, off the event loop and a few at a time; and the passwords that everybody tries."""

import asyncio
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

MEMORY_KIB, PASSES = 19 * 1024, 2
"""OWASP's first recommendation; about 20 ms."""

OURS: Final = frozenset(
    {
        *("doudou", "loulou", "chouchou", "monmotdepasse", "mot de passe", "jetaime"),
        *("portailfamille", "portail famille", "cantine", "periscolaire", "cartable", "mairie"),
        *("ecole", "telegram", "bienvenue", "changezmoi", "temporaire"),
    }
)
"""What the list of the world does not know, and a parent here would take."""


class Argon2Passwords:
    """``at_once`` bounds the memory and the cores that a flood of logins can take."""

    def __init__(
        self, *, at_once: int = 2, memory_kib: int = MEMORY_KIB, passes: int = PASSES
    ) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._gate = asyncio.Semaphore(at_once)
        # The same work for an unknown identifier, so that time tells nothing (A8).
        self._dummy = self._hasher.hash("nobody's password")

    async def verify(self, password: str, password_hash: str | None) -> bool:
        async with self._gate:
            return await asyncio.to_thread(self._verify, password, password_hash)

    async def hash(self, password: str) -> str:
        async with self._gate:
            return await asyncio.to_thread(self._hasher.hash, password)

    def outdated(self, password_hash: str) -> bool:
        return self._hasher.check_needs_rehash(password_hash)

    def _verify(self, password: str, password_hash: str | None) -> bool:
        try:
            self._hasher.verify(password_hash or self._dummy, password)
        except (VerificationError, InvalidHashError):
            return False  # a damaged hash lets nobody in
        return password_hash is not None


def is_common(word: str) -> bool:
    """``word`` in small letters."""
    return word in OURS or word in _most_used()


@lru_cache(maxsize=1)
def _most_used() -> frozenset[str]:
    """30 000, of leaked lists; made once, at the first password that is chosen."""
    return frozenset(FREQUENCY_LISTS["passwords"])
