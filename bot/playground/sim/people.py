"""The people, the bot's face, and the files."""

from dataclasses import dataclass, fields

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from bot.playground.acts import Impossible
from bot.playground.model import Person
from bot.playground.sim.answers import created, done, read_json
from bot.playground.world import World

SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
FIELDS = {field.name for field in fields(Person)}


@dataclass(frozen=True, slots=True)
class People:
    world: World

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/bot", self.bot),
            web.get("/sim/people", self.list),
            web.post("/sim/people", self.add),
            web.get("/sim/files/{file_id}", self.file),
        ]

    async def bot(self, request: web.Request) -> web.Response:
        bot, profile = self.world.bot, self.world.profile
        return done(
            {
                "username": bot.username,
                "first_name": profile.text("name", "") or bot.first_name,
                "description": profile.text("description", ""),
                "short_description": profile.text("short_description", ""),
                "commands": profile.commands_for(0, ""),
                "menu": profile.menu(None),
            }
        )

    async def list(self, request: web.Request) -> web.Response:
        people = [
            {**person.as_json(), "unread": self.world.chats[person.id].unread}
            for person in self.world.people.values()
        ]
        return done({"people": people})

    async def add(self, request: web.Request) -> web.Response:
        form = await read_json(request)
        person = Person(**{name: value for name, value in form.items() if name in FIELDS})
        if not isinstance(person.id, int) or person.id <= 0:
            raise Impossible("A person's id is a positive number.", 400)
        self.world.add_person(person)
        return created(person.as_json())

    async def file(self, request: web.Request) -> web.Response:
        file = self.world.files.find(request.match_info["file_id"])
        if file is None:
            raise Impossible("There is no such file.", 404)
        how = "inline" if file.mime_type in SHOWN_INLINE else "attachment"
        response = web.Response(body=file.data, content_type=file.mime_type)
        response.headers["Content-Disposition"] = disposition(how, file.name)
        return response


def disposition(how: str, name: str) -> str:
    return content_disposition_header(how, filename=name)
