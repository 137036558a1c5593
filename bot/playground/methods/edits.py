"""Editing: the bot's own messages, without a time limit, never to the same content."""

from bot.playground.keyboards import read_markup
from bot.playground.methods.call import Call
from bot.playground.methods.media import caption_of, captioned, document_of, photo_of
from bot.playground.methods.messages import text_body
from bot.playground.model import Chat, Json, Kind, Message
from bot.playground.refusals import NOT_MODIFIED, bad_request
from bot.playground.richlimits import as_received, read_rich

TEXTS: tuple[Kind, ...] = ("text", "rich")
CAPTIONED: tuple[Kind, ...] = ("photo", "document")


async def edit_message_text(call: Call) -> Json:
    chat, message = _editable(call)
    rich = call.raw("rich_message")
    content = read_rich(rich) if rich else None
    body = {"rich_message": as_received(content)} if content is not None else text_body(call)
    if message.kind not in TEXTS:
        raise bad_request("there is no text in the message to edit")
    return _replace(call, chat, message, "text" if content is None else "rich", body, content)


async def edit_message_caption(call: Call) -> Json:
    chat, message = _editable(call)
    if message.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    kept = {
        name: value
        for name, value in message.body.items()
        if name not in ("caption", "caption_entities")
    }
    return _replace(call, chat, message, message.kind, kept | caption_of(call), None)


async def edit_message_media(call: Call) -> Json:
    """One kind may become another; a text too, as there are no albums here."""
    chat, message = _editable(call)
    if message.kind not in (*CAPTIONED, "text"):
        raise bad_request("there is no media in the message to edit")
    media = call.raw("media")
    said = captioned(media.get("caption"), media.get("parse_mode"), media.get("caption_entities"))
    match media["type"]:
        case "photo":
            kind: Kind = "photo"
            shown = photo_of(call, media["media"])
        case "document":
            kind = "document"
            shown = document_of(call, media["media"])
        case other:
            raise bad_request(f"the playground has no {other}")
    return _replace(call, chat, message, kind, shown | said, None)


async def edit_message_reply_markup(call: Call) -> Json:
    chat, message = _editable(call)
    return _replace(call, chat, message, message.kind, message.body, message.rich)


def _editable(call: Call) -> tuple[Chat, Message]:
    if call.get("inline_message_id") and not call.get("chat_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = call.chat()
    message = call.message(chat, "message to edit")
    if not message.editable:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(
    call: Call, chat: Chat, message: Message, kind: Kind, body: Json, rich: Json | None
) -> Json:
    """The keyboard goes when none is sent along, as with Telegram."""
    markup = read_markup(call.raw("reply_markup"))
    if markup.reply_keyboard is not None:
        raise bad_request("inline keyboard expected")
    same_content = (kind, _content(body), rich) == (
        message.kind,
        _content(message.body),
        message.rich,
    )
    if same_content and markup.inline == message.inline:
        raise bad_request(NOT_MODIFIED)
    if replied := message.body.get("reply_to_message"):
        body = {**body, "reply_to_message": replied}
    if not same_content:
        message.edit_date = call.world.timestamp()
    message.kind, message.body, message.rich = kind, body, rich
    message.inline, message.flags = markup.inline, markup.flags
    call.world.edited(chat, message)
    return call.answer(message)


def _content(body: Json) -> Json:
    return {name: value for name, value in body.items() if name != "reply_to_message"}


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
