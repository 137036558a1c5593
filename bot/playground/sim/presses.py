"""Pressing buttons, and what the bot answered to it."""

from dataclasses import dataclass

from aiohttp import web

from bot.playground.acts import Acts, Impossible
from bot.playground.model import Chat, Json, Message, Person
from bot.playground.richtext import button_rows, plain
from bot.playground.sim.answers import chat_of, done, message_of, person_of, read_json
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Presses:
    world: World
    acts: Acts

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/sim/chats/{chat}/press", self.press),
            web.get("/sim/callbacks/{callback}", self.callback),
        ]

    async def press(self, request: web.Request) -> web.Response:
        person, chat = person_of(self.world, request), chat_of(self.world, request)
        form = await read_json(request)
        if "data" in form:
            return self._press_data(person, chat, str(form["data"]), int(form["message_id"]))
        message, button = _find(chat, form)
        return self._press_button(person, message, button)

    async def callback(self, request: web.Request) -> web.Response:
        callback = self.world.callbacks.get(request.match_info["callback"])
        if callback is None:
            raise Impossible("There was no such press.", 404)
        said = {"text": callback.text, "url": callback.url}
        return done(
            {
                "answered": callback.answered,
                "show_alert": callback.show_alert,
                **{name: value for name, value in said.items() if value},
            }
        )

    def _press_data(self, person: Person, chat: Chat, data: str, message_id: int) -> web.Response:
        """Whatever the data: clients can be forged. A deleted message is pressed blindly."""
        if message_id not in chat.messages:
            raise Impossible("There is no such message.", 404)
        message = chat.messages[message_id]
        pressed = None if message.deleted else message
        return done({"callback_id": self.acts.press(person, pressed, message_id, data).id})

    def _press_button(self, person: Person, message: Message, button: Json) -> web.Response:
        if button.get("disabled") is not None:
            return done({"disabled": True})
        if button.get("url"):
            return done({"url": button["url"]})
        if button.get("copy_text"):
            return done({"copy": button["copy_text"]["text"]})
        if button.get("pay"):
            return done({"pay": message.message_id})
        if button.get("callback_data") is None:
            return done({"said": self.acts.say(person, plain(button["text"])).message_id})
        callback = self.acts.press(person, message, message.message_id, button["callback_data"])
        return done({"callback_id": callback.id})


def _find(chat: Chat, form: Json) -> tuple[Message, Json]:
    """The button with these words: in one message, or in the newest that has it."""
    words, exact = _plain_spaces(str(form["text"])), bool(form.get("exact", False))
    if form.get("message_id") is not None:
        candidates = [message_of(chat, int(form["message_id"]))]
    else:
        candidates = chat.visible[::-1]
    for message in candidates:
        buttons = _buttons(message)
        same = [button for button in buttons if _read(button) == words]
        alike = [button for button in buttons if words in _read(button)]
        if found := same or ([] if exact else alike):
            return message, found[0]
    raise Impossible(f"There is no button “{words}”.", 404)


def _read(button: Json) -> str:
    return _plain_spaces(plain(button["text"]))


def _plain_spaces(text: str) -> str:
    """Nobody sees which space it is: a no-break one is pressed like any other."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def _buttons(message: Message) -> list[Json]:
    """Inline, rich, and those of a reply keyboard."""
    rows = [*(message.inline or []), *button_rows(message.rich or {})]
    buttons = [button for row in rows for button in row]
    for row in (message.reply_keyboard or {}).get("keyboard", []):
        buttons += [{"text": key} if isinstance(key, str) else key for key in row]
    return buttons
