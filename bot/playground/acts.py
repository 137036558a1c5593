"""What people do in their chats, turned into updates for the bot."""

from dataclasses import dataclass
from typing import Any

from bot.playground.entities.formatted import detected
from bot.playground.files import as_document
from bot.playground.forms import telegram_message
from bot.playground.methods.media import as_photo
from bot.playground.methods.messages import LONGEST_TEXT
from bot.playground.model import Callback, Chat, Json, Kind, Message, Person, Upload
from bot.playground.world import World

START = "/start"


class Impossible(Exception):
    """A person cannot do this; says why, with the HTTP status to answer."""

    def __init__(self, words: str, status: int = 409) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class Acts:
    world: World

    def say(self, person: Person, text: str) -> Message:
        """A long text leaves in pieces, as from every client; gives the last one."""
        if not text.strip():
            raise Impossible("An empty text cannot be sent.", 400)
        pieces = [text[at : at + LONGEST_TEXT] for at in range(0, len(text), LONGEST_TEXT)]
        return [self._send(person, "text", _words(piece)) for piece in pieces][-1]

    def start(self, person: Person, payload: str | None) -> Message:
        """Opens a deep link or presses Start, which unblocks a blocked bot."""
        if self._chat(person).blocked:
            self.unblock(person)
        return self.say(person, f"{START} {payload}" if payload else START)

    def send_document(self, person: Person, upload: Upload, caption: str | None) -> Message:
        file = self.world.files.keep(upload, "documents")
        return self._send(person, "document", {"document": as_document(file), **_caption(caption)})

    def send_photo(self, person: Person, upload: Upload, caption: str | None) -> Message:
        file = self.world.files.keep(upload, "photos")
        return self._send(person, "photo", {"photo": [as_photo(file)], **_caption(caption)})

    def send_sticker(self, person: Person) -> Message:
        sticker = {
            "file_id": "playground-sticker",
            "file_unique_id": "sticker",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
        return self._send(person, "sticker", {"sticker": sticker})

    def send_contact(self, person: Person, phone: str, *, own: bool) -> Message:
        contact: Json = {"phone_number": phone, "first_name": person.first_name}
        if own:
            contact["user_id"] = person.id
        return self._send(person, "contact", {"contact": contact})

    def say_in_group(self, person: Person, group_id: int, title: str, text: str) -> Message:
        """The first text in a group that the bot is not in adds the bot."""
        is_new = group_id not in self.world.chats
        chat = self.world.group(group_id, title)
        if is_new or chat.left:
            chat.left = False
            self._tell_membership(chat, person, "left", "member")
        return self.post(chat, person, "text", _words(text))

    def press(
        self, person: Person, message: Message | None, message_id: int, data: str
    ) -> Callback:
        """``message`` None: it is gone, and the bot learns its number only."""
        chat = self._chat(person)
        now = self.world.clock.now().timestamp()
        callback = Callback(self.world.new_query_id(), chat.id, message_id, data, now)
        self.world.callbacks[callback.id] = callback
        form = (
            {"chat": chat.form, "message_id": message_id, "date": 0}
            if message is None
            else telegram_message(message, chat)
        )
        query = {
            "id": callback.id,
            "from": person.as_user(),
            "message": form,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        self.world.updates.add("callback_query", query, chat.id)
        return callback

    def block(self, person: Person) -> None:
        self._set_blocked(person, blocked=True)

    def unblock(self, person: Person) -> None:
        self._set_blocked(person, blocked=False)

    def _send(self, person: Person, kind: Kind, body: Json) -> Message:
        chat = self._chat(person)
        if chat.blocked:
            raise Impossible("This person has blocked the bot; unblock or start first.")
        person.started = True
        return self.post(chat, person, kind, body)

    def post(self, chat: Chat, person: Person, kind: Kind, body: Json) -> Message:
        chat.unread = 0
        message = self.world.post(chat, person.as_user(), kind, body)
        self.world.updates.add("message", telegram_message(message, chat), chat.id)
        return message

    def _set_blocked(self, person: Person, *, blocked: bool) -> None:
        chat = self._chat(person)
        if chat.blocked == blocked:
            return
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        chat.blocked = blocked
        self.world.changed(chat)
        self._tell_membership(chat, person, before, after)

    def _tell_membership(self, chat: Chat, person: Person, before: str, after: str) -> None:
        change = {
            "chat": chat.form,
            "from": person.as_user(),
            "date": self.world.timestamp(),
            "old_chat_member": self._membership(before),
            "new_chat_member": self._membership(after),
        }
        self.world.updates.add("my_chat_member", change, chat.id)

    def _membership(self, status: str) -> Json:
        form: dict[str, Any] = {"user": self.world.bot.as_user(), "status": status}
        return form | ({"until_date": 0} if status == "kicked" else {})

    def _chat(self, person: Person) -> Chat:
        return self.world.chats[person.id]


def _words(text: str) -> Json:
    entities = detected(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption(caption: str | None) -> Json:
    return {"caption": caption} if caption else {}
