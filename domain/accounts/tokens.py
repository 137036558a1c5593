"""What lets in for a time: links, and the letter's temporary password (A3, A4, A7).

Random, and kept as hashes alone.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from domain.families.model import GuardianId

LinkId = NewType("LinkId", int)

BYTES: Final = 24  # 192 bits; asked are 128. 32 characters of a link
CONSONANTS: Final = "bcdfghjkmnpqrstvwxz"
DIGITS: Final = "23456789"
INVITATION_FOR: Final = timedelta(days=30)  # and the temporary password beside it
RESET_FOR: Final = timedelta(minutes=30)


class Purpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of a link that was found by its token."""

    id: LinkId
    guardian_id: GuardianId
    purpose: Purpose
    expires_at: datetime
    is_spent: bool  # used, or revoked by a newer one or a changed password
    is_theirs: bool  # asked for by whoever opens it, or by nobody in Telegram

    def lets_in(self, now: datetime) -> bool:
        return self.is_theirs and not self.is_spent and now < self.expires_at


def new_token() -> str:
    """32 characters of A-Z a-z 0-9 _ -: fits the 64 of a deep link."""
    return secrets.token_urlsafe(BYTES)


def token_hash(token: str) -> bytes:
    """32 bytes. Tokens are random enough that a quick hash cannot be searched back."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def new_temporary_password() -> str:
    """ "7-hkvm-qzdt-rnfb-cdgx", 71 bits: to be read on paper and typed on a phone.

    No vowel, so no word; nothing that looks like something else. The digit comes first, as phones
    make the first letter of a message a capital.
    """
    groups = ["".join(secrets.choice(CONSONANTS) for _ in range(4)) for _ in range(4)]
    return "-".join([secrets.choice(DIGITS), *groups])
