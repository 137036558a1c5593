"""What a password must be (A4): CNIL 2022 with a lockout, and OWASP ASVS 6.2. Pure.

Any mix of characters will do, as long as there is enough of it. What nobody can type again on
another phone, composed or decomposed accents, is made one before it is judged or hashed.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.accounts import guessable
from domain.accounts.guessable import IsCommon

SHORTEST: Final = 12
LONGEST: Final = 256  # characters; hashing more would be work given away
FEWEST_BITS: Final = 50
OTHERS: Final = 33  # the signs and the space of a keyboard; accents count as these
ALPHABETS: Final = (
    (re.compile("[0-9]"), 10),
    (re.compile("[a-z]"), 26),
    (re.compile("[A-Z]"), 26),
)
OTHER: Final = re.compile("[^0-9a-zA-Z]")


class RuleCode(StrEnum):
    """In the order of the screen."""

    LENGTH = "length"
    VARIETY = "variety"
    COMMON = "common"
    PERSONAL = "personal"
    SAME = "same"  # as the one before, or the town's temporary one


@dataclass(frozen=True, slots=True)
class Judgement:
    """Each rule, and whether the password keeps it."""

    rules: tuple[tuple[RuleCode, bool], ...]

    @property
    def passed(self) -> bool:
        return all(kept for _, kept in self.rules)


def normalised(typed: str) -> str:
    """The password that is meant: to be asked for wherever one is hashed or verified.

    Telegram takes the spaces around a message away by itself.
    """
    return unicodedata.normalize("NFC", typed).strip()


def judge(password: str, about: Iterable[str], *, is_common: IsCommon, is_same: bool) -> Judgement:
    """``about``: names, identifier, town, children of whoever chooses. ``is_same``: it is the
    password that they have now.
    """
    chosen = normalised(password)
    return Judgement(
        (
            (RuleCode.LENGTH, SHORTEST <= len(chosen) <= LONGEST),
            (RuleCode.VARIETY, bits(chosen) >= FEWEST_BITS),
            (RuleCode.COMMON, not guessable.is_common_form(chosen, is_common)),
            (RuleCode.PERSONAL, not guessable.names(chosen, about)),
            (RuleCode.SAME, not is_same),
        )
    )


def bits(password: str) -> float:
    """Length by the logarithm of the alphabets used, as the CNIL counts."""
    size = sum(n for letters, n in ALPHABETS if letters.search(password))
    size += OTHERS if OTHER.search(password) else 0
    return len(password) * math.log2(size) if size else 0.0
