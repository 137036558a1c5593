"""Who sends an announcement waits for nobody who notes, corrects or withdraws it (PostgreSQL)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from storage import schema
from storage.broadcasting import SqlBroadcasts
from tests.storage.announced import announced
from tests.storage.towns import NOW, town

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

LATER = NOW + timedelta(hours=1)
SOON = text("SET LOCAL lock_timeout = '3s'")  # an error instead of a test that hangs


def take(connection):
    return SqlBroadcasts(connection).take(LATER, limit=25, lease_until=LATER)


async def left(database) -> None:
    """All claims have left, and nobody has told what became of them."""
    told = await announced(database, town(children=3), NOW)
    await told.sent()
    until = NOW + timedelta(minutes=5)
    for one in await told.sending.write(lambda tx: tx.take(NOW, limit=9, lease_until=until)):
        await told.sending.write(lambda tx, of=one.id: tx.leaves(of, lease_until=until))


@pytest.mark.parametrize("table", [schema.announcement, schema.announcement_delivery])
async def test_who_gives_up_what_was_lost_waits_for_nobody_who_notes_it_late(
    database, rivals, table
):
    """Who notes holds the announcement, then its deliveries; who gives up goes the other way."""
    await left(database)

    async with rivals.transaction() as noting, rivals.transaction() as taking:
        query = select(table.c.id).order_by(table.c.id.desc()).limit(1).with_for_update()
        await noting.execute(query)
        await taking.execute(SOON)

        assert await taking.run_sync(take) == ()
        await taking.commit()

    await database.write(take)
    states = await database.read(lambda c: set(c.scalars(select(schema.announcement.c.status))))
    assert [one.value for one in states] == ["sent"]
