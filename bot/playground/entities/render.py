"""Text and entities to safe HTML for the chat page."""

from html import escape

from bot.playground.entities import units
from bot.playground.entities.html_text import Entity

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
}
_SAFE = ("http://", "https://", "tg://", "mailto:")


def to_html(text: str, entities: list[Entity]) -> str:
    """Newlines stay newlines; nothing of the text or of an address can become markup.

    Commands stay text: the page makes them pressable by itself.
    """
    if not entities:
        return escape(text)
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[tuple[int, str]]] = {}
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        start = units.index(text, entity["offset"])
        stop = units.index(text, entity["offset"] + entity["length"])
        opened, closed = _tags(entity, text[start:stop])
        opening.setdefault(start, []).append(opened)
        closing.setdefault(stop, []).insert(0, (start, closed))
    return _assembled(text, opening, closing)


def _assembled(
    text: str, opening: dict[int, list[str]], closing: dict[int, list[tuple[int, str]]]
) -> str:
    pieces: list[str] = []
    last = 0
    for place in sorted({*opening, *closing}):
        pieces.append(escape(text[last:place]))
        pieces += [tag for _, tag in sorted(closing.get(place, ()), key=lambda c: -c[0])]
        pieces += opening.get(place, ())
        last = place
    pieces.append(escape(text[last:]))
    return "".join(pieces)


def _tags(entity: Entity, inner: str) -> tuple[str, str]:
    match entity["type"]:
        case "text_link":
            return _link(str(entity.get("url", "")))
        case "url":
            return _link(inner)
        case "email":
            return _link(f"mailto:{inner}")
    return _TAGS.get(entity["type"], ("", ""))


def _link(address: str) -> tuple[str, str]:
    target = address if "://" in address or address.startswith("mailto:") else f"https://{address}"
    if not target.startswith(_SAFE):
        return "", ""
    return f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">', "</a>"
