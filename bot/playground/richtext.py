"""Reading rich messages: their buttons and their words."""

from collections.abc import Iterator
from typing import Any

from bot.playground.model import Json, Rows


def button_rows(content: Json) -> Rows:
    """The buttons as they stand: rows of buttons, and table rows that hold some."""
    rows: Rows = []
    for block in all_blocks(content.get("blocks", [])):
        if block.get("type") == "buttons":
            rows.append(block["buttons"])
        elif block.get("type") == "table":
            rows += [found for row in block["cells"] if (found := list(_inside(row)))]
        elif block.get("type") not in ("list", "details"):
            rows += [[button] for button in _inside(block.get("text"))]
    return rows


def words(content: Json) -> str:
    """All the text, one block a line, a table's cells between bars."""
    if "blocks" not in content:
        return str(content.get("html") or content.get("markdown") or "")
    return "\n".join(_all_lines(content["blocks"]))


def plain(text: Any) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(plain(part) for part in text)
    if not isinstance(text, dict):
        return ""
    if text.get("type") == "button":
        return f"[{plain(text['button']['text'])}]"
    return plain(text.get("text") or text.get("alternative_text") or "")


def _lines(block: Json) -> Iterator[str]:
    match block.get("type"):
        case "table":
            for row in block["cells"]:
                yield " | ".join(plain(cell.get("text")) for cell in row)
        case "buttons":
            yield " ".join(f"[{plain(button['text'])}]" for button in block["buttons"])
        case "list":
            for item in block["items"]:
                yield "- " + " ".join(_all_lines(item["blocks"]))
        case "divider":
            yield "---"
        case _:
            yield from (plain(block[name]) for name in ("summary", "text") if block.get(name))
            yield from _all_lines(block.get("blocks", []))


def _all_lines(blocks: list[Json]) -> list[str]:
    return [line for block in blocks for line in _lines(block)]


def all_blocks(blocks: list[Json]) -> Iterator[Json]:
    """Every block at every depth."""
    for block in blocks:
        yield block
        yield from all_blocks(children(block))


def children(block: Json) -> list[Json]:
    inner = list(block.get("blocks", ()))
    for item in block.get("items", ()):
        inner += item.get("blocks", ())
    return inner


def _inside(node: Any) -> Iterator[Json]:
    """Buttons in a run of rich text or in table cells."""
    if isinstance(node, list):
        for part in node:
            yield from _inside(part)
    elif isinstance(node, dict):
        if node.get("type") == "button":
            yield node["button"]
        else:
            yield from _inside(node.get("text"))
