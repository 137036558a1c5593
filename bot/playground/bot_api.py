"""``/bot<token>/<method>`` and ``/file/bot<token>/<path>`` over HTTP."""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.playground import journal
from bot.playground.faults import POLLING, Fault
from bot.playground.methods import METHODS, Call
from bot.playground.refusals import BLOCKED, Refused, bad_request, forbidden, too_many_requests
from bot.playground.requests import Parameters, read_parameters
from bot.playground.validation import check, known_methods
from bot.playground.world import World

WELL_FORMED = re.compile(r"[1-9][0-9]*:[^/]{1,70}")
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)
ACCEPTED_FOR = 3600.0


@dataclass(frozen=True, slots=True)
class BotApi:
    world: World

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        record = self.world.journal.open(
            method, at=self.world.clock.now().isoformat(), seconds=self.world.floods.monotonic()
        )
        try:
            self._refuse_strangers(request)
            parameters = await read_parameters(request)
            if method.lower() == POLLING:
                return await self._answer(request, method.lower(), parameters, record)
            with self.world.journal.running(record):
                return await self._answer(request, method.lower(), parameters, record)
        except Refused as refused:
            record.ok, record.status, record.error = False, refused.code, refused.description
            return refusal_response(refused)
        finally:
            self.world.pulse.beat()

    async def download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._refuse_strangers(request)
        except Refused as refused:
            return refusal_response(refused)
        file = self.world.files.at(request.match_info["path"])
        if file is None:
            return refusal_response(Refused(404, "Not Found"))
        return web.Response(body=file.data, content_type=file.mime_type)

    async def perform(self, method: str, parameters: Parameters, record: journal.Call) -> Any:
        """The method's result; ``method`` in lower case. Raises Refused."""
        if method not in known_methods():
            raise Refused(404, "Not Found: method not found")
        if method not in METHODS:
            raise bad_request("the playground does not have this method yet")
        asked = check(method, parameters.values)
        record.unknown = asked.unknown
        return await METHODS[method](Call(self.world, asked, parameters.uploads, record))

    async def _answer(
        self, request: web.Request, method: str, parameters: Parameters, record: journal.Call
    ) -> web.StreamResponse:
        record.chat = _chat_of(parameters)
        fault = self.world.faults.take(method, record.chat)
        if fault is not None:
            record.fault = fault.kind
            if (early := _early(fault)) is not None:
                return _recorded(early, record)
            if fault.kind == "reset":
                return _cut(request)
        self.world.floods.pass_or_refuse(method, record.chat)
        result = await self.perform(method, parameters, record)
        if fault is not None:
            return await self._never_answer(request, record)
        return ok_response(result)

    async def _never_answer(
        self, request: web.Request, record: journal.Call
    ) -> web.StreamResponse:
        """Accepted, but the bot never hears of it: until it gives up, or the end."""
        record.error = "accepted, never answered"
        self.world.journal.release(record)
        self.world.pulse.beat()
        await self.world.pulse.until(lambda: False, ACCEPTED_FOR)
        return _cut(request)

    def _refuse_strangers(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if token == self.world.bot.token:
            return
        if WELL_FORMED.fullmatch(token):
            raise Refused(401, "Unauthorized")
        raise Refused(404, "Not Found")


def ok_response(result: Any) -> web.Response:
    body = json.dumps({"ok": True, "result": result}, ensure_ascii=False, separators=(",", ":"))
    return web.Response(body=body.encode(), content_type="application/json")


def refusal_response(refused: Refused) -> web.Response:
    form: dict[str, Any] = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    headers = {}
    if refused.retry_after is not None:
        form["parameters"] = {"retry_after": refused.retry_after}
        headers["Retry-After"] = str(refused.retry_after)
    return web.json_response(form, status=refused.code, headers=headers)


def _early(fault: Fault) -> web.Response | None:
    """Answers that come instead of the method; raises those that are ordinary refusals."""
    match fault.kind:
        case "400":
            raise bad_request(fault.description or "PLANNED_FAULT")
        case "403":
            raise forbidden(fault.description or BLOCKED)
        case "429":
            raise too_many_requests(fault.retry_after)
        case "500":
            raise Refused(500, fault.description or "Internal Server Error")
        case "502html":
            return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
    return None


def _recorded(response: web.Response, record: journal.Call) -> web.Response:
    record.ok, record.status, record.error = False, response.status, response.reason
    return response


def _cut(request: web.Request) -> web.StreamResponse:
    """Drops the connection without a word."""
    if isinstance(request.transport, asyncio.Transport):
        request.transport.abort()
    return web.Response()


def _chat_of(parameters: Parameters) -> int | None:
    value = str(parameters.values.get("chat_id") or "")
    return int(value) if value.lstrip("-").isdigit() else None
