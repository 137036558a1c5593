"""A Bot API that answers what the test says: for answers that no server gives on request."""

import asyncio
import json
from typing import Any

from aiohttp import web

TOKEN = "1234:AAE-scripted"


class ScriptedApi:
    """``script`` holds (status, body) a call; a body of None cuts the connection, "hang" waits."""

    def __init__(self) -> None:
        self.script: list[tuple[int, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.heard = asyncio.Event()
        self.url = ""
        self._release = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        raw = await request.text()
        is_json = request.content_type == "application/json"
        params = json.loads(raw) if is_json else dict(await request.post())
        self.calls.append((request.path.rpartition("/")[2], params))
        self.heard.set()
        status, body = self.script.pop(0) if self.script else (200, _message())
        if body is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if body == "hang":
            await self._release.wait()
        if isinstance(body, str):
            return web.Response(status=status, text=body, content_type="text/html")
        return web.json_response(body, status=status)

    def release(self) -> None:
        self._release.set()


def refusal(status: int, words: str, **parameters: int) -> tuple[int, dict[str, Any]]:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": words}
    return status, {**body, "parameters": parameters} if parameters else body


def _message() -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "Anne"}
    return {"ok": True, "result": {"message_id": 11, "date": 1, "chat": chat, "text": "x"}}
