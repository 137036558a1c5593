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

    async def kept(self, agent: StaffActing, state: FSMContext) -> dict[str, Any] | None:
        """What was kept for this very session, for a button that comes after; None when it is
        somebody else's, or too long ago.
        """
        return still_kept(await state.get_data(), agent, self.clock)

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
        kept = still_kept(await state.get_data(), agent, self._clock)
        return False if kept is None else {"about": kept}


def still_kept(kept: dict[str, Any], agent: StaffActing, clock: Clock) -> dict[str, Any] | None:
    if kept.get(SESSION) != agent.member.session_id or SINCE not in kept:
        return None
    is_over = clock() - datetime.fromisoformat(kept[SINCE]) > LASTING
    return None if is_over else kept
