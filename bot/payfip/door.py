"""Where PayFiP tells us that something happened, and where the parent comes back to.

Both only make us ask the service (see the gateway). 200 is said after our commit; whatever keeps
us from it is a 503, so that it is told again.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.background import Background
from bot.payfip.gateway import NOTIFY, PayFip
from bot.payfip.returning import PATH
from bot.payfip.sieve import Sieve
from domain.payments.errors import ProviderAway
from domain.payments.model import Credited, Paid, Word

IDOP: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
LARGEST: Final = 4096
AT_ONCE: Final = 32
LATER: Final = {"Retry-After": "60"}
OUT_OF_ORDER: Final = (ProviderAway, SQLAlchemyError, OSError)
log = structlog.get_logger(__name__)


class PayFipDoor:
    """``show_return``: the page, for a request's Accept-Language. ``strangers`` lets a few idOps
    a minute through that we did not ask for: they may be of before a restored backup.
    """

    def __init__(
        self,
        payfip: PayFip,
        credit: Callable[[Paid], Awaitable[Credited]],
        background: Background,
        strangers: Sieve,
        show_return: Callable[[str], Awaitable[str]],
    ) -> None:
        self._payfip, self._credit, self._background = payfip, credit, background
        self._strangers, self._show_return = strangers, show_return
        self._settling: dict[str, asyncio.Task[int]] = {}

    def routes(self) -> list[web.RouteDef]:
        """A provider may come by GET or by POST, and the browser too."""
        back = PATH + "/{token:[A-Za-z0-9._-]{1,128}}"
        return [
            route(path, handler)
            for path, handler in ((NOTIFY, self._notified), (back, self._returned))
            for route in (_get, web.post)
        ]

    async def _notified(self, request: web.Request) -> web.Response:
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        token = _idop(request.query_string) or _idop(await _form(request))
        if token is None:
            log.info("payfip_notified", outcome="no idop")
            return web.Response(status=400)
        status = await self._admitted(token)
        return web.Response(status=status, headers=LATER if status != 200 else None)

    async def _returned(self, request: web.Request) -> web.Response:
        """Asked in the background: the page says the same, whatever was paid."""
        token, now = request.match_info["token"], self._payfip.clock()
        reference = self._payfip.returns.reference(token, now)
        if reference is not None and len(self._settling) < AT_ONCE:
            self._background.spawn(self._came_back(reference), "back from paying")
        words = await self._show_return(request.headers.get("Accept-Language", ""))
        return web.Response(text=words, content_type="text/html", headers=PAGE_HEADERS)

    async def _came_back(self, reference: str) -> None:
        try:
            token = await self._payfip.tokens.read(lambda tx: tx.token_of(reference))
        except OUT_OF_ORDER as error:
            log.warning("payfip_return", outcome=type(error).__name__)
            return
        if token is not None:
            await self._once(token)

    async def _admitted(self, token: str) -> int:
        try:
            known = await self._payfip.tokens.read(
                lambda tx: tx.is_known(self._payfip.provider, token)
            )
        except OUT_OF_ORDER as error:
            log.warning("payfip_notified", outcome=type(error).__name__)
            return 503
        if not known and not self._strangers.lets_through():
            log.warning("payfip_notified", outcome="too many strangers")
            return 429
        if token not in self._settling and len(self._settling) >= AT_ONCE:
            return 503
        status = await self._once(token)
        # Nothing to tell again about what neither we nor the service know.
        return 200 if status == 202 and not known else 503 if status == 202 else status

    async def _once(self, token: str) -> int:
        """Told twice at a time: asked and credited once. Goes on when the teller hangs up."""
        if (task := self._settling.get(token)) is None:
            task = self._background.spawn(self._settle(token), "payfip notification")
            self._settling[token] = task
            task.add_done_callback(lambda _: self._settling.pop(token, None))
        return await asyncio.shield(task)

    async def _settle(self, token: str) -> int:
        """200 settled, 202 no result yet, 503 out of order."""
        try:
            answer = await self._payfip.result(token)
            if answer.paid is not None:
                credited = await self._credit(answer.paid)
                log.info("payfip_notified", outcome=credited.credit.value)
        except OUT_OF_ORDER as error:
            log.warning("payfip_notified", outcome=type(error).__name__)
            return 503
        return 202 if answer.word is Word.WAITING else 200


PAGE_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def _get(path: str, handler: Callable[[web.Request], Awaitable[web.Response]]) -> web.RouteDef:
    return web.get(path, handler, allow_head=False)


async def _form(request: web.Request) -> str:
    body = b""
    while len(body) <= LARGEST and (piece := await request.content.read(LARGEST)):
        body += piece
    return body.decode("ascii", errors="replace") if len(body) <= LARGEST else ""


def _idop(form: str) -> str | None:
    """Their documents write it idop and idOp."""
    said = (value for name, value in parse_qsl(form) if name.lower() == "idop")
    return next((value for value in said if IDOP.fullmatch(value)), None)
