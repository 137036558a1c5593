"""Deleting, within 48 hours, and pinning."""

from bot.playground.methods.call import Call
from bot.playground.model import Message
from bot.playground.refusals import bad_request

DELETABLE_SECONDS = 48 * 3600
MOST_AT_ONCE = 100


async def delete_message(call: Call) -> bool:
    chat = call.known_chat()
    message = call.message(chat, "message to delete")
    if not _deletable(call, message):
        raise bad_request("message can't be deleted for everyone")
    call.world.delete(chat, message)
    return True


async def delete_messages(call: Call) -> bool:
    """Skips what is not found or too old."""
    chat = call.known_chat()
    wanted = call.get("message_ids")
    if not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for message_id in wanted:
        message = chat.messages.get(message_id)
        if message and not message.deleted and _deletable(call, message):
            call.world.delete(chat, message)
    return True


async def pin_chat_message(call: Call) -> bool:
    return _pin(call, pinned=True)


async def unpin_chat_message(call: Call) -> bool:
    """Without a message, the last one that was pinned."""
    if call.get("message_id") is not None:
        return _pin(call, pinned=False)
    chat = call.chat()
    for message in reversed(chat.visible):
        if message.pinned:
            message.pinned = False
            call.world.edited(chat, message)
            return True
    raise bad_request("message to unpin not found")


async def unpin_all_chat_messages(call: Call) -> bool:
    chat = call.chat()
    for message in chat.visible:
        if message.pinned:
            message.pinned = False
            call.world.edited(chat, message)
    return True


def _pin(call: Call, *, pinned: bool) -> bool:
    chat = call.chat()
    message = call.message(chat, "message to pin" if pinned else "message to unpin")
    if message.pinned != pinned:
        message.pinned = pinned
        call.world.edited(chat, message)
    return True


def _deletable(call: Call, message: Message) -> bool:
    return call.world.timestamp() - message.date <= DELETABLE_SECONDS


METHODS = {
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
