"""Reply markups under Telegram's limits."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.playground.model import Json, Rows
from bot.playground.refusals import Refused, bad_request

PER_ROW = 8
PER_KEYBOARD = 100
LARGEST_MARKUP = 10_240
LONGEST_DATA = 64
LONGEST_COPY = 256
STYLES = {"danger", "success", "primary"}
ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
    "disabled",
)
_HOST = re.compile(r"(?=.{1,253}$)([\w-]+\.)+\w{2,}|\d+(\.\d+){3}")


@dataclass(frozen=True, slots=True)
class Markup:
    """What the person gets to see: at most one of the two."""

    inline: Rows | None = None
    reply_keyboard: Json | None = None
    flags: list[str] = field(default_factory=list)


def read_markup(form: Any) -> Markup:
    """``form`` is the decoded ``reply_markup``; raises Telegram's refusals."""
    if not form:
        return Markup()
    if not isinstance(form, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in form:
        return Markup(reply_keyboard=_without_nothing(form))
    rows = [[_without_nothing(button) for button in row] for row in form["inline_keyboard"]]
    refuse_too_much([button for row in rows for button in row], rows)
    return Markup(inline=_shown(rows) or None, flags=_flags(rows))


def refuse_too_much(buttons: list[Json], markup: object) -> None:
    """Counts, bytes, and what each button holds."""
    if len(buttons) > PER_KEYBOARD:
        raise bad_request("reply markup is too long")
    if (
        len(json.dumps(markup, ensure_ascii=False, separators=(",", ":")).encode())
        > LARGEST_MARKUP
    ):
        raise bad_request("reply markup is too long")
    for button in buttons:
        refuse_button(button)


def refuse_button(button: Json) -> None:
    if not any(button.get(action) not in (None, "") for action in ACTIONS):
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if not str(button.get("text") or "").strip():
        raise _unparsable('Field "text" must be of type String')
    if button.get("style") not in {None, "", "link", *STYLES}:
        raise _unparsable("Invalid button style specified")
    if len(str(button.get("callback_data") or "").encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if len((button.get("copy_text") or {}).get("text") or "") > LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if button.get("url"):
        _refuse_url(str(button["url"]))


def _refuse_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    complaint = f"inline keyboard button URL '{url}' is invalid"
    if parts.scheme == "tg":
        return
    if parts.scheme not in ("http", "https"):
        raise bad_request(f"{complaint}: Unsupported URL protocol")
    if not _HOST.fullmatch(parts.hostname or ""):
        raise bad_request(f"{complaint}: Wrong HTTP URL")


def _unparsable(reason: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _shown(rows: Rows) -> Rows:
    return [row[:PER_ROW] for row in rows if row]


def _flags(rows: Rows) -> list[str]:
    return [
        f"row {number}: {len(row)} buttons, {len(row) - PER_ROW} over {PER_ROW} dropped"
        for number, row in enumerate(rows, 1)
        if len(row) > PER_ROW
    ]


def labels(rows: Iterable[Iterable[Json]]) -> list[list[str]]:
    return [[str(button["text"]) for button in row] for row in rows]


def _without_nothing(form: Json) -> Json:
    return {key: value for key, value in form.items() if value is not None}
