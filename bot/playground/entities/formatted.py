"""Whatever way a bot formats a text, the text and entities that Telegram keeps of it."""

import re
from typing import Any

from bot.playground.entities import units
from bot.playground.entities.errors import CannotParse
from bot.playground.entities.html_text import Entity, parse_html
from bot.playground.refusals import bad_request

BLANK = " \t\r\n\v\0"
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]»’'])"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w+)?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})"
)
_OPAQUE = {"code", "pre", "text_link"}


def formatted(
    source: str, parse_mode: str | None, given: list[Any] | None
) -> tuple[str, list[Entity]]:
    """``given`` entities are plain dictionaries, used when there is no parse mode."""
    if not parse_mode or parse_mode.lower() == "none":
        text, entities = source, list(given or ())
    elif parse_mode.lower() == "html":
        try:
            text, entities = parse_html(source)
        except CannotParse as error:
            raise bad_request(f"can't parse entities: {error}") from None
    else:
        raise bad_request("unsupported parse_mode (the playground reads HTML only)")
    text, entities = _trimmed(text, entities)
    return text, _with_detected(text, entities)


def detected(text: str) -> list[Entity]:
    """What Telegram finds by itself: links, addresses, commands, mentions."""
    return [
        {
            "type": match.lastgroup,
            "offset": units.length(text[: match.start()]),
            "length": units.length(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]


def _with_detected(text: str, entities: list[Entity]) -> list[Entity]:
    opaque = [entity for entity in entities if entity["type"] in _OPAQUE]
    extra = [entity for entity in detected(text) if not any(_cross(entity, o) for o in opaque)]
    if not extra:
        return entities
    return sorted([*entities, *extra], key=lambda entity: (entity["offset"], -entity["length"]))


def _cross(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    left = len(text) - len(text.lstrip(BLANK))
    kept = text.strip(BLANK)
    if kept == text:
        return text, entities
    end = units.length(kept)
    shifted = []
    for entity in entities:
        start = max(0, entity["offset"] - left)
        stop = min(end, entity["offset"] + entity["length"] - left)
        if stop > start:
            shifted.append({**entity, "offset": start, "length": stop - start})
    return kept, shifted
