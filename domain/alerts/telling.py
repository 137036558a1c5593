"""Agents are told at once that something waits; the alert itself waits in its area (S)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from domain.alerts.model import Alert
from domain.alerts.ports import AlertDesk
from domain.alerts.recipients import Reached
from domain.clock import Clock
from domain.work import Transaction

AT_ONCE: Final = 50


class AgentChats(Protocol):
    async def tell(self, agent: Reached, alerts: Sequence[Alert]) -> None:
        """One message. What Telegram refuses is logged, and not raised."""


@dataclass(frozen=True, slots=True)
class TellAlerts:
    """Each alert once, to every connected agent who may settle it: one message an agent, however
    many there are. Claimed before it is sent: cut in between it is not sent again, and still waits
    in the area. Answers how many messages were sent.
    """

    alerts: Transaction[AlertDesk]
    chats: AgentChats
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock()
        if not await self.alerts.read(lambda tx: tx.has_untold()):
            return 0
        untold = await self.alerts.write(lambda tx: tx.take_untold(now, AT_ONCE))
        agents = await self.alerts.read(lambda tx: tx.reached()) if untold else ()
        told = 0
        for agent in agents:
            sight = agent.sight
            theirs = [one for one in untold if sight is not None and sight.takes_in(one)]
            if theirs:
                await self.chats.tell(agent, theirs)
                told += 1
        return told
