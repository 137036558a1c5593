"""What is written about money at the same time does not stand in each other's way (PostgreSQL)."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import insert, text

from domain.money.model import NOTHING, EntryKind
from storage import schema
from storage.payments import SqlPayments
from tests.builders import TOWN
from tests.storage.paying import NOW, OWED, WALLET, paying_town
from tests.storage.towns import DAY

THEIRS = 3
PATIENT_FOR_A_MOMENT = text("SET LOCAL lock_timeout = '1s'")


async def test_who_is_paying_is_not_waited_for_by_reminders_nor_reminded(postgresql_world, rivals):
    """The night debits wallets in the order of their numbers: whoever took them in another order
    and waited, could stop it.
    """
    data = paying_town()
    data.wallet(THEIRS, 2, TOWN, "Cantine", "-5.00")
    await postgresql_world(data)
    entry = insert(schema.ledger_entry).values(
        wallet_id=WALLET, kind=EntryKind.CORRECTION, day=DAY, at=NOW, amount=Decimal("1.00")
    )

    def owing(connection):
        return SqlPayments(connection).owing(TOWN, NOTHING, NOW - timedelta(days=14), NOW)

    async with rivals.transaction() as paying:
        await paying.execute(entry)
        async with rivals.transaction() as reminding:
            await reminding.execute(PATIENT_FOR_A_MOMENT)
            at_once = await reminding.run_sync(owing)
    async with rivals.transaction() as reminding:
        later = await reminding.run_sync(owing)

    assert [one.id for one in at_once] == [THEIRS]
    assert [(one.id, one.balance) for one in later] == [(WALLET, OWED + 1)]
