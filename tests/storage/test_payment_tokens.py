"""What a provider calls an order is kept once, and found by it, on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from domain.payments.model import Answer, Order, OrderState, Provider, Word
from storage.crypto import Keyring
from storage.engine import opened, transactions
from storage.payment_tokens import SqlPaymentTokens
from tests.storage.paying import NOW, Till, opened_till, paid


class Page:
    """A provider that says what it is told to."""

    def __init__(self) -> None:
        self.answer = Answer(Word.WAITING)
        self.asked: list[str] = []

    async def begin(self, order: Order) -> str:
        return "http://127.0.0.1/"

    async def ask(self, order: Order) -> Answer:
        self.asked.append(order.reference)
        return self.answer


@pytest.fixture(params=["sqlite", "postgresql"])
async def till(request: pytest.FixtureRequest, keyring: Keyring) -> AsyncIterator[Till]:
    async with opened(request.getfixturevalue(f"{request.param}_url"), keyring) as database:
        yield await opened_till(database)


async def test_the_first_token_of_an_order_is_the_one_that_is_kept(till: Till) -> None:
    order = await till.order(provider=Provider.PAYFIP)
    tokens = transactions(till.database, SqlPaymentTokens)
    before = await tokens.read(lambda tx: tx.token(order.id))

    first = await tokens.write(lambda tx: tx.keep_token(order.id, "first"))
    second = await tokens.write(lambda tx: tx.keep_token(order.id, "second"))

    assert (before, first, second) == (None, "first", "first")
    assert await tokens.read(lambda tx: tx.token_of(order.reference)) == "first"
    assert await tokens.read(lambda tx: tx.token_of("NOBODYS")) is None


async def test_a_token_is_known_to_its_own_provider(till: Till) -> None:
    order = await till.order(provider=Provider.PAYFIP)
    tokens = transactions(till.database, SqlPaymentTokens)

    await tokens.write(lambda tx: tx.keep_token(order.id, "idop"))

    known = [
        await tokens.read(lambda tx, where=where, token=token: tx.is_known(where, token))
        for where, token in (
            (Provider.PAYFIP, "idop"),
            (Provider.SIMULATED, "idop"),
            (Provider.PAYFIP, "other"),
        )
    ]
    assert known == [True, False, False]


async def test_two_orders_never_have_the_same_token(till: Till) -> None:
    first = await till.order("10.00", Provider.PAYFIP)
    second = await till.order("20.00", Provider.PAYFIP)
    tokens = transactions(till.database, SqlPaymentTokens)
    await tokens.write(lambda tx: tx.keep_token(first.id, "idop"))

    with pytest.raises(IntegrityError):
        await tokens.write(lambda tx: tx.keep_token(second.id, "idop"))


async def test_an_order_that_another_replaced_is_still_asked_about(till: Till) -> None:
    page = Page()
    till.gateways[Provider.PAYFIP] = page
    till.follow.gateways[Provider.PAYFIP] = page  # type: ignore[index]
    first = await till.order(provider=Provider.PAYFIP)
    till.later(minutes=20)
    second = await till.order(provider=Provider.PAYFIP)
    page.answer = Answer(Word.PAID, paid(first))

    await till.follow()

    assert first.reference != second.reference
    assert page.asked == [first.reference]
    assert await till.states() == [OrderState.PAID, OrderState.OPEN]
    assert await till.balance() == Decimal("0.00")


async def test_one_that_is_long_over_is_left_alone(till: Till) -> None:
    page = Page()
    till.follow.gateways[Provider.PAYFIP] = page  # type: ignore[index]
    order = await till.order(provider=Provider.PAYFIP)
    till.now = order.expires_at + timedelta(hours=2)
    await till.follow()
    await till.follow()
    once = list(page.asked)
    till.now = order.expires_at + timedelta(days=1, seconds=1)

    await till.follow()

    assert (once, page.asked) == ([order.reference], [order.reference])
    assert order.created_at == NOW
