"""Run by Alembic, on the connection that ``storage.migrate`` gives it."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from storage.columns import ExactDecimal
from storage.schema import metadata

ONE_AT_A_TIME = 0x0CA27AB1E  # any number, as long as every process takes the same one


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=_render,
        transactional_ddl=True,  # true of SQLite as well, since its BEGIN is ours
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        context.run_migrations()


def _render(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """A migration outlives the column types of today, so it names those of SQLAlchemy only."""
    if kind != "type":
        return False
    if isinstance(item, ExactDecimal):
        return "sa.String(40).with_variant(sa.Numeric(), 'postgresql')"
    return f"sa.{item.impl!r}" if isinstance(item, TypeDecorator) else False


_run(context.config.attributes["connection"])
