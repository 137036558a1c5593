"""Sending: texts, rich messages, chat actions."""

from typing import Any

from bot.playground.entities import units
from bot.playground.entities.formatted import formatted
from bot.playground.forms import telegram_message
from bot.playground.keyboards import read_markup
from bot.playground.methods.call import Call
from bot.playground.model import Chat, Json
from bot.playground.refusals import bad_request
from bot.playground.richlimits import as_received, read_rich

LONGEST_TEXT = 4096
TYPING_SECONDS = 5.0
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(call: Call) -> Json:
    chat = call.chat()
    body = text_body(call)
    return call.answer(call.world.post(chat, bot(call), "text", body, **options(call, chat, body)))


async def send_rich_message(call: Call) -> Json:
    chat = call.chat()
    content = read_rich(call.raw("rich_message"))
    body: Json = {"rich_message": as_received(content)}
    more = options(call, chat, body)
    return call.answer(call.world.post(chat, bot(call), "rich", body, rich=content, **more))


async def send_chat_action(call: Call) -> bool:
    chat = call.chat()
    if call.get("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.type_in(chat, TYPING_SECONDS)
    return True


def text_body(call: Call) -> Json:
    """Text and entities of sendMessage and editMessageText, within the limits."""
    text, entities = formatted(
        call.get("text") or "", call.get("parse_mode"), call.raw("entities")
    )
    if not text:
        raise bad_request("message text is empty")
    if units.length(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def bot(call: Call) -> Json:
    return call.world.bot.as_user()


def options(call: Call, chat: Chat, body: Json) -> dict[str, Any]:
    """What all ``send`` methods share. Adds the message replied to to the body."""
    if replied := _replied_to(call, chat):
        body["reply_to_message"] = replied
    markup = read_markup(call.raw("reply_markup"))
    return {
        "inline": markup.inline,
        "reply_keyboard": markup.reply_keyboard,
        "flags": markup.flags,
        "silent": bool(call.get("disable_notification")),
        "protected": bool(call.get("protect_content")),
    }


def _replied_to(call: Call, chat: Chat) -> Json | None:
    parameters = call.raw("reply_parameters") or {}
    message_id = parameters.get("message_id") or call.get("reply_to_message_id")
    if not message_id:
        return None
    message = chat.messages.get(int(message_id))
    if message is not None and not message.deleted:
        return telegram_message(message, chat)
    if parameters.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


METHODS = {
    "sendMessage": send_message,
    "sendRichMessage": send_rich_message,
    "sendChatAction": send_chat_action,
}
