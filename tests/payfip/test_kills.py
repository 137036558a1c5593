"""Killed between being told of a payment and its commit, or just after it: told again, it is
credited once (M4).
"""

import asyncio
import signal
from decimal import Decimal

import aiohttp
import pytest

from bot.playground.clock import ShiftableClock
from bot.playground.server import Playground
from domain.payments.model import OrderState, Provider
from storage.crypto import Keyring, new_keyring_text
from storage.engine import opened
from tests.payfip.kills import serve_until_killed, served
from tests.storage.paying import NOW, opened_till


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("point", ["credit 1: before its commit", "credit 1: committed"])
async def test_killed_while_it_is_told_it_is_credited_once(
    request: pytest.FixtureRequest, free_port: int, kind: str, point: str
) -> None:
    url, key = request.getfixturevalue(f"{kind}_url"), new_keyring_text()
    playground = Playground(clock=ShiftableClock.frozen(NOW), webhook_backoff=lambda _: 0.5)
    await playground.start()
    try:
        async with opened(url, Keyring.parse(key)) as database:
            till = await opened_till(database)
            order = await till.order("36.10", Provider.PAYFIP)
            async with served(database, playground.url, free_port, lambda _: None) as gateway:
                idop = (await gateway.begin(order)).rpartition("=")[2]
            dying = serve_until_killed(url, key, playground.url, free_port, point)

            async with aiohttp.ClientSession() as http:
                form = {"idop": idop, "result": "P"}
                pay = f"{playground.url}/payfip/pay"
                await http.post(pay, data=form, allow_redirects=False)
                await asyncio.to_thread(dying.join, 150)
                ended = dying.exitcode
                dying.kill()
                async with served(database, playground.url, free_port, lambda _: None):
                    idle = f"{playground.url}/sim/payfip/idle?timeout=30"
                    async with http.get(idle) as told:
                        assert (await told.json())["idle"]

            assert ended == -signal.SIGKILL
            assert await till.states() == [OrderState.PAID]
            assert await till.balance() == Decimal("0.00")
    finally:
        await playground.stop()
