"""One call of the Bot API, as the methods see it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.playground import journal
from bot.playground.forms import telegram_message
from bot.playground.model import Chat, Json, Message, Upload
from bot.playground.refusals import BLOCKED, bad_request, forbidden
from bot.playground.validation import Checked
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Call:
    world: World
    asked: Checked
    uploads: dict[str, Upload]
    record: journal.Call

    def get(self, name: str) -> Any:
        return self.asked.get(name)

    def raw(self, name: str) -> Any:
        """A list or object as it was sent, decoded but not modelled."""
        return self.asked.values.get(name)

    def chat(self) -> Chat:
        """The chat that is written to."""
        chat = self.known_chat()
        if chat.blocked:
            raise forbidden(BLOCKED)
        return chat

    def known_chat(self) -> Chat:
        world, chat_id = self.world, self.get("chat_id")
        chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
        person = world.people.get(chat.id) if chat else None
        if chat is None or (person is not None and not person.started):
            raise bad_request("chat not found")
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        return chat

    def message(self, chat: Chat, purpose: str) -> Message:
        """The message that is meant; ``purpose`` as in "message to edit not found"."""
        message_id = self.get("message_id")
        if message_id is None:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            raise bad_request(f"{purpose} not found")
        return message

    def answer(self, message: Message) -> Json:
        """The message as the method's result; what was odd about it goes to the journal."""
        self.record.flags.extend(message.flags)
        return telegram_message(message, self.world.chats[message.chat_id])


Method = Callable[[Call], Awaitable[Any]]
