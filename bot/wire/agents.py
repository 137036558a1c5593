"""Agents are told in their chat that something waits, with the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from aiogram.exceptions import AiogramError

from conversations.alerts import views
from conversations.texts import TextsByLocale
from domain.alerts.model import Alert
from domain.alerts.recipients import Reached
from handlers.show import Wire

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AgentWire:
    """``domain.alerts.telling.AgentChats``."""

    wire: Wire
    texts: TextsByLocale

    async def tell(self, agent: Reached, alerts: Sequence[Alert]) -> None:
        screen = views.told(alerts, self.texts(agent.locale))
        try:
            await self.wire.send(agent.chat, screen)
        except AiogramError as error:
            log.info("agent_not_told", error=type(error).__name__)
