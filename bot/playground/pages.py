"""The chat page's files."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
INDEX = "index.html"
MISSING = "The playground is running, without its chat page. The API is under /sim/.\n"
HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def routes() -> list[web.RouteDef]:
    """To be added last: it takes every path that is left."""
    return [web.get("/{path:.*}", _page)]


async def _page(request: web.Request) -> web.StreamResponse:
    folder = FOLDER.resolve()
    wanted = (folder / (request.match_info["path"] or INDEX)).resolve()
    if wanted.is_relative_to(folder) and wanted.is_file():
        return web.FileResponse(wanted, headers=HEADERS)
    if wanted == folder / INDEX:
        return web.Response(text=MISSING)
    raise web.HTTPNotFound
