"""Messages in the two forms that leave the playground: Telegram's, and the chat page's."""

from typing import Any

from bot.playground.entities.render import to_html
from bot.playground.model import Chat, Json, Message

BUTTON_KINDS = (("url", "url"), ("copy_text", "copy"), ("pay", "pay"))


def telegram_message(message: Message, chat: Chat) -> Json:
    """As the Bot API gives it to a bot."""
    form: Json = {
        "message_id": message.message_id,
        "from": message.sender,
        "chat": chat.form,
        "date": message.date,
        **message.body,
    }
    if message.edit_date is not None:
        form["edit_date"] = message.edit_date
    if message.protected:
        form["has_protected_content"] = True
    if message.inline:
        form["reply_markup"] = {"inline_keyboard": message.inline}
    return form


def page_message(message: Message) -> Json:
    """As ``/sim/`` gives it to the chat page and to tests."""
    form: Json = {
        "message_id": message.message_id,
        "date": message.date,
        "from": "bot" if message.by_bot else "user",
        "kind": message.kind,
        "text": message.text,
        "entities": message.entities,
        "html": to_html(message.text, message.entities),
        "flags": message.flags,
        "silent": message.silent,
        "protected": message.protected,
        "pinned": message.pinned,
        **_content(message),
    }
    if message.edit_date is not None:
        form["edit_date"] = message.edit_date
    if message.inline:
        form["keyboard"] = [[page_button(button) for button in row] for row in message.inline]
    if message.reply_keyboard is not None:
        form["reply_keyboard"] = message.reply_keyboard
    return form


def page_button(button: Json) -> Json:
    """Works for the buttons of keyboards and of rich messages."""
    form: Json = {"text": button["text"], "kind": "callback"}
    for name, kind in BUTTON_KINDS:
        if button.get(name):
            form["kind"] = kind
    details = {
        "style": button.get("style"),
        "data": button.get("callback_data"),
        "url": button.get("url"),
        "copy": (button.get("copy_text") or {}).get("text"),
        "disabled": True if button.get("disabled") is not None else None,
    }
    return form | {name: value for name, value in details.items() if value is not None}


def _content(message: Message) -> Json:
    content: dict[str, Any] = {}
    body = message.body
    if "document" in body:
        content["document"] = _file(body["document"])
    if "photo" in body:
        content["photo"] = _file(body["photo"][-1])
    if "invoice" in body:
        content["invoice"] = {**body["invoice"], "paid": message.paid}
    for name in ("contact", "successful_payment", "sticker"):
        if name in body:
            content[name] = body[name]
    if message.rich is not None:
        content["rich"] = message.rich
    return content


def _file(form: Json) -> Json:
    return {**form, "size": form.get("file_size")}
