"""X2: a night is offered until it is taken."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.reports.service import FollowHandover, RunNight
from tests.builders import catalogue
from tests.fakes.data import TownData
from tests.fakes.reports import FakeExchange
from tests.fakes.town import FakeTown

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
NIGHT = date(2026, 11, 24)


class Scene:
    def __init__(self) -> None:
        self.data = TownData(catalogue())
        town, self.files = FakeTown(self.data), FakeExchange()
        self.follow = FollowHandover(town.transmissions, self.files, lambda: NOW)
        self.night = RunNight(town.transmissions, self.files, town.catalogues, lambda: NOW)

    @property
    def transmission(self):
        return next(iter(self.data.transmissions.values()))


@pytest.fixture
async def scene() -> Scene:
    made = Scene()
    await made.night(NIGHT)
    return made


async def test_what_lies_there_is_left_alone(scene):
    assert await scene.follow() == 0
    assert scene.transmission.taken_at is None


async def test_it_is_taken_when_the_right_checksum_is_acknowledged(scene):
    scene.files.signs[scene.transmission.id] = scene.transmission.checksum

    assert (await scene.follow(), await scene.follow()) == (1, 0)
    assert scene.transmission.taken_at == NOW


async def test_what_is_lost_before_is_written_again_the_same(scene):
    (content,) = scene.files.files.values()
    scene.files.files.clear()

    await scene.follow()

    assert list(scene.files.files.values()) == [content]
    assert scene.transmission.taken_at is None


async def test_a_wrong_checksum_is_taken_away_and_all_is_offered_again(scene):
    scene.files.signs[scene.transmission.id] = "another"
    scene.files.files.clear()

    await scene.follow()

    assert scene.files.signs == {}
    assert len(scene.files.files) == 1


async def test_what_is_gone_after_it_was_taken_is_nobodys_any_more(scene):
    taken = replace(scene.transmission, taken_at=NOW)
    scene.data.transmissions[taken.id] = taken
    scene.files.files.clear()

    await scene.follow()

    assert scene.files.files == {}
