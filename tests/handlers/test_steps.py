"""What is typed answers the question that this session was asked a while ago, or none."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage

from handlers.steps import Steps
from tests.builders import NOW

LASTING = timedelta(minutes=10)
STEP = State("amount")
MINE, NEXT = SimpleNamespace(session_id=7), SimpleNamespace(session_id=8)


@pytest.fixture
def state() -> FSMContext:
    return FSMContext(MemoryStorage(), StorageKey(bot_id=1, chat_id=1, user_id=1))


@pytest.mark.parametrize(
    ("session", "late", "goes_on"),
    [
        (MINE, timedelta(0), True),
        (MINE, LASTING, True),
        (MINE, LASTING + timedelta(seconds=1), False),
        (NEXT, timedelta(0), False),
    ],
)
async def test_a_step_is_of_one_session_and_lasts_a_while(state, session, late, goes_on):
    await Steps(lambda: NOW, LASTING).begin(STEP, MINE, state, wallet=3)

    kept = await state.get_data()

    assert kept["wallet"] == 3
    assert await state.get_state() == STEP.state
    assert Steps(lambda: NOW + late, LASTING).is_going_on(kept, session) is goes_on


def test_what_nobody_was_asked_does_not_go_on():
    assert not Steps(lambda: NOW, LASTING).is_going_on({}, MINE)
