"""How ``/sim/`` reads requests and says no."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.playground.acts import Impossible
from bot.playground.model import Chat, Json, Message, Person
from bot.playground.refusals import Refused
from bot.playground.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PREFIX = "/sim/"
LONGEST_WAIT = 60.0


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors of ``/sim/`` are one sentence in JSON."""
    if not request.path.startswith(PREFIX):
        return await handler(request)
    try:
        return await handler(request)
    except Impossible as error:
        return _error(str(error), error.status)
    except Refused as refused:
        return _error(refused.description, refused.code)
    except (KeyError, ValueError, TypeError) as error:
        return _error(f"The request is not understood: {error}.", 400)
    except web.HTTPException as error:
        if error.status < web.HTTPBadRequest.status_code:
            raise
        return _error(f"{error.reason}.", error.status)


async def read_json(request: web.Request) -> Json:
    """An object; nothing at all is an empty one."""
    text = await request.text()
    body = json.loads(text) if text.strip() else {}
    if not isinstance(body, dict):
        raise TypeError("a JSON object is expected")
    return body


def created(body: Any = None) -> web.Response:
    return web.json_response(body if body is not None else {"ok": True}, status=201)


def done(body: Any = None) -> web.Response:
    return web.json_response(body if body is not None else {"ok": True})


def chat_of(world: World, request: web.Request) -> Chat:
    chat = world.chats.get(int(request.match_info["chat"]))
    if chat is None:
        raise Impossible("There is no such chat.", 404)
    return chat


def person_of(world: World, request: web.Request) -> Person:
    person = world.people.get(int(request.match_info["chat"]))
    if person is None:
        raise Impossible("There is no such person.", 404)
    return person


def message_of(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise Impossible("There is no such message.", 404)
    return message


def seconds_of(request: web.Request, default: float = 25.0) -> float:
    return min(float(request.query.get("timeout", default)), LONGEST_WAIT)


def optional_int(request: web.Request, name: str) -> int | None:
    value = request.query.get(name)
    return int(value) if value else None


def _error(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": sentence}, status=status)
