"""How often somebody may have their data (A12)."""

from datetime import timedelta

import pytest

from domain.privacy.errors import ExportUnderWay, TooManyExports
from domain.privacy.exporting import BeginExport, EndExport
from tests import builders
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Desk:
    """One guardian who asks, as time goes by."""

    def __init__(self) -> None:
        self.now = builders.NOW
        self.town = FakeTown(TownData(builders.catalogue()))
        self.begin = BeginExport(self.town.privacy, lambda: self.now)
        self.end = EndExport(self.town.privacy, lambda: self.now)

    async def given(self, *, sent: bool = True, guardian: int = 1) -> None:
        who = builders.identity(guardian)
        await self.begin(who)
        await self.end(who, sent=sent)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_three_a_day_and_the_fourth_from_when_the_first_is_a_day_old(desk: Desk):
    for _ in range(3):
        await desk.given()
        desk.now += HOUR

    with pytest.raises(TooManyExports) as refused:
        await desk.given()

    assert refused.value.params == {"until": builders.NOW + DAY}
    desk.now = builders.NOW + DAY
    await desk.given()


async def test_one_that_could_not_be_sent_does_not_count(desk: Desk):
    for _ in range(5):
        await desk.given(sent=False)

    await desk.given()


async def test_one_at_a_time(desk: Desk):
    await desk.begin(builders.identity(1))

    with pytest.raises(ExportUnderWay):
        await desk.begin(builders.identity(1))


async def test_one_that_nobody_ended_is_given_up_after_five_minutes(desk: Desk):
    await desk.begin(builders.identity(1))

    desk.now += timedelta(minutes=5)

    await desk.given()


async def test_it_is_counted_by_guardian(desk: Desk):
    for _ in range(3):
        await desk.given()

    await desk.given(guardian=2)


async def test_what_was_refused_is_not_counted(desk: Desk):
    for _ in range(3):
        await desk.given()
    for _ in range(9):
        with pytest.raises(TooManyExports):
            await desk.given()

    assert len(desk.town.data.audit) == 6
