"""Who is told the SQL of every statement, whichever way it is sent; rides on the dialect."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect, Engine, event

Heard = Callable[[str], None]


def listen(engine: Engine, heard: Heard) -> None:
    """``heard`` is told from whichever thread sends it, before it is sent."""

    def before(*told: Any) -> None:
        heard(told[2])

    event.listen(engine, "before_cursor_execute", before)
    engine.dialect.cartable_heard = (*_heard(engine.dialect), heard)  # type: ignore[attr-defined]


def tell(dialect: Dialect, statement: str) -> None:
    """For what does not go through the engine, which tells by itself."""
    for heard in _heard(dialect):
        heard(statement)


def _heard(dialect: Dialect) -> tuple[Heard, ...]:
    return getattr(dialect, "cartable_heard", ())
