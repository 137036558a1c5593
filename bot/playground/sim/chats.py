"""A chat as its person sees it, and what the person writes in it."""

import base64
from dataclasses import dataclass

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from bot.playground.acts import Acts, Impossible
from bot.playground.forms import page_message
from bot.playground.model import Chat, Json, Message, Upload
from bot.playground.sim.answers import (
    chat_of,
    created,
    done,
    message_of,
    person_of,
    read_json,
    seconds_of,
)
from bot.playground.till import Till
from bot.playground.transcript import transcript
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Chats:
    world: World
    acts: Acts

    def routes(self) -> list[web.RouteDef]:
        base = "/sim/chats/{chat}"
        return [
            web.get(base, self.show),
            web.get(f"{base}/wait", self.wait),
            web.post(f"{base}/read", self.read),
            web.post(f"{base}/text", self.text),
            web.post(f"{base}/start", self.start),
            web.post(f"{base}/sticker", self.sticker),
            web.post(f"{base}/contact", self.contact),
            web.post(f"{base}/document", self.document),
            web.post(f"{base}/photo", self.photo),
            web.post(f"{base}/block", self.block),
            web.post(f"{base}/unblock", self.unblock),
            web.post(f"{base}/pay", self.pay),
            web.post(f"{base}/group", self.group),
            web.post(f"{base}/forged_update", self.forge),
            web.get("/sim/transcript/{chat}", self.transcript),
        ]

    async def show(self, request: web.Request) -> web.Response:
        return done(self._form(chat_of(self.world, request)))

    async def wait(self, request: web.Request) -> web.Response:
        """Answers as soon as the chat is newer than ``after``, or when the time is over."""
        chat = chat_of(self.world, request)
        after = int(request.query.get("after", -1))
        await self.world.pulse.until(lambda: chat.version > after, seconds_of(request))
        return done(self._form(chat))

    async def read(self, request: web.Request) -> web.Response:
        chat = chat_of(self.world, request)
        chat.unread = 0
        return done()

    async def text(self, request: web.Request) -> web.Response:
        person, form = person_of(self.world, request), await read_json(request)
        return _sent(self.acts.say(person, str(form["text"])))

    async def start(self, request: web.Request) -> web.Response:
        person, form = person_of(self.world, request), await read_json(request)
        return _sent(self.acts.start(person, form.get("payload")))

    async def sticker(self, request: web.Request) -> web.Response:
        return _sent(self.acts.send_sticker(person_of(self.world, request)))

    async def contact(self, request: web.Request) -> web.Response:
        person, form = person_of(self.world, request), await read_json(request)
        own = bool(form.get("own", True))
        return _sent(self.acts.send_contact(person, str(form["phone"]), own=own))

    async def document(self, request: web.Request) -> web.Response:
        upload, caption = await _upload(request)
        person = person_of(self.world, request)
        return _sent(self.acts.send_document(person, upload, caption))

    async def photo(self, request: web.Request) -> web.Response:
        upload, caption = await _upload(request)
        return _sent(self.acts.send_photo(person_of(self.world, request), upload, caption))

    async def block(self, request: web.Request) -> web.Response:
        self.acts.block(person_of(self.world, request))
        return done()

    async def unblock(self, request: web.Request) -> web.Response:
        self.acts.unblock(person_of(self.world, request))
        return done()

    async def pay(self, request: web.Request) -> web.Response:
        person, form = person_of(self.world, request), await read_json(request)
        message = message_of(chat_of(self.world, request), int(form["message_id"]))
        if message.kind != "invoice":
            raise Impossible("This message is no invoice.", 400)
        checkout = await Till(self.world, self.acts).pay(person, message)
        return done({"ok": checkout.ok} | ({"error": checkout.error} if checkout.error else {}))

    async def group(self, request: web.Request) -> web.Response:
        person, form = person_of(self.world, request), await read_json(request)
        group_id = int(form["group_id"])
        if group_id >= 0:
            raise Impossible("A group's id is negative.", 400)
        title = str(form.get("title") or "Groupe")
        return _sent(self.acts.say_in_group(person, group_id, title, str(form["text"])))

    async def forge(self, request: web.Request) -> web.Response:
        """Queues a raw update: ``{"message": {...}}``; what is missing is filled in."""
        person, form = person_of(self.world, request), await read_json(request)
        updates = [self._forged(person.id, kind, body) for kind, body in form.items()]
        return created({"update_ids": updates})

    async def transcript(self, request: web.Request) -> web.Response:
        return web.Response(text=transcript(chat_of(self.world, request)))

    def _forged(self, person_id: int, kind: str, body: Json) -> int | None:
        person, chat = self.world.people[person_id], self.world.chats[person_id]
        defaults: Json = {"from": person.as_user()}
        if kind in ("message", "edited_message"):
            date = self.world.timestamp()
            defaults |= {"message_id": 1_000_000_000, "date": date, "chat": chat.form}
        if kind == "callback_query":
            query_id = self.world.new_query_id()
            defaults |= {"id": query_id, "chat_instance": str(chat.id * 7919)}
        return self.world.updates.add(kind, defaults | body, chat.id)

    def _form(self, chat: Chat) -> Json:
        person = self.world.people.get(chat.id)
        language = person.language_code if person else ""
        return {
            "messages": [page_message(message) for message in chat.visible],
            "typing": chat.typing_until > self.world.clock.now().timestamp(),
            "commands": self.world.profile.commands_for(chat.id, language),
            "blocked": chat.blocked,
            "unread": chat.unread,
            "version": chat.version,
        }


async def _upload(request: web.Request) -> tuple[Upload, str | None]:
    if request.content_type != "multipart/form-data":
        form = await read_json(request)
        data = base64.b64decode(form["base64"], validate=True)
        return Upload(form["file_name"], form.get("mime_type") or "", data), form.get("caption")
    upload, caption = None, None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.filename is not None:
            mime_type = part.headers.get("Content-Type", "")
            upload = Upload(part.filename, mime_type, bytes(await part.read(decode=True)))
        elif part.name == "caption":
            caption = await part.text()
    if upload is None:
        raise Impossible("There is no file in the request.", 400)
    return upload, caption


def _sent(message: Message) -> web.Response:
    return created({"message_id": message.message_id})
