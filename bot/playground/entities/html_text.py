"""Telegram's HTML to text and entities, as strict as its server (td: ``MessageEntity.cpp``)."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.playground.entities import units
from bot.playground.entities.errors import CannotParse, NoEndTag
from bot.playground.entities.html_tags import TAGS, read_start_tag

Entity = dict[str, Any]

_PLAIN = re.compile(r"[^<&]+")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,8})|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_END_TAG = re.compile(r"</([^\s>]*)\s*")
LAST_CODE_POINT = 0x10FFFF


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Raises CannotParse with Telegram's words."""
    reader = _Reader(source)
    reader.read()
    found = sorted(reader.found, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reader.parts), found


@dataclass(slots=True)
class _Open:
    name: str
    argument: str
    offset: int
    part: int


@dataclass(slots=True)
class _Reader:
    source: str
    position: int = 0
    offset: int = 0
    parts: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    found: list[Entity] = field(default_factory=list)

    def read(self) -> None:
        while self.position < len(self.source):
            plain = _PLAIN.match(self.source, self.position)
            if plain:
                self._add(plain.group())
                self.position = plain.end()
            elif self.source[self.position] == "&":
                self._character()
            elif self.source.startswith("</", self.position):
                self._end_tag()
            else:
                self._start_tag()
        if self.opened:
            raise NoEndTag(self.opened[-1].name)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.offset += units.length(text)

    def _character(self) -> None:
        match = _CHARACTER.match(self.source, self.position)
        character = _decoded(match) if match else None
        if match is None or character is None:
            self._add("&")
            self.position += 1
        else:
            self._add(character)
            self.position = match.end()

    def _start_tag(self) -> None:
        tag = read_start_tag(self.source, self.position)
        self.opened.append(_Open(tag.name, tag.argument, self.offset, len(self.parts)))
        self.position = tag.end

    def _end_tag(self) -> None:
        begin = self.position
        if not self.opened:
            raise CannotParse("Unexpected end tag", self.source, begin)
        match = _END_TAG.match(self.source, begin)
        if match is None or self.source[match.end() : match.end() + 1] != ">":
            raise CannotParse("Unclosed end tag", self.source, begin)
        opened = self.opened.pop()
        if match.group(1) not in ("", opened.name):
            words = f'expected "</{opened.name}>", found "</{match.group(1)}>"'
            error = CannotParse("Unmatched end tag", self.source, begin)
            error.args = (f"{error.args[0]}, {words}",)
            raise error
        self.position = match.end() + 1
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": TAGS[opened.name],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        match opened.name:
            case "a":
                entity["url"] = opened.argument or "".join(self.parts[opened.part :])
                if "." not in entity["url"] and "://" not in entity["url"]:
                    return
            case "tg-emoji":
                entity["custom_emoji_id"] = opened.argument
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
            case "code" if opened.argument:
                entity["language"] = opened.argument
            case "pre" if self._takes_over_code(entity):
                return
        self.found.append(entity)

    def _takes_over_code(self, pre: Entity) -> bool:
        """<pre><code class="language-x"> is one entity with a language."""
        last = self.found[-1] if self.found else None
        place = (pre["offset"], pre["length"])
        if last and last["type"] == "code" and (last["offset"], last["length"]) == place:
            last["type"] = "pre"
            return True
        return False


def _decoded(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    surrogate = 0xD800 <= code <= 0xDFFF
    return None if surrogate or not 0 < code <= LAST_CODE_POINT else chr(code)
