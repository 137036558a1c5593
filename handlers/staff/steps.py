"""What an agent is asked to type: kept with who was asked and when, as nothing else says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Message

from domain.clock import Clock
from handlers.staff.door import StaffActing

LASTING: Final = timedelta(minutes=30)
SESSION, SINCE = "session", "since"


@dataclass(frozen=True, slots=True)
class Steps:
    clock: Clock

    async def begin(
        self, step: State, agent: StaffActing, state: FSMContext, **about: str | int
    ) -> None:
        """``about``: what the handler will need, never what was typed."""
        await state.set_state(step)
        kept = {SESSION: agent.member.session_id, SINCE: self.clock().isoformat()}
        await state.set_data({**about, **kept})

    def going_on(self) -> "GoingOn":
        return GoingOn(self.clock)


class GoingOn(Filter):
    """Asked of this very session, a while ago at most. Registered behind ``door.needs``, which
    gives it ``agent``.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(
        self, event: Message, agent: StaffActing, state: FSMContext
    ) -> bool | dict[str, Any]:
        kept = await state.get_data()
        if kept.get(SESSION) != agent.member.session_id or SINCE not in kept:
            return False
        if self._clock() - datetime.fromisoformat(kept[SINCE]) > LASTING:
            return False
        return {"about": kept}
