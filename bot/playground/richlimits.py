"""Rich messages under Telegram's limits, and the form in which a bot gets them back."""

from collections.abc import Iterator
from typing import Any

from bot.playground.keyboards import PER_ROW, refuse_too_much
from bot.playground.model import Json
from bot.playground.refusals import bad_request
from bot.playground.richtext import all_blocks, button_rows, children, plain, words

MOST_BLOCKS = 500
MOST_COLUMNS = 20
LONGEST = 32_768
DEEPEST = 16


def read_rich(form: Json) -> Json:
    """The message without its empty fields; raises Telegram's refusals."""
    content: Json = _pruned(form)
    given = [name for name in ("html", "markdown", "blocks") if content.get(name)]
    if len(given) != 1:
        raise bad_request("RICH_MESSAGE_EMPTY")
    blocks = content.get("blocks", [])
    if sum(_weight(block) for block in blocks) > MOST_BLOCKS:
        raise bad_request("RICH_MESSAGE_TOO_MANY_BLOCKS")
    if _depth(blocks) > DEEPEST:
        raise bad_request("RICH_MESSAGE_TOO_DEEP")
    if any(_columns(row) > MOST_COLUMNS for row in _table_rows(blocks)):
        raise bad_request("RICH_MESSAGE_TABLE_TOO_WIDE")
    if len(words(content)) > LONGEST:
        raise bad_request("RICH_MESSAGE_TOO_LONG")
    found = [button for row in button_rows(content) for button in row]
    refuse_too_much([{**button, "text": plain(button["text"])} for button in found], found)
    if any(
        len(row["buttons"]) > PER_ROW for row in all_blocks(blocks) if row.get("type") == "buttons"
    ):
        raise bad_request("RICH_MESSAGE_TOO_MANY_BUTTONS")
    return content


def as_received(content: Json) -> Json:
    """Telegram answers with blocks, whatever it was given."""
    blocks = content.get("blocks")
    if blocks is None:
        source = str(content.get("html") or content.get("markdown"))
        blocks = [{"type": "paragraph", "text": source}]
    received: Json = {"blocks": [_labelled(block) for block in blocks]}
    if content.get("is_rtl"):
        received["is_rtl"] = True
    return received


def _columns(row: list[Json]) -> int:
    return sum(int(cell.get("colspan") or 1) for cell in row)


def _table_rows(blocks: list[Json]) -> Iterator[list[Json]]:
    for block in all_blocks(blocks):
        if block.get("type") == "table":
            yield from block["cells"]


def _weight(block: Json) -> int:
    own = len(block["cells"]) if block.get("type") == "table" else 1
    return own + sum(_weight(child) for child in children(block))


def _depth(blocks: list[Json]) -> int:
    return 1 + max((_depth(children(block)) for block in blocks), default=0) if blocks else 0


def _labelled(block: Json) -> Json:
    """Received lists carry their labels."""
    form = dict(block)
    if "blocks" in form:
        form["blocks"] = [_labelled(child) for child in form["blocks"]]
    if form.get("type") == "list":
        form["items"] = [
            {"label": "•", **item, "blocks": [_labelled(child) for child in item["blocks"]]}
            for item in form["items"]
        ]
    return form


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _pruned(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_pruned(inner) for inner in value]
    return value
