"""Killed at every step between Telegram's question and the receipt, and started again: each
payment is credited once, with one receipt on each channel (M4, N7).
"""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from domain.families.model import WalletId
from storage import schema
from storage.columns import keyring_of
from storage.crypto import Keyring, new_keyring_text
from storage.engine import opened
from storage.lookups import telegram_index
from tests.builders import TOWN
from tests.storage.paying import NOW, Till, opened_till
from tests.storage.paying_kills import (
    AFTER_THE_LEASE,
    PAYER,
    Telegram,
    live,
    play_until_killed,
)

ONE_COPY_MORE = ("receipt", "mail", "outbox 2", "outbox 3")
"""Sending has no key: dying between sending and noting it costs one more copy, and no more. Both
are sent beside each other.
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_wherever_it_dies_a_payment_is_credited_once_with_its_receipt(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    url, key = request.getfixturevalue(f"{kind}_url"), new_keyring_text()
    async with opened(url, Keyring.parse(key)) as database:
        till = await opened_till(database)
        await database.write(_connect)
        points = await all_points(till, tmp_path)

        for number, point in enumerate(points, 1):
            telegram = await ordered(till, tmp_path, cents=1000 + number)
            play_until_killed(url, key, telegram, point)
            till.now += AFTER_THE_LEASE
            await live(database, telegram, lambda _: None, till.now)

            await credited_once(till, telegram)
            receipts_came(telegram, point)
            till.now = NOW

    assert len(points) > 20


async def all_points(till: Till, folder: Path) -> list[str]:
    """Where something happens, in a life without a death."""
    seen: list[str] = []
    telegram = await ordered(till, folder, cents=999)
    await live(till.database, telegram, seen.append)
    assert telegram.told()[:2] == ["answer yes", "ack question"]
    return list(dict.fromkeys(seen))


async def ordered(till: Till, folder: Path, *, cents: int) -> Telegram:
    order = await till.order(str(Decimal(cents).scaleb(-2)))
    return Telegram(folder, order.reference, order.cents)


async def credited_once(till: Till, telegram: Telegram) -> None:
    paid, entry = schema.payment.c, schema.ledger_entry.c
    query = (
        select(entry.wallet_id, entry.amount)
        .join_from(schema.payment, schema.ledger_entry, entry.id == paid.entry_id)
        .where(paid.reference == f"charge-{telegram.reference}")
    )
    found = [tuple(row) for row in await till.database.read(lambda c: c.execute(query).all())]
    assert found == [(WalletId(1), Decimal(telegram.cents).scaleb(-2))], telegram.told()


def receipts_came(telegram: Telegram, point: str) -> None:
    told = telegram.told()
    for what in (f"receipt {PAYER}", "mail anne@example.org"):
        copies = told.count(what)
        most = 2 if point.startswith(ONE_COPY_MORE) else 1
        assert 1 <= copies <= most, (point, told)


def _connect(connection) -> None:
    session = {
        "guardian_id": 1,
        "structure_id": TOWN,
        "user_id": str(PAYER),
        "user_index": telegram_index(keyring_of(connection.dialect), PAYER),
        "opened_at": NOW,
        "seen_at": NOW,
    }
    connection.execute(insert(schema.telegram_session), [session])
    addresses = update(schema.guardian).where(schema.guardian.c.id == 1)
    connection.execute(addresses.values(emails=["anne@example.org", "second@example.org"]))
