"""What an agent is asked to type, as ``handlers.steps`` keeps it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Message

from domain.clock import Clock
from handlers import steps
from handlers.staff.door import StaffActing

LASTING: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Steps:
    clock: Clock

    async def begin(
        self, step: State, agent: StaffActing, state: FSMContext, **about: str | int
    ) -> None:
        """``about``: what the handler will need, never a secret."""
        kept = steps.Steps(self.clock, LASTING)
        await kept.begin(step, agent.member, state, **about)

    async def kept(self, agent: StaffActing, state: FSMContext) -> dict[str, Any] | None:
        """What was kept for this very session, for a button that comes after; None when it is
        somebody else's, or too long ago.
        """
        return await steps.Steps(self.clock, LASTING).kept(agent.member, state)

    def going_on(self) -> "GoingOn":
        return GoingOn(steps.Steps(self.clock, LASTING))


class GoingOn(Filter):
    """Asked of this very session, a while ago at most. Registered behind ``door.needs``, which
    gives it ``agent``.
    """

    def __init__(self, asked: steps.Steps) -> None:
        self._asked = asked

    async def __call__(
        self, event: Message, agent: StaffActing, state: FSMContext
    ) -> bool | dict[str, Any]:
        kept = await self._asked.kept(agent.member, state)
        return False if kept is None else {"about": kept}
