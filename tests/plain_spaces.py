"""Which space it is cannot be seen: texts are compared as they are typed in the code.

Where a line may not break is tested once, on the catalogue (see conversations/test_texts.py).
"""

from dataclasses import dataclass

from bot.locales import load
from conversations.texts import TextsByLocale, Translations


def plain_spaces(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@dataclass(frozen=True, slots=True)
class PlainSpaces:
    of: Translations

    def gettext(self, message: str) -> str:
        return plain_spaces(self.of.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return plain_spaces(self.of.ngettext(msgid1, msgid2, n))


def load_plain() -> TextsByLocale:
    known = load()
    return TextsByLocale(
        {locale: PlainSpaces(words) for locale, words in known.catalogues.items()},
        default=known.default,
    )
