"""Choosing which notices come (H3)."""

import pytest

from domain.choices.errors import LastChannel
from domain.choices.service import ChooseNotice, ShowChoices
from domain.errors import NotFound
from domain.notices.model import Channel, Kind
from tests.builders import catalogue, identity
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown

TELEGRAM, MAIL = Channel.TELEGRAM, Channel.MAIL
ANNE = identity(1)


@pytest.fixture
def town():
    data = TownData(catalogue())
    data.family(1, guardians=[1])
    return FakeTown(data)


async def choose(town, kind, channel, *, wanted):
    await ChooseNotice(town.choices)(ANNE, kind, channel, wanted=wanted)
    return (await ShowChoices(town.choices)(ANNE)).wanted


async def test_a_choice_is_kept_and_pressing_again_changes_nothing(town):
    once = await choose(town, Kind.NIGHTLY_REPORT, MAIL, wanted=False)

    twice = await choose(town, Kind.NIGHTLY_REPORT, MAIL, wanted=False)

    assert once == twice == {(Kind.NIGHTLY_REPORT, MAIL): False}


async def test_the_last_way_for_something_urgent_stays(town):
    await choose(town, Kind.PLACE_OFFERED, MAIL, wanted=False)

    with pytest.raises(LastChannel):
        await choose(town, Kind.PLACE_OFFERED, TELEGRAM, wanted=False)


async def test_what_is_not_urgent_may_go_altogether(town):
    await choose(town, Kind.NIGHTLY_REPORT, MAIL, wanted=False)

    wanted = await choose(town, Kind.NIGHTLY_REPORT, TELEGRAM, wanted=False)

    assert set(wanted.values()) == {False}


@pytest.mark.parametrize(
    ("kind", "channel"), [(Kind.EMAIL_CHANGED, MAIL), (Kind.DRAFT_LAPSED, MAIL)]
)
async def test_what_no_switch_is_for_is_refused(town, kind, channel):
    with pytest.raises(NotFound):
        await choose(town, kind, channel, wanted=False)
