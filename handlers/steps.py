"""What somebody is asked to type: kept with whose session was asked and when, as nothing else says
so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from aiogram import F, Router
from aiogram.dispatcher.event.handler import CallbackType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message
from magic_filter import MagicFilter

from domain.clock import Clock
from handlers.acting import Acting

SESSION: Final = "session"
SINCE: Final = "since"
TYPED: Final = F.text & ~F.text.startswith("/")  # a command answers no question

Kept = dict[str, Any]


class Connected(Protocol):
    """A parent, or an agent."""

    @property
    def session_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Steps:
    """``lasting``: what comes later has another meaning. Whoever connects next in this chat was
    asked nothing.
    """

    clock: Clock
    lasting: timedelta = timedelta(minutes=10)

    def register(
        self,
        router: Router,
        step: State | type[StatesGroup],
        reads: CallbackType,
        answers: MagicFilter = TYPED,
        late: CallbackType | None = None,
    ) -> None:
        """In a router behind ``connected``. ``reads`` is given ``about``, as it was kept; ``late``
        has what comes when the step does not go on, and without it that is a text like any other.
        """
        router.message.register(reads, StateFilter(step), answers, self.of_parent)
        if late is not None:
            router.message.register(late, StateFilter(step), answers)

    async def begin(self, step: State, who: Connected, state: FSMContext, **about: object) -> None:
        """``about``: what the handler will need, JSON-safe; never a secret."""
        await state.set_state(step)
        await state.set_data({**about, SESSION: who.session_id, SINCE: self.clock().isoformat()})

    def is_going_on(self, kept: Mapping[str, Any], who: Connected) -> bool:
        if kept.get(SESSION) != who.session_id or SINCE not in kept:
            return False
        return self.clock() - datetime.fromisoformat(kept[SINCE]) <= self.lasting

    async def kept(self, who: Connected, state: FSMContext) -> Kept | None:
        """For a button that comes after; None when it is somebody else's, or too long ago."""
        kept = await state.get_data()
        return kept if self.is_going_on(kept, who) else None

    async def of_parent(
        self, _: Message, acting: Acting, state: FSMContext
    ) -> bool | dict[str, Kept]:
        """A filter, behind ``connected``."""
        kept = await self.kept(acting.who, state)
        return False if kept is None else {"about": kept}
