"""Database addresses as people write them, with the drivers that we use."""

from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SQLITE: Final = "sqlite+pysqlite"
POSTGRESQL: Final = "postgresql+asyncpg"
DRIVERS: Final = {
    "sqlite": SQLITE,
    "sqlite+aiosqlite": SQLITE,
    "sqlite+pysqlite": SQLITE,
    "postgres": POSTGRESQL,
    "postgresql": POSTGRESQL,
    "postgresql+asyncpg": POSTGRESQL,
}


def read_url(text: str) -> URL:
    """Raises ValueError, which never shows the password."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("DATABASE_URL is no database address") from None
    if url.drivername not in DRIVERS:
        raise ValueError(f"DATABASE_URL: {url.drivername!r} is neither sqlite nor postgresql")
    url = url.set(drivername=DRIVERS[url.drivername])
    if url.drivername == SQLITE and url.database in {None, "", ":memory:"}:
        raise ValueError("DATABASE_URL: SQLite needs a file, which its connections share")
    return _speak_asyncpg(url)


def _speak_asyncpg(url: URL) -> URL:
    """``sslmode`` is what every other client calls it."""
    if url.drivername != POSTGRESQL or "sslmode" not in url.query:
        return url
    mode = url.query["sslmode"]
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
