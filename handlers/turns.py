"""One chat's updates one after the other (decision 4), and the login's state for messages alone.

A calendar tap must not read the FSM storage: the round trips of a tap are counted. So callbacks
get the context without its state being read, under the same lock as messages.
"""

from typing import Any

from aiogram import Bot
from aiogram.fsm.middleware import FSMContextMiddleware
from aiogram.types import Message, TelegramObject

from handlers.acting import Handler


class Turns(FSMContextMiddleware):
    """For the observers of a router; the dispatcher's own is off (``disable_fsm=True``)."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        bot: Bot = data["bot"]
        context = self.resolve_event_context(bot, data)
        if context is None:
            return await handler(event, data)
        async with self.events_isolation.lock(key=context.key):
            data["state"] = context
            if isinstance(event, Message):
                data["raw_state"] = await context.get_state()
            return await handler(event, data)
