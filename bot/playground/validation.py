"""Parameters checked by building aiogram's own model of the method."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardButton
from pydantic import BaseModel, ValidationError

from bot.playground.model import Json
from bot.playground.refusals import Refused, bad_request

EMPTY = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
}
JSON_NAMES = {"reply_markup": "reply keyboard markup"}


@dataclass(frozen=True, slots=True)
class Checked:
    """``values`` as they were sent, decoded; ``unknown`` names what the method does not have."""

    model: TelegramMethod[Any]
    values: Json
    unknown: list[str]

    def get(self, name: str) -> Any:
        """A parameter as the model reads it; None when it was not sent."""
        value = getattr(self.model, name, None)
        return None if isinstance(value, Default) else value


@cache
def known_methods() -> Mapping[str, type[TelegramMethod[Any]]]:
    """By name in lower case: Telegram does not look at the case of methods."""
    found = vars(aiogram.methods).values()
    return {
        model.__api_method__.lower(): model
        for model in found
        if inspect.isclass(model)
        and issubclass(model, TelegramMethod)
        and model is not TelegramMethod
    }


def check(method: str, sent: Mapping[str, Any]) -> Checked:
    model = known_methods()[method]
    values = {key: _decoded(model, key, value) for key, value in sent.items()}
    try:
        built = model.model_validate(values)
    except ValidationError as error:
        raise _refusal(error) from None
    extra = [*(built.model_extra or ()), *_unknown_in_buttons(values.get("reply_markup"))]
    return Checked(built, values, extra)


def _decoded(model: type[BaseModel], name: str, value: Any) -> Any:
    """Lists and objects travel as JSON in forms; chat identifiers as text."""
    if not isinstance(value, str):
        return value
    if name in _structured(model):
        try:
            return json.loads(value)
        except ValueError:
            words = JSON_NAMES.get(name, name.replace("_", " "))
            raise bad_request(f"can't parse {words} JSON object") from None
    if name in ("chat_id", "from_chat_id") and value.lstrip("-").isdigit():
        return int(value)
    return value


@cache
def _structured(model: type[BaseModel]) -> frozenset[str]:
    """The fields that are lists or objects."""
    return frozenset(
        name for name, field in model.model_fields.items() if _is_structured(field.annotation)
    )


def _is_structured(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in (Union, UnionType, Annotated):
        return any(_is_structured(part) for part in get_args(annotation))
    if origin is list:
        return True
    return inspect.isclass(annotation) and issubclass(annotation, BaseModel)


def _refusal(error: ValidationError) -> Refused:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "parameter"
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad_request(EMPTY.get(name, f'parameter "{name}" is required'))
    place = ".".join(str(part) for part in first["loc"])
    return bad_request(f"can't parse {place}: {first['msg']}")


def _unknown_in_buttons(markup: Any) -> list[str]:
    rows = markup.get("inline_keyboard", ()) if isinstance(markup, dict) else ()
    known = InlineKeyboardButton.model_fields
    names = {name for row in rows for button in row for name in button}
    return [f"reply_markup button: {name}" for name in sorted(names - set(known))]
