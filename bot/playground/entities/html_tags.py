"""One opening tag of Telegram's HTML, with Telegram's complaints."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.playground.entities.errors import CannotParse

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAME = re.compile(r"<([^\s>]*)")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(frozen=True, slots=True)
class StartTag:
    name: str
    argument: str
    end: int
    """Where the text goes on, after the ">"."""


def read_start_tag(source: str, begin: int) -> StartTag:
    named = _NAME.match(source, begin)
    assert named is not None, "called at a <"  # noqa: S101 - for the type checker
    if named.end() >= len(source):
        raise CannotParse("Unclosed start tag", source, begin)
    name = named.group(1).lower()
    if name not in TAGS:
        raise CannotParse(f'Unsupported start tag "{name}"', source, begin)
    reader = _Attributes(source, begin, name, named.end())
    argument = _argument(name, dict(reader))
    if name == "span" and argument != "spoiler":
        raise CannotParse('Tag "span" must have class "tg-spoiler"', source, begin)
    return StartTag(name, argument, reader.position + 1)


def _argument(name: str, attributes: dict[str, str]) -> str:
    match name:
        case "a":
            return attributes.get("href", "")
        case "tg-emoji":
            return attributes.get("emoji-id", "")
        case "blockquote":
            return "expandable" if "expandable" in attributes else ""
        case "span":
            return attributes.get("class", "").removeprefix("tg-")
        case "code":
            language = attributes.get("class", "")
            return language[9:] if language.startswith("language-") else ""
    return ""


@dataclass(slots=True)
class _Attributes:
    source: str
    begin: int
    tag: str
    position: int

    def __iter__(self) -> Iterator[tuple[str, str]]:
        while True:
            self._skip(_SPACES)
            if self._here() == ">":
                return
            name = self._skip(_ATTRIBUTE)
            if not name:
                raise CannotParse(
                    f'Empty attribute name in the tag "{self.tag}"', self.source, self.begin
                )
            self._skip(_SPACES)
            yield name, self._value() if self._here() == "=" else self._nothing()

    def _nothing(self) -> str:
        self._refuse_the_end(f'Unclosed start tag "{self.tag}"')
        return ""

    def _value(self) -> str:
        self.position += 1
        self._skip(_SPACES)
        self._refuse_the_end(f'Unclosed start tag "{self.tag}"')
        value = self._quoted() if self._here() in "'\"" else self._bare()
        self._refuse_the_end("Unclosed start tag")
        return value

    def _quoted(self) -> str:
        start = self.position + 1
        end = self.source.find(self._here(), start)
        self.position = len(self.source) if end < 0 else end + 1
        return html.unescape(self.source[start : self.position - 1])

    def _bare(self) -> str:
        start = self.position
        value = self._skip(_BARE_VALUE).lower()
        if self._here() and self._here() != ">" and not self._here().isspace():
            raise CannotParse("Unexpected end of name token", self.source, start)
        return value

    def _refuse_the_end(self, complaint: str) -> None:
        if self.position >= len(self.source):
            raise CannotParse(complaint, self.source, self.begin)

    def _here(self) -> str:
        return self.source[self.position : self.position + 1]

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.position)
        text = found.group() if found else ""
        self.position += len(text)
        return text
