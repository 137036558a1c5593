"""Only this machine, and only pages that the playground itself served."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
READING = {"GET", "HEAD"}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A foreign Host is DNS rebinding; a foreign Origin is another site's page writing here."""
    if _hostname(f"//{request.headers.get('Host', '')}") not in LOOPBACK:
        return web.json_response({"error": "Only this machine is served."}, status=403)
    if request.method not in READING and _foreign(request):
        return web.json_response({"error": "Other sites may not write here."}, status=403)
    response = await handler(request)
    if not response.prepared:
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _foreign(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("Host")


def _hostname(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
