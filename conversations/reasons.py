"""The town's usual reasons to refuse a request or to let it wait (B17)."""

from typing import Final

from conversations.texts import Texts
from conversations.words import mark

FULL: Final = mark("Effectif complet")
PRIORITY: Final = mark("Priorité à d'autres enfants")
INCOMPLETE: Final = mark("Dossier incomplet")
LATE: Final = mark("Demande trop tardive")
_USUAL: Final = frozenset({FULL, PRIORITY, INCOMPLETE, LATE})


def told(reason: str, t: Texts) -> str:
    """A usual one is kept in French and told in the reader's language; what an agent typed is
    told as it was written.
    """
    return t(reason) if reason in _USUAL else reason
