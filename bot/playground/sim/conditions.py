"""The world around the chats: clock, mails, faults, limits, the journal, settling."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.playground.acts import Impossible
from bot.playground.clock import PARIS
from bot.playground.faults import KINDS, Fault
from bot.playground.mailbox import Mailbox
from bot.playground.methods import METHODS
from bot.playground.model import Json
from bot.playground.settling import Settling
from bot.playground.sim.answers import created, done, optional_int, read_json, seconds_of
from bot.playground.sim.people import disposition
from bot.playground.tasks import Tasks
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Conditions:
    world: World
    mailbox: Mailbox
    tasks: Tasks

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/clock", self.clock),
            web.post("/sim/clock", self.jump),
            web.get("/sim/mails", self.mails),
            web.get("/sim/mails/{mail}/attachments/{number}", self.attachment),
            web.post("/sim/mails/refuse", self.refuse_mails),
            web.post("/sim/faults", self.plan_fault),
            web.delete("/sim/faults", self.clear_faults),
            web.post("/sim/limits", self.limits),
            web.get("/sim/journal", self.journal),
            web.get("/sim/idle", self.idle),
        ]

    async def clock(self, request: web.Request) -> web.Response:
        return done(self._clock())

    async def jump(self, request: web.Request) -> web.Response:
        """Answers when everybody who listens to the clock has finished.

        They finish even if the asker goes away: a page that reloads must not break the night.
        """
        target = self._target(await read_json(request))
        if target < self.world.clock.now():
            raise Impossible("The clock only moves forward.", 400)
        await asyncio.shield(self.tasks.spawn(self._jump(target), "clock jump"))
        return done(self._clock())

    async def mails(self, request: web.Request) -> web.Response:
        return done({"mails": [mail.as_json() for mail in self.mailbox.mails]})

    async def attachment(self, request: web.Request) -> web.Response:
        mail = next(
            (m for m in self.mailbox.mails if str(m.id) == request.match_info["mail"]), None
        )
        number = int(request.match_info["number"])
        if mail is None or not 0 <= number < len(mail.attachments):
            raise Impossible("There is no such attachment.", 404)
        upload = mail.attachments[number]
        response = web.Response(body=upload.data, content_type=upload.mime_type)
        response.headers["Content-Disposition"] = disposition("attachment", upload.name)
        return response

    async def refuse_mails(self, request: web.Request) -> web.Response:
        """``{"to": [...]}``: these addresses are unknown from now on; an empty list ends it."""
        form = await read_json(request)
        self.mailbox.refused = {str(address) for address in form["to"]}
        return done()

    async def plan_fault(self, request: web.Request) -> web.Response:
        form = await read_json(request)
        fault = Fault(**form)
        if fault.kind not in KINDS:
            raise Impossible(f"A fault is one of {', '.join(KINDS)}.", 400)
        if fault.method != "*" and fault.method.lower() not in METHODS:
            raise Impossible(f"There is no method {fault.method}.", 400)
        self.world.faults.plan(fault)
        return created()

    async def clear_faults(self, request: web.Request) -> web.Response:
        self.world.faults.clear()
        return done()

    async def limits(self, request: web.Request) -> web.Response:
        form, floods = await read_json(request), self.world.floods
        floods.configure(
            enabled=bool(form["enabled"]),
            overall=float(form.get("overall_per_second", 30)),
            chat=float(form.get("chat_per_second", 1)),
            burst=float(form.get("chat_burst", 1)),
        )
        return done()

    async def journal(self, request: web.Request) -> web.Response:
        method, chat = request.query.get("method"), optional_int(request, "chat")
        return done({"calls": self.world.journal.as_json(method, chat)})

    async def idle(self, request: web.Request) -> web.Response:
        """Waits until the bot has done all that it was asked; ``chat`` narrows it to one."""
        chat = optional_int(request, "chat")
        settling = Settling(self.world.updates, self.world.journal)
        idle = await self.world.pulse.until(lambda: settling.settled(chat), seconds_of(request))
        return done({"idle": idle, "pending": len(self.world.updates.pending)})

    async def _jump(self, target: datetime) -> None:
        await self.world.clock.jump(target)
        self.world.hub.publish("clock", None, self._clock)
        self.world.pulse.beat()

    def _clock(self) -> Json:
        clock = self.world.clock
        now = clock.now().astimezone(PARIS).isoformat(timespec="seconds")
        return {"now": now, "shifted_by": clock.shifted_by}

    def _target(self, form: Json) -> datetime:
        clock = self.world.clock
        if form.get("jump") == "tonight":
            return clock.tonight()
        if "by" in form:
            return clock.now() + timedelta(seconds=float(form["by"]))
        to = datetime.fromisoformat(str(form["to"]))
        return to.replace(tzinfo=PARIS) if to.tzinfo is None else to
