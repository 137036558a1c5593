"""How many times a parent goes to the database: whole, from the update to the redrawn message.

BEGIN and COMMIT are not counted. On SQLite a statement is a call into the process itself.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings import only
from bot.wiring import Application
from conversations.booking.routes import (
    Activities,
    Children,
    Confirm,
    Details,
    MarkDay,
    MarkGroup,
    Month,
    Recap,
)
from conversations.copying.routes import CopySources
from conversations.followup.routes import Filter, FollowUp
from conversations.overview.routes import DaySheet, Overview, Week
from conversations.pattern.routes import ShowPattern
from domain.activities.model import ActivityId
from domain.bookings import rules
from domain.bookings.pattern import Pattern
from domain.families.model import ChildId, GuardianId
from storage.accounts import SqlAccounts
from tests.builders import TOWN
from tests.handlers.stage import PARENT, Wire
from tests.storage.towns import NOW, line, town
from tests.storage.worlds import load

MONTH = [NOW.date().replace(month=12, day=7) + timedelta(days=n) for n in range(20)]
DIGEST = rules.digest([line(1, day) for day in MONTH])
CHILD, ACTIVITY = ChildId(1), ActivityId(1)


class Unplugged(Application):
    """The bot as it runs, but for Telegram."""

    told: Wire

    def _connect(self, stack: Any) -> None:
        super()._connect(stack)
        self.wire = self.told = Wire()


@dataclass
class Phone:
    app: Unplugged
    statements: list[str] = field(default_factory=list)

    async def press(self, data: str) -> str:
        """The text of the message after it; ``statements`` are those of this tap alone."""
        person = {"id": PARENT, "is_bot": False, "first_name": "Anne"}
        place = {"message_id": 1, "date": 1, "chat": {"id": PARENT, "type": "private"}}
        query = {"id": "1", "from": person, "chat_instance": "1", "message": place, "data": data}
        self.statements.clear()
        await self.app.handle({"update_id": 1, "callback_query": query})
        return self.app.told.told[-1].text


@pytest.fixture
async def phone(database_url: str, tmp_path: Path) -> AsyncIterator[Phone]:
    """Of a parent who is connected, and has looked at the town's catalogue before."""
    app = Unplugged(
        only(
            bot_token="42:TEST",
            database_url=database_url,
            key_file=tmp_path / "keys",
            exchange_dir=tmp_path / "exchange",
            log_level="ERROR",
        ),
        clock=lambda: NOW,
    )
    await app.prepare()
    data = town(days=MONTH, capacity=5)
    await app.database.write(lambda connection: load(connection, data))
    await app.database.write(
        lambda c: SqlAccounts(c).open_session(GuardianId(1), TOWN, PARENT, NOW)
    )
    await app.catalogues()
    phone = Phone(app)
    app.database.listen(phone.statements.append)
    yield phone
    await app.stop()


def every_day(*, wanted: bool) -> str:
    return MarkGroup.data(CHILD, ACTIVITY, MONTH[0], MONTH[-1], None, wanted=wanted)


async def test_a_tap_on_a_day_is_three_round_trips(phone: Phone) -> None:
    shown = await phone.press(MarkDay.data(CHILD, ACTIVITY, MONTH[0], wanted=True))

    assert "1 demande à vérifier" in shown
    assert len(phone.statements) == 3, phone.statements


@pytest.mark.parametrize(
    ("database_url", "trips"),
    [("postgresql", 4), ("sqlite", 3)],
    indirect=["database_url"],
)
async def test_a_tap_on_a_whole_month_is_no_more_but_for_a_lock(phone: Phone, trips: int) -> None:
    """What many days become depends on what is drafted: where there are several writers, a tap
    on another device waits.
    """
    shown = await phone.press(every_day(wanted=True))

    assert "20 demandes à vérifier" in shown
    assert len(phone.statements) == trips, phone.statements


async def test_a_tap_that_changes_nothing_is_two(phone: Phone) -> None:
    await phone.press(MarkDay.data(CHILD, ACTIVITY, MONTH[0], wanted=True))

    shown = await phone.press(MarkDay.data(CHILD, ACTIVITY, MONTH[0], wanted=True))

    assert "rien n'a changé" in shown
    assert len(phone.statements) == 2, phone.statements


@pytest.mark.parametrize(
    ("database_url", "trips"),
    [("postgresql", 6), ("sqlite", 10)],
    indirect=["database_url"],
)
async def test_confirming_a_month_is_as_many_whatever_its_length(phone: Phone, trips: int) -> None:
    """Who acts, the draft, the places, the children, the bookings around them, all that is
    written: one each. SQLite locks no child, and writes a table at a time.
    """
    await phone.press(every_day(wanted=True))

    shown = await phone.press(Confirm.data(1, DIGEST, 1))

    assert "20" in shown
    assert len(phone.statements) == trips, phone.statements


MONDAYS = Pattern(frozenset({0}), MONTH[0], MONTH[-1], skip_holidays=True)
SCREENS = {
    "children": (Children().pack(), 3),
    "activities": (Activities.data(CHILD), 3),
    "calendar": (Month.data(CHILD, ACTIVITY, MONTH[0]), 2),
    "details": (Details.data(CHILD, ACTIVITY, MONTH[0]), 3),
    "all activities": (Overview.data(CHILD, MONTH[0]), 2),
    "sheet of a day": (DaySheet.data(CHILD, MONTH[0]), 3),
    "all children": (Week.data(MONTH[0]), 2),
    "weekly pattern": (ShowPattern.of(CHILD, ACTIVITY, MONDAYS), 2),
    "copy": (CopySources.data(CHILD, ACTIVITY, MONTH[0]), 2),
    "recap": (Recap.data(1), 4),
    "follow-up": (FollowUp.data(1), 5),
    "its filters": (Filter().pack(), 2),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_is_as_many_round_trips_as_told(phone: Phone, name: str) -> None:
    """Who acts is one of them; none grows with what is drafted."""
    data, trips = SCREENS[name]
    await phone.press(every_day(wanted=True))

    await phone.press(data)

    assert len(phone.statements) == trips, phone.statements


async def test_confirming_again_is_three_round_trips(phone: Phone) -> None:
    await phone.press(every_day(wanted=True))
    first = await phone.press(Confirm.data(1, DIGEST, 1))

    again = await phone.press(Confirm.data(1, DIGEST, 1))

    assert again == first
    assert len(phone.statements) == 3, phone.statements
