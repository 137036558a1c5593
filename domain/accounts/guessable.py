"""What is tried first: what everybody takes, and what is known of somebody (A4). Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

LOOKALIKES: Final = str.maketrans("03457@$€!1|", "oeastaselll")
"""Of i and l one does for the other: "am4l14" is Amalia."""
WORD: Final = re.compile(r"[^\W_]+")
LONG_WORD: Final = 4  # letters: shorter ones are in other words by chance
SHORT_UNIT: Final = 6  # characters said again and again
SEQUENCES: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)

GENERIC: Final = frozenset(
    {"mairie", "ville", "commune", "communaute", "ecole", "centre", "service", "syndicat"}
)
"""What the name of a structure begins with that names no town."""

IsCommon = Callable[[str], bool]
"""Whether a word, in small letters, is one of the passwords that everybody tries first."""


def town_words(structure: str) -> tuple[str, ...]:
    """Of "Mairie de Saint-Denis": what names the town, and not what any town has."""
    names = (word for word in WORD.findall(structure) if word[:1].isupper())
    return tuple(word for word in names if _plain(word) not in GENERIC)


def is_common_form(chosen: str, is_common: IsCommon) -> bool:
    plain = _plain(chosen) or chosen.casefold()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", chosen.casefold())
    meant = core.translate(LOOKALIKES)
    forms = {chosen.casefold(), plain, core, *map(_plain, (core, meant, meant.replace("l", "i")))}
    return _repeats(plain, is_common) or _is_sequence(plain) or any(map(is_common, forms))


def _repeats(plain: str, is_common: IsCommon) -> bool:
    """One thing said again: "abcabcabcabc", "motdepassemotdepasse"."""
    period = (plain + plain).find(plain, 1)
    return period < len(plain) and (period <= SHORT_UNIT or is_common(plain[:period]))


def _is_sequence(plain: str) -> bool:
    """The alphabet, the digits or a keyboard, either way, and on from its beginning."""
    runs = [*SEQUENCES, *(line[::-1] for line in SEQUENCES)]
    return any(plain in run + run for run in runs)


def names(chosen: str, about: Iterable[str]) -> bool:
    plain, alike = _plain(chosen), _alike(chosen)
    words = {_plain(word) for word in WORD.findall(_unaccented(chosen))}
    return any(
        _is_in(part, plain) or _is_in(_alike(part), alike)
        if len(part) >= LONG_WORD
        else part in words
        for part in _parts(about)
    )


def _is_in(part: str, whole: str) -> bool:
    return part in whole or part[::-1] in whole


def _alike(text: str) -> str:
    return _plain(text.casefold().translate(LOOKALIKES)).replace("i", "l")


def _parts(about: Iterable[str]) -> set[str]:
    """Each name, its words, and an identifier without its number."""
    whole = {part for name in about for part in (name, *WORD.findall(_unaccented(name)))}
    plain = {_plain(part) for part in whole}
    return {part for part in plain | {part.rstrip("0123456789") for part in plain} if part}


def _plain(text: str) -> str:
    """Letters and digits alone, small and without accents."""
    return "".join(WORD.findall(_unaccented(text)))


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
