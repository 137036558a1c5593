"""Who left and who came back: Telegram tells when a person blocks the bot or lets it in again."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from domain.clock import Clock
from domain.notices.ports import Outbox
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class Presence:
    outbox: Transaction[Outbox]
    clock: Clock

    def router(self) -> Router:
        router = Router(name=__name__)
        router.my_chat_member.register(self.changed)
        return router

    async def changed(self, event: ChatMemberUpdated) -> None:
        if event.chat.type != ChatType.PRIVATE:
            return
        chat, now = event.chat.id, self.clock()
        if event.new_chat_member.status == ChatMemberStatus.KICKED:
            await self.outbox.write(lambda tx: tx.chat_gone(chat, now, "blocked by the user"))
        else:
            await self.outbox.write(lambda tx: tx.chat_back(chat))
