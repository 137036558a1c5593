"""`cartable requests`: the town's answers until its own screens do (B17)."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.requests import ANSWERED, DAY_OVER, GONE, NOTHING, lines
from bot.settings import only
from bot.wiring import Application
from domain.bookings.model import State
from domain.bookings.ports import PendingRequest
from domain.families.model import Child, ChildId
from storage.bookings import SqlBookings
from storage.schema import audit
from tests import builders
from tests.storage.towns import NOW, places, request, requested, slot, town
from tests.storage.worlds import load

FAR, PAST = date(2126, 12, 2), date(2016, 12, 2)  # a command goes by the machine's own clock
LEO = Child(ChildId(1), "Leo", "CASIMIR")


def cartable(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def there(elsewhere: Path) -> Path:
    """A town where the first of three children waits for an answer; answers where it is kept."""
    asyncio.run(_furnish(FAR))
    return elsewhere


@pytest.fixture
def too_late(elsewhere: Path) -> Path:
    """The same where that day has passed."""
    asyncio.run(_furnish(PAST))
    return elsewhere


async def _furnish(day: date) -> None:
    app = Application(only(bot_token="42:TEST", log_level="ERROR"), clock=lambda: NOW)
    await app.prepare()
    data = town(builders.activity(1, approval=True, name="Cirque"), days=[day], capacity=5)
    await app.database.write(lambda connection: load(connection, data))
    one = request(1, State.PENDING, slot=slot(1, day))
    asked = replace(requested(one), places=[places(5, 1, day=day, next_ticket=2)])
    await app.database.write(lambda c: SqlBookings(c).apply(asked))
    await app.stop()


async def _log() -> list[tuple[str, str, dict[str, object]]]:
    app = Application(only(bot_token="42:TEST", log_level="ERROR"), clock=lambda: NOW)
    await app.prepare()
    rows = await app.database.read(
        lambda c: c.execute(select(audit.c.actor, audit.c.what, audit.c.details)).all()
    )
    await app.stop()
    return [tuple(row) for row in rows]


def test_a_request_is_a_line_with_its_number() -> None:
    booking = replace(builders.booking(7, state=State.PENDING), id=12)

    (line,) = lines([PendingRequest(booking, LEO)], builders.catalogue())

    assert line == "12  2026-12-02  07:30-18:00  Activité 1  CASIMIR Leo"


def test_nothing_that_waits_is_said() -> None:
    assert lines([], builders.catalogue()) == [NOTHING]


def test_a_request_is_listed_accepted_and_waits_no_more(there: Path) -> None:
    listed = cartable("requests", "list")
    accepted = cartable("requests", "accept", "1")

    assert "Cirque" in listed.output
    assert accepted.output == "Accepted.\n"
    assert cartable("requests", "list").output == f"{NOTHING}\n"


def test_a_refusal_needs_a_reason_and_is_the_last_word(there: Path) -> None:
    refused = cartable("requests", "refuse", "1", "--reason", "Groupe complet")
    late = cartable("requests", "accept", "1")

    assert refused.output == "Refused.\n"
    assert (late.exit_code, late.output) == (1, f"{ANSWERED}\n")


def test_who_answered_is_in_the_log(there: Path) -> None:
    """With what it was and became; nothing where nothing was done."""
    cartable("requests", "accept", "99", "--by", "personne")
    cartable("requests", "refuse", "1", "--reason", "Groupe complet", "--by", "c.dubois")

    assert asyncio.run(_log()) == [
        (
            "staff",
            "request_refused",
            {"booking": 1, "by": "c.dubois", "before": "pending", "after": "refused"},
        )
    ]


def test_without_a_name_it_is_the_login_of_the_session(
    there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "agent7")

    cartable("requests", "accept", "1")

    (told,) = asyncio.run(_log())
    assert told[2]["by"] == "agent7"


def test_a_request_is_left_waiting_with_a_reason_once(there: Path) -> None:
    first = cartable("requests", "waitlist", "1", "--reason", "Les CM2 d'abord")
    again = cartable("requests", "waitlist", "1", "--reason", "Les CM2 d'abord")

    assert (first.output, again.output) == ("Waitlisted.\n", "Waitlisted.\n")
    assert cartable("requests", "list").output == f"{NOTHING}\n"


def test_a_request_whose_day_has_passed_is_only_refused(too_late: Path) -> None:
    accepted = cartable("requests", "accept", "1")
    waits = cartable("requests", "waitlist", "1", "--reason", "Plus tard")
    refused = cartable("requests", "refuse", "1", "--reason", "Trop tard")

    assert (accepted.exit_code, accepted.output) == (1, f"{DAY_OVER}\n")
    assert (waits.exit_code, waits.output) == (1, f"{DAY_OVER}\n")
    assert refused.output == "Refused.\n"


def test_an_unknown_number_is_said(there: Path) -> None:
    result = cartable("requests", "accept", "99")

    assert (result.exit_code, result.output) == (1, f"{GONE}\n")


def test_an_unknown_structure_is_said(there: Path) -> None:
    result = cartable("requests", "list", "--structure", "9")

    assert result.exit_code == 1
    assert "no such structure" in result.output
