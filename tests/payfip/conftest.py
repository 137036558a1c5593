"""The real adapter and its door, over real HTTP, in front of the simulated provider."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot import locales
from bot.background import Background
from bot.listening import Listener
from bot.payfip.client import PayFipClient
from bot.payfip.door import PayFipDoor
from bot.payfip.gateway import Account, PayFip
from bot.payfip.page import ReturnPage
from bot.payfip.returning import Returns
from bot.payfip.sieve import Sieve
from bot.playground.clock import ShiftableClock
from bot.playground.payfip.routes import PAGE_PATH, SERVICE_PATH
from bot.playground.server import Playground
from domain.activities.model import StructureId
from domain.families.model import FamilyId, GuardianId, WalletId
from domain.payments.model import (
    Credit,
    Credited,
    Order,
    OrderId,
    OrderState,
    Paid,
    Provider,
)
from storage.crypto import Keyring, new_keyring_text
from tests.fakes.payment_tokens import FakeTokens

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLIENT = "090909"
TOWN = "regie@mairie.example"
REFERENCE = "ABCDEFGH234567ABCDEF"

Sim = Callable[..., Awaitable[dict[str, Any]]]


def order(**changed: Any) -> Order:
    given: dict[str, Any] = {
        "id": OrderId(1),
        "reference": REFERENCE,
        "family_id": FamilyId(1),
        "guardian_id": GuardianId(1),
        "structure_id": StructureId(1),
        "wallet_id": WalletId(1),
        "amount": Decimal("42.50"),
        "provider": Provider.PAYFIP,
        "state": OrderState.OPEN,
        "created_at": NOW,
        "expires_at": NOW + timedelta(minutes=15),
    }
    return Order(**{**given, **changed})


@dataclass
class Ledger:
    """What would be credited; ``away`` as when the database does not answer."""

    paid: list[Paid] = field(default_factory=list)
    away: bool = False

    async def __call__(self, paid: Paid) -> Credited:
        if self.away:
            raise OperationalError("insert", {}, OSError())
        told = paid.provider_reference in {one.provider_reference for one in self.paid}
        self.paid.append(paid)
        return Credited(Credit.ALREADY if told else Credit.CREDITED)


@pytest.fixture
def clock() -> ShiftableClock:
    return ShiftableClock.frozen(NOW)


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    owner = Background()
    yield owner
    await owner.stop()


@pytest.fixture
async def playground(clock: ShiftableClock) -> AsyncIterator[Playground]:
    local = Playground(clock=clock, webhook_backoff=lambda _: 0.05)
    await local.start()
    yield local
    await local.stop()


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def mails() -> dict[int, str]:
    return {1: "jeanne@example.org"}


@pytest.fixture
def tokens() -> FakeTokens:
    return FakeTokens(orders=[order()])


@pytest.fixture
def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


@pytest.fixture
async def client(playground: Playground) -> AsyncIterator[PayFipClient]:
    opened = PayFipClient(playground.url + SERVICE_PATH, CLIENT, "T", seconds=0.5)
    yield opened
    await opened.close()


@dataclass
class Opened:
    payfip: PayFip
    door: PayFipDoor
    listener: Listener
    background: Background

    async def settled(self) -> None:
        """What goes on after a page was shown has ended."""
        await self.background.settle(grace=20)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.port}"


@pytest.fixture
async def door(
    playground: Playground,
    client: PayFipClient,
    tokens: FakeTokens,
    mails: dict[int, str],
    clock: ShiftableClock,
    ledger: Ledger,
    background: Background,
    free_port: int,
) -> AsyncIterator[Opened]:
    """Listening on a port that was free a moment ago: the gateway has to know it beforehand."""

    async def mail_of(guardian: GuardianId) -> str | None:
        return mails.get(guardian)

    base = f"http://127.0.0.1:{free_port}"
    keyring = Keyring.parse(new_keyring_text())
    gateway = PayFip(
        client=client,
        account=Account(CLIENT, "T", playground.url + PAGE_PATH, base, TOWN),
        returns=Returns(base, lambda text: keyring.blind("payments.return", text)),
        tokens=tokens,
        mail_of=mail_of,
        clock=clock,
    )
    page = ReturnPage(locales.load(), None)
    made = PayFipDoor(gateway, ledger, background, Sieve(3, lambda: 0.0), page)
    listener = Listener(made.routes(), host="127.0.0.1", port=free_port)
    await listener.start()
    yield Opened(gateway, made, listener, background)
    await listener.stop()


@pytest.fixture
def payfip(door: Opened) -> PayFip:
    return door.payfip


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        yield session


@pytest.fixture
def sim(playground: Playground, http: aiohttp.ClientSession) -> Sim:
    async def call(verb: str, path: str, **form: Any) -> dict[str, Any]:
        body = form if verb == "POST" else None
        url = f"{playground.url}/sim/payfip/{path}"
        async with http.request(verb, url, json=body) as response:
            return await response.json()

    return call


@dataclass
class Browser:
    """A parent's, on the provider's page."""

    http: aiohttp.ClientSession
    playground: Playground
    sim: Sim

    async def press(self, page: str, result: str) -> str:
        """Where the page sends it then; ``result``: P, V, A or R."""
        (idop,) = parse_qs(urlsplit(page).query)["idop"]
        form = {"idop": idop, "result": result}
        url = f"{self.playground.url}/payfip/pay"
        async with self.http.post(url, data=form, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()
            return answer.headers["Location"]

    async def settled(self) -> None:
        """No notification is on its way any more."""
        assert (await self.sim("GET", "idle?timeout=20"))["idle"]


@pytest.fixture
def browser(http: aiohttp.ClientSession, playground: Playground, sim: Sim) -> Browser:
    return Browser(http, playground, sim)
