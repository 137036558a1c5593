"""Screens go before Telegram's limit, for those who want it (A12)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from domain.choices.model import Choices
from domain.families.model import Display, GuardianId
from domain.privacy.tidying import TidyScreens
from tests import builders
from tests.fakes.data import StoredSession, TownData
from tests.fakes.town import FakeTown

TIDY, UNTIDY = GuardianId(1), GuardianId(2)
CHATS = {TIDY: 700, UNTIDY: 701}


@dataclass
class Chats:
    deleted: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    works: bool = True

    async def delete_many(self, chat_id, message_ids):
        self.deleted.append((chat_id, tuple(message_ids)))
        return self.works


class Scene:
    def __init__(self) -> None:
        self.now: datetime = builders.NOW
        self.town = FakeTown(TownData(builders.catalogue()))
        self.chats = Chats()
        data = self.town.data
        for guardian, chat in CHATS.items():
            data.sessions[guardian] = StoredSession(guardian, builders.TOWN, chat, self.now)
        data.choices[TIDY] = Choices(Display.CLASSIC, tidy_screens=True)
        self.tidy = TidyScreens(self.town.old_screens, self.chats, lambda: self.now)

    def show(self, guardian: GuardianId, *messages: int) -> None:
        for message in messages:
            self.town.data.messages[guardian, message] = self.now

    @property
    def kept(self) -> set[tuple[int, int]]:
        return set(self.town.data.messages)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.mark.parametrize(("minutes", "goes"), [(47 * 60 - 1, False), (47 * 60, True)])
async def test_a_screen_is_deleted_at_47_hours(scene: Scene, minutes, goes):
    scene.show(TIDY, 1, 2)

    scene.now += timedelta(minutes=minutes)
    await scene.tidy()

    assert scene.chats.deleted == ([(700, (1, 2))] if goes else [])
    assert bool(scene.kept) is not goes


async def test_who_did_not_ask_for_it_keeps_the_screens(scene: Scene):
    scene.show(UNTIDY, 1)

    scene.now += timedelta(hours=47)
    await scene.tidy()

    assert scene.chats.deleted == []
    assert scene.kept == {(UNTIDY, 1)}


async def test_a_hundred_are_deleted_at_once(scene: Scene):
    scene.show(TIDY, *range(1, 251))

    scene.now += timedelta(hours=47)
    await scene.tidy()

    assert [len(messages) for _, messages in scene.chats.deleted] == [100, 100, 50]
    assert scene.kept == set()


async def test_what_could_not_be_deleted_is_tried_again_until_telegram_would_refuse(scene: Scene):
    scene.show(TIDY, 1)
    scene.chats.works = False
    scene.now += timedelta(hours=47)
    await scene.tidy()
    await scene.tidy()
    tried = len(scene.chats.deleted)

    scene.now += timedelta(hours=1)
    await scene.tidy()

    assert tried == 2
    assert len(scene.chats.deleted) == 2
    assert scene.kept == set()


async def test_a_chat_that_fails_keeps_no_other_from_being_tidied(scene: Scene):
    scene.town.data.choices[UNTIDY] = Choices(Display.CLASSIC, tidy_screens=True)
    scene.show(TIDY, *range(150))
    scene.show(UNTIDY, 1)
    scene.chats.works = False

    scene.now += timedelta(hours=47)
    await scene.tidy()

    assert [chat for chat, _ in scene.chats.deleted] == [700, 701]


async def test_after_48_hours_everybodys_are_forgotten(scene: Scene):
    scene.show(TIDY, 1)
    scene.show(UNTIDY, 2)

    scene.now += timedelta(hours=48)
    await scene.tidy()

    assert scene.kept == set()
    assert scene.chats.deleted == []
