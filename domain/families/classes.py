"""School classes as the town names them, in the order of a school. Pure."""

import re
from typing import Final, TypeAlias

LEVELS: Final = ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2")
LEVEL: Final = re.compile(rf"\b({'|'.join(LEVELS)})[A-Z]?\b", re.IGNORECASE)  # also "CE1B"
NO_CLASS: Final = ""

Rank: TypeAlias = tuple[int, str, int, str]


def rank(name: str) -> Rank:
    """A sort key: by level, school by school where its name comes first; then names without a
    level, by letters; NO_CLASS is the last one.
    """
    said = name.casefold()
    if found := LEVEL.search(name):
        return 0, said[: found.start()], LEVELS.index(found[1].upper()), said[found.end(1) :]
    return 1 if name else 2, said, 0, ""
