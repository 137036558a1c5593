"""What is written about money at the same time does not stand in each other's way (PostgreSQL)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, insert, text, update
from sqlalchemy.util import await_only

from domain.families.model import FamilyId, GuardianId
from domain.money.model import NOTHING, EntryKind
from domain.payments.errors import JustPaid
from domain.payments.model import Order, OrderId, OrderState, Provider
from storage import schema
from storage.engine import opened
from storage.payments import SqlPayments
from tests.builders import TOWN
from tests.storage.paying import NOW, OWED, WALLET, opened_till, paid, paying_town
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


async def test_paid_between_its_two_steps_an_order_that_is_pressed_again_answers_paid(
    postgresql_world, rivals
):
    await postgresql_world(paying_town())
    async with rivals.transaction() as pressing:
        opened = await pressing.run_sync(lambda c: SqlPayments(c).open_order(ordered("FIRST")))

    async with rivals.transaction() as pressing:
        once_inserted(pressing, lambda: paid_by_another(rivals))
        again = await pressing.run_sync(lambda c: SqlPayments(c).open_order(ordered("SECOND")))

    assert (opened.state, again.state) == (OrderState.OPEN, OrderState.PAID)
    assert again.reference == opened.reference


async def test_what_is_credited_as_it_is_ordered_once_more_is_seen(
    postgresql_url, keyring, rivals
):
    """Whoever credits holds the wallet: who orders waits for it, and reads what was paid."""
    async with opened(postgresql_url, keyring) as database:
        till = await opened_till(database)
        first = await till.order()
        once_more = till.order(provider=Provider.SIMULATED, again=False)

        async with rivals.transaction() as crediting:
            await crediting.run_sync(
                lambda c: SqlPayments(c).credit(WALLET, paid(first), DAY, NOW)
            )
            with pytest.raises(JustPaid):
                await rivals.after(crediting, once_more)

        assert len(await till.rows(schema.payment_order.c.id)) == 1


def ordered(reference: str) -> Order:
    return Order(
        id=OrderId(0),
        reference=reference,
        family_id=FamilyId(1),
        guardian_id=GuardianId(1),
        structure_id=TOWN,
        wallet_id=WALLET,
        amount=-OWED,
        provider=Provider.PAYFIP,
        state=OrderState.OPEN,
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=14),
    )


def once_inserted(connection, meanwhile):
    def after(_connection, _cursor, statement, *_):
        if statement.startswith("INSERT INTO payment_order"):
            await_only(meanwhile())

    event.listen(connection.sync_connection, "after_cursor_execute", after)


async def paid_by_another(rivals):
    async with rivals.transaction() as paying:
        await paying.execute(update(schema.payment_order).values(state=OrderState.PAID))
