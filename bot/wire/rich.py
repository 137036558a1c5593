"""A rich screen as the Bot API takes it: blocks, with nodes instead of HTML."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Final

from conversations.screen import Rich, Table

NODES: Final[Mapping[str, str]] = {"b": "bold", "i": "italic", "code": "code"}


def rich_message(rich: Rich) -> dict[str, Any]:
    """``InputRichMessage``, for both wires."""
    message: dict[str, Any] = {"blocks": [_block(block) for block in rich.blocks]}
    if rich.is_rtl:
        message["is_rtl"] = True
    return message


def _block(block: str | Table) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"type": "table", "cells": _cells(block), "is_bordered": True, "is_striped": True}
    return {"type": "paragraph", "text": nodes(block)}


def _cells(table: Table) -> list[list[dict[str, Any]]]:
    width = len(table.columns)
    head = [{**cell, "is_header": True} for cell in _across(table.columns)]
    return [
        head,
        *(
            [{**_cell(row, "left"), "colspan": width}] if isinstance(row, str) else _across(row)
            for row in table.rows
        ),
    ]


def _across(row: tuple[str, ...]) -> list[dict[str, Any]]:
    last = len(row) - 1
    return [_cell(text, "right" if at == last else "left") for at, text in enumerate(row)]


def _cell(html: str, align: str) -> dict[str, Any]:
    return {"align": align, "valign": "middle", "text": nodes(html)}


def nodes(html: str) -> Any:
    """A string, or a list of strings and marked nodes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = reader.open[0][1]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, list[Any]]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append((NODES[tag], []))

    def handle_endtag(self, tag: str) -> None:
        kind, inside = self.open.pop()
        self.open[-1][1].append({"type": kind, "text": inside[0] if len(inside) == 1 else inside})

    def handle_data(self, data: str) -> None:
        self.open[-1][1].append(data)
