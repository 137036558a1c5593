"""From an HTTP answer of the Bot API to its result, or to the exception of aiogram's."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

YES = (b'{"ok":true', b'{"ok": true')
REFUSALS: dict[int, type[TelegramAPIError]] = {
    400: TelegramBadRequest,
    401: TelegramUnauthorizedError,
    403: TelegramForbiddenError,
    404: TelegramNotFound,
    409: TelegramConflictError,
    413: TelegramEntityTooLarge,
}


class Call(TelegramMethod[Any]):
    """Stands for a request in aiogram's exceptions: the method's name and the chat, no content."""

    __returning__: ClassVar[Any] = Any
    __api_method__: ClassVar[str] = ""
    name: str
    chat_id: int | None = None


def call_of(name: str, params: Mapping[str, Any]) -> Call:
    chat = params.get("chat_id")
    return Call(name=name, chat_id=chat if isinstance(chat, int) else None)


def check_answer(name: str, params: Mapping[str, Any], status: int, content: bytes) -> None:
    """Raises what ``read_answer`` raises; Telegram puts its yes or no first."""
    if status != 200 or not content.startswith(YES):
        read_answer(name, params, status, content)


def read_answer(name: str, params: Mapping[str, Any], status: int, content: bytes) -> Any:
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise ClientDecodeError("Failed to decode object", error, f"HTTP {status}") from error
    if not isinstance(answer, dict) or "ok" not in answer:
        raise ClientDecodeError("Not an answer", ValueError("no ok"), f"HTTP {status}")
    if not answer["ok"] or status >= 300:
        _refuse(call_of(name, params), status, answer)
    return answer.get("result")


def _refuse(method: Call, status: int, answer: dict[str, Any]) -> NoReturn:
    words = str(answer.get("description", ""))
    parameters = answer.get("parameters") or {}
    if seconds := parameters.get("retry_after"):
        raise TelegramRetryAfter(method, words, int(seconds))
    if chat := parameters.get("migrate_to_chat_id"):
        raise TelegramMigrateToChat(method, words, int(chat))
    if status >= 500:
        raise (RestartingTelegram if "restart" in words else TelegramServerError)(method, words)
    raise REFUSALS.get(status, TelegramAPIError)(method, words)
