"""The guide's example as a family gets it: real tables, outbox, courier, SMTP (N2, N7)."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.playground.clock import ShiftableClock
from bot.playground.server import Playground
from bot.settings import only
from bot.wiring import Application
from storage.bookings import SqlBookings
from storage.engine import transactions
from storage.reports import SqlTransmissions
from tests.fakes.reports import FakeExchange
from tests.guide import BY_MAIL, REPORT
from tests.guide_story import BEGINS, guide_town, replay
from tests.plain_spaces import plain_spaces
from tests.storage.worlds import load
from tests.unit.bookings.conftest import World


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """For its mailbox."""
    found = Playground(clock=ShiftableClock.frozen(BEGINS))
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
async def app(
    playground: Playground, database_url: str, tmp_path: Path
) -> AsyncIterator[Application]:
    settings = only(
        bot_token=playground.token,
        api_url=playground.url,
        database_url=database_url,
        key_file=tmp_path / "keys",
        exchange_dir=tmp_path / "exchange",
        smtp_host="127.0.0.1",
        smtp_port=playground.smtp_port,
        smtp_security="none",
        mail_from="Portail famille <ne-pas-repondre@mairie.example>",
        log_level="ERROR",
    )
    made = Application(settings, clock=playground.clock)
    await made.prepare()
    yield made
    await made.stop()


async def test_the_report_of_the_guide_is_delivered_word_for_word(
    playground: Playground, app: Application
) -> None:
    data = guide_town()
    await app.database.write(lambda connection: load(connection, data))
    town = SimpleNamespace(
        data=data,
        catalogues=app.catalogues,
        bookings=transactions(app.database, SqlBookings),
        transmissions=transactions(app.database, SqlTransmissions),
        exchange=FakeExchange(),
    )

    world = World(town, now=BEGINS)  # type: ignore[arg-type] - what of a town it asks for

    await replay(world)
    await playground.clock.jump(world.now)
    await app.courier.drain()

    reports = [m for m in playground.mailbox.mails if "compte rendu" in m.text]
    assert len(reports) == 2
    (last,) = [m for m in reports if "14 mouvements" in m.text]
    assert plain_spaces(last.text).splitlines() == (REPORT + BY_MAIL).splitlines()
    assert "dupont@example.org" in str(last.to)
