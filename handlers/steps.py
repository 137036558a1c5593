"""What somebody is asked to type: kept with whose session was asked and when, as nothing else says
so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Message

from domain.clock import Clock
from handlers.acting import Acting

SESSION: Final = "session"
SINCE: Final = "since"


@dataclass(frozen=True, slots=True)
class Steps:
    """``lasting``: what comes later has another meaning. Whoever connects next in this chat was
    asked nothing.
    """

    clock: Clock
    lasting: timedelta

    async def begin(self, step: State, session: int, state: FSMContext, **about: object) -> None:
        """``about``: what the handler will need, JSON-safe; never what was typed."""
        await state.set_state(step)
        await state.set_data({**about, SESSION: session, SINCE: self.clock().isoformat()})

    def is_going_on(self, kept: Mapping[str, Any], session: int) -> bool:
        if kept.get(SESSION) != session or SINCE not in kept:
            return False
        return self.clock() - datetime.fromisoformat(kept[SINCE]) <= self.lasting

    async def of_parent(self, _: Message, acting: Acting, state: FSMContext) -> bool:
        """A filter, registered behind ``connected``."""
        return self.is_going_on(await state.get_data(), acting.who.session_id)
