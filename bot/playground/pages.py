"""The chat page's files."""

import asyncio
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
INDEX = "index.html"
CHARSET = "utf-8"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
MISSING = "The playground is running, without its chat page. The API is under /sim/.\n"
HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def routes() -> list[web.RouteDef]:
    """To be added last: it takes every path that is left."""
    return [web.get("/{path:.*}", _page)]


async def _page(request: web.Request) -> web.StreamResponse:
    """Read whole: a file sent piece by piece stays open when the page has gone elsewhere."""
    folder = FOLDER.resolve()
    try:
        wanted = (folder / (request.match_info["path"] or INDEX)).resolve()
    except ValueError as junk:  # a NUL in the address
        raise web.HTTPNotFound from junk
    kind = KINDS.get(wanted.suffix)
    if kind and wanted.is_relative_to(folder) and wanted.is_file():
        body = await asyncio.to_thread(wanted.read_bytes)
        return web.Response(body=body, content_type=kind, charset=CHARSET, headers=HEADERS)
    if wanted == folder / INDEX:
        return web.Response(text=MISSING)
    raise web.HTTPNotFound
