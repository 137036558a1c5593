"""Nobody comes in on the town's side without a right that the handler declares (S1)."""

import pytest
from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.staff.errors import NotAllowed
from domain.staff.model import RIGHTS, Right, Role, StaffId, StaffIdentity, StaffSessionId
from handlers.staff.door import Door, declared
from tests.builders import NOW


async def nothing(_: CallbackQuery) -> None: ...


async def nobody(_: int) -> None:
    return None


async def no_catalogue(_: int | None = None):
    raise AssertionError


DOOR = Door(nobody, no_catalogue, lambda *_: None)


def member(role: Role) -> StaffIdentity:
    return StaffIdentity(StaffSessionId(1), StaffId(1), role, "Agnès", 1, (1, 2), "fr", 1, NOW)


def test_a_handler_without_a_right_does_not_start():
    router = Router()
    router.callback_query.register(nothing, F.data)

    with pytest.raises(RuntimeError, match="nothing"):
        declared(router)


def test_a_handler_of_a_router_below_is_looked_at_too():
    router, below = Router(), Router()
    below.message.register(nothing)
    router.include_router(below)

    with pytest.raises(RuntimeError, match="nothing"):
        declared(router)


def test_a_handler_that_declares_its_right_starts():
    router = Router()
    router.callback_query.register(nothing, F.data, DOOR.needs(Right.LOOK))

    assert declared(router) is router


def test_every_right_is_somebodys_and_a_reader_only_reads():
    acts = {right for right in RIGHTS[Role.READER] if not right.startswith(("read_", "look"))}

    assert acts == set()
    assert RIGHTS[Role.READER] < RIGHTS[Role.AGENT] < RIGHTS[Role.MANAGER] == set(Right)


@pytest.mark.parametrize("right", sorted(set(Right) - RIGHTS[Role.READER]))
def test_what_a_reader_may_not_do_is_refused(right):
    with pytest.raises(NotAllowed):
        member(Role.READER).check(right)


def test_another_structure_is_refused_to_whoever_it_is():
    with pytest.raises(NotAllowed):
        member(Role.MANAGER).check(Right.LOOK, 3)
