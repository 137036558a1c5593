"""Money paid online, of which the back office tells too, is credited once (X2, M4)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from domain.families.model import WalletId
from domain.imports.model import Outcome, Trouble
from domain.imports.service import ImportTown
from domain.payments.model import Credit, Order, Provider
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId
from storage import schema
from storage.engine import opened, transactions
from storage.imports import FileStaging, SqlImport
from tests.builders import TOWN
from tests.fakes.accounts import FakePasswords
from tests.storage.paying import NOW, OWED, WALLET, Till, opened_till, paid

alert, entry, payment = schema.staff_alert.c, schema.ledger_entry.c, schema.payment.c
FULL = Decimal("36.10")
LEISURE = WalletId(3)
SETTLED = schema.stray_payment.c.settled_at
COLUMNS = ("code", "family", "structure", "wallet", "day", "amount", "mode", "number", "reference")
SAID: dict[str, object] = {
    "code": "P1",
    "family": "#1",
    "structure": "#1",
    "wallet": "Cantine",
    "day": "2026-12-05",
    "amount": "36.10",
    "mode": "CB",
}


@dataclass
class BackOffice:
    till: Till
    folder: Path

    async def says(self, *lines: dict[str, object], columns: Sequence[str] = COLUMNS) -> Outcome:
        rows = [",".join(str({**SAID, **line}.get(c, "")) for c in columns) for line in lines]
        path = self.folder / "payments.csv"
        path.write_text("\n".join([",".join(columns), *rows]))
        imports = transactions(self.till.database, SqlImport)
        import_ = ImportTown(imports, FileStaging(), FakePasswords(), self.till.clock)
        return await import_(path, dry_run=False)


@pytest.fixture(params=["sqlite", "postgresql"])
async def till(request, keyring):
    async with opened(request.getfixturevalue(f"{request.param}_url"), keyring) as database:
        yield await opened_till(database)


@pytest.fixture
def town(till: Till, tmp_path: Path) -> BackOffice:
    return BackOffice(till, tmp_path)


def named(order: Order, **more: object) -> dict[str, object]:
    return {"reference": order.reference, **more}


async def odd(till: Till) -> list[Any]:
    return [row[1].get("odd") for row in await till.rows(alert.id, alert.details)]


async def test_what_the_bot_has_credited_is_not_credited_again_by_the_town(till, town) -> None:
    order = await till.order()
    await till.credit(paid(order))

    outcome = await town.says(named(order))

    assert outcome.applied
    assert await till.balance() == OWED + FULL
    assert await odd(till) == []


async def test_what_the_town_has_credited_is_not_credited_again_by_its_provider(
    till, town
) -> None:
    order = await till.order()
    await town.says(named(order))

    told = await till.credit(paid(order))

    assert told.credit is Credit.CREDITED
    assert await till.balance() == OWED + FULL
    assert await odd(till) == []
    assert await till.states() == ["paid"]
    assert await till.rows(payment.entry_id, payment.provider, payment.reference) == [
        (1, Provider.TELEGRAM, "charge-1")
    ]


async def test_the_provider_says_it_again_after_the_town_and_nothing_changes(till, town) -> None:
    order = await till.order()
    await town.says(named(order))
    await till.credit(paid(order))

    again = await till.credit(paid(order))

    assert again.credit is Credit.ALREADY
    assert await till.balance() == OWED + FULL


async def test_the_document_number_is_enough_to_know_an_online_payment(till, town) -> None:
    """What families and the Trésor call it: the "N° de pièce" of the history."""
    order = await till.order()
    await till.credit(paid(order))

    await town.says({"number": order.reference})

    assert await till.balance() == OWED + FULL


async def test_the_same_line_again_changes_nothing(till, town) -> None:
    order = await till.order()
    await till.credit(paid(order))
    await town.says(named(order))

    again = await town.says(named(order))

    assert (again.troubles, again.total.unchanged) == (0, 1)
    assert await till.balance() == OWED + FULL


@pytest.mark.parametrize("town_first", [True, False])
async def test_another_amount_is_told_to_the_agents_and_not_credited(
    till, town, town_first
) -> None:
    order = await till.order()
    if town_first:
        await town.says(named(order, amount="30.00"))
    await till.credit(paid(order))

    await town.says(named(order, amount="30.00"))

    held = Decimal("30.00") if town_first else FULL
    assert await till.balance() == OWED + held
    assert await odd(till) == ["town_amount"]


async def test_another_wallet_is_told_to_the_agents_and_not_credited(till, town) -> None:
    order = await till.order()
    await till.credit(paid(order))

    await town.says(named(order, wallet="Loisirs"))

    assert await till.balance() == OWED + FULL
    assert await till.count(schema.ledger_entry) == 1
    assert await odd(till) == ["town_wallet"]


async def test_the_same_payment_under_a_second_code_is_not_credited(till, town) -> None:
    order = await till.order()
    await town.says(named(order))

    outcome = await town.says(named(order, code="P2"))

    assert outcome.applied
    assert await till.balance() == OWED + FULL
    assert await odd(till) == ["town_twice"]


async def test_two_codes_of_one_file_for_one_payment_credit_once(till, town) -> None:
    order = await till.order()

    await town.says(named(order), named(order, code="P2"))

    assert await till.balance() == OWED + FULL
    assert await odd(till) == ["town_twice"]


async def test_an_order_that_was_paid_twice_is_told_twice_and_credited_twice(till, town) -> None:
    order = await till.order()
    await till.credit(paid(order))
    await till.credit(paid(order, "charge-2"))

    await town.says(named(order), named(order, code="P2"))

    assert await till.balance() == OWED + FULL + FULL
    assert await odd(till) == ["paid_twice"]


async def test_a_reference_that_nobody_gave_is_a_problem(till, town) -> None:
    outcome = await town.says({"reference": "NOBODYGAVETHISATALL2"})

    assert [(one.column, one.trouble) for one in outcome.problems] == [
        ("reference", Trouble.NO_SUCH_ORDER)
    ]
    assert await till.balance() == OWED


async def test_a_number_that_is_no_order_is_one_of_the_counter(till, town) -> None:
    await town.says({"number": "0042"}, {"number": "0042", "code": "P2"})

    assert await till.balance() == OWED + FULL + FULL


async def test_a_refund_with_the_number_of_an_order_is_a_refund(till, town) -> None:
    order = await till.order()
    await till.credit(paid(order))

    await town.says({"number": order.reference, "amount": "-36.10", "code": "R1"})

    assert await till.balance() == OWED
    assert await odd(till) == []


async def test_money_that_was_kept_apart_is_credited_by_the_town_or_an_agent_not_both(
    till, town
) -> None:
    order = await till.order()
    await till.close()
    other = insert(schema.wallet).values(
        id=LEISURE, family_id=1, structure_id=TOWN, name="Loisirs", balance=Decimal(0)
    )
    await till.database.write(lambda connection: connection.execute(other))
    assert (await till.credit(paid(order))).credit is Credit.STRAY
    await town.says(named(order, wallet="Loisirs"))

    agent = StaffIdentity(
        session_id=StaffSessionId(1),
        staff_id=StaffId(7),
        role=Role.AGENT,
        name="Claire",
        structure_id=TOWN,
        structures=(TOWN,),
        locale="fr",
        catalogue_version=1,
        seen_at=NOW,
    )
    settled = await till.settle(agent, 1, LEISURE)

    assert settled is Credit.ALREADY
    assert await till.count(schema.ledger_entry) == 1
    assert [row[1] for row in await till.rows(schema.stray_payment.c.id, SETTLED)] == [NOW]


async def test_the_town_and_the_provider_at_once_credit_once(till, town) -> None:
    orders = [await till.order(f"{n}.00") for n in range(5, 15)]
    told = (till.credit(paid(one, f"charge-{one.id}")) for one in orders)
    lines = [named(one, code=f"P{one.id}", amount=one.amount) for one in orders]

    await asyncio.gather(town.says(*lines), *told)

    assert await till.balance() == OWED + sum(one.amount for one in orders)
    assert await odd(till) == []


async def test_the_database_refuses_a_second_payment_of_the_same_order(till, town) -> None:
    order = await till.order()
    await town.says(named(order))
    another = insert(schema.ledger_entry).values(
        id=99, wallet_id=WALLET, kind="payment", day=NOW.date(), at=NOW, amount=FULL
    )
    row = {"entry_id": 99, "mode": "", "number": order.reference, "payer": "", "bank": ""}

    def work(connection) -> None:
        connection.execute(another)
        connection.execute(insert(schema.payment).values(**row, nth=1))

    with pytest.raises(IntegrityError):
        await till.database.write(work)


async def test_two_codes_of_one_file_for_what_the_bot_has_credited_are_one_too_many(
    till, town
) -> None:
    order = await till.order()
    await till.credit(paid(order))

    await town.says(named(order), named(order, code="P2"))

    assert await till.balance() == OWED + FULL
    assert await odd(till) == ["town_twice"]


async def test_a_refund_that_came_first_is_not_taken_for_the_payment(till, town) -> None:
    order = await till.order()
    await town.says({"number": order.reference, "amount": "-36.10", "code": "R1"})

    await till.credit(paid(order))

    assert await till.balance() == OWED
    assert await till.count(schema.ledger_entry) == 2
