"""Where somebody stands who has a session: at a gate, or at home."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiogram.types import CallbackQuery, Message

from conversations.screen import Screen
from domain.accounts.model import Gate
from handlers.acting import Acting, Desk, sender
from handlers.home import HomeHandlers
from handlers.use_cases import UseCases

ScreenOf = Callable[[Acting], Awaitable[Screen]]


@dataclass(frozen=True, slots=True)
class Entrance:
    """``gates``: what stands at each gate; filled where the conversations are put together."""

    use_cases: UseCases
    desk: Desk
    home: HomeHandlers
    gates: dict[Gate, ScreenOf] = field(default_factory=dict)

    async def screen(self, acting: Acting) -> Screen:
        """The gate that holds them, or home."""
        gate = acting.who.gate
        return await (self.home.screen if gate is None else self.gates[gate])(acting)

    async def onwards(self, event: Message | CallbackQuery, acting: Acting) -> Acting:
        """The same person as they stand now, after something that may have opened a gate."""
        user = sender(event)
        who = await self.use_cases.identify(user.id) if user is not None else None
        return acting if who is None else await self.desk.scene(who)
