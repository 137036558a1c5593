"""The rows of an import, locked in the order of everybody who writes them (decision 3).

PostgreSQL's alone: SQLite has one writer. A statement a table, whatever the town: a list is one
parameter.
"""

from collections.abc import Iterator, Set
from typing import Any, Final

from sqlalchemy import Connection, Select, or_, select

from domain.imports.holding import Needs
from storage.bookings.rows import among, is_live, listed
from storage.schema import booking, child, guardian, payment_order, pool_day, structure, wallet

PG: Final = "postgresql"


def hold(connection: Connection, needs: Needs) -> None:
    if connection.dialect.name == PG:
        for query, asked in _statements(needs):
            connection.execute(query, {name: listed(keys, PG) for name, keys in asked.items()})


def _statements(needs: Needs) -> Iterator[tuple[Select[Any], dict[str, Set[Any]]]]:
    """What is inserted refers to these rows meanwhile: keys stay as they are."""
    if needs.town:
        yield select(structure.c.id).order_by(structure.c.id).with_for_update(key_share=True), {}
    if needs.guardians:
        yield _by_number(guardian), {"keys": needs.guardians}
    if needs.days:
        yield PLACES, {"days": needs.days}
    if needs.children or needs.desks:
        yield CHILDREN, {"keys": needs.children, "days": needs.desks}
    if needs.families or needs.orders:
        yield WALLETS, {"families": needs.families, "orders": needs.orders}


def _by_number(table: Any) -> Select[Any]:
    query = select(table.c.id).where(among(table.c.id, "keys", PG)).order_by(table.c.id)
    return query.with_for_update(key_share=True)


PLACES: Final = (
    # Of every pool: a desk takes those that are linked, too.
    select(pool_day.c.pool_id)
    .where(among(pool_day.c.day, "days", PG))
    .order_by(pool_day.c.day, pool_day.c.pool_id)
    .with_for_update()
)
CHILDREN: Final = (
    select(child.c.id)
    .where(
        or_(
            among(child.c.id, "keys", PG),
            child.c.id.in_(
                select(booking.c.child_id).where(among(booking.c.day, "days", PG), is_live())
            ),
        )
    )
    .order_by(child.c.id)
    .with_for_update(key_share=True)
)
WALLETS: Final = (
    select(wallet.c.id)
    .where(
        or_(
            among(wallet.c.family_id, "families", PG),
            wallet.c.id.in_(
                select(payment_order.c.wallet_id).where(
                    among(payment_order.c.reference, "orders", PG)
                )
            ),
        )
    )
    .order_by(wallet.c.id)
    .with_for_update(key_share=True)
)
