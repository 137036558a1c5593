"""A bot without a framework: it says what a test tells it to, over the playground's Bot API."""

from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, FormData

Json = dict[str, Any]


class Refused(Exception):
    """The Bot API's own words."""


@dataclass(slots=True)
class RawBot:
    session: ClientSession
    url: str
    token: str
    offset: int = 0

    async def __call__(self, method: str, **params: Any) -> Any:
        return await self._post(method, json=params)

    async def send(self, chat: int, text: str, rows: list[list[Json]] | None = None) -> int:
        markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        message = await self("sendMessage", chat_id=chat, text=text, **markup)
        return int(message["message_id"])

    async def send_file(self, chat: int, name: str, data: bytes) -> None:
        form = FormData({"chat_id": str(chat)})
        form.add_field("document", data, filename=name, content_type="text/plain")
        await self._post("sendDocument", data=form)

    async def next(self, kind: str) -> Json:
        """The next update of that kind; others are let go."""
        while True:
            for update in await self("getUpdates", offset=self.offset, timeout=20):
                self.offset = update["update_id"] + 1
                if kind in update:
                    return dict(update[kind])

    async def _post(self, method: str, **body: Any) -> Any:
        url = f"{self.url}/bot{self.token}/{method}"
        async with self.session.post(url, **body) as answer:
            form = await answer.json()
        if not form["ok"]:
            raise Refused(form["description"])
        return form["result"]


def key(text: str, data: str | None = None, style: str | None = None) -> Json:
    return {"text": text, "callback_data": data or text} | ({"style": style} if style else {})


def month(taken: str = "✓") -> list[list[Json]]:
    """Six weeks and the arrows, eight columns: the largest keyboard that the product draws."""
    names = ("Lun▾", "Mar▾", "Mer▾", "Jeu▾", "Ven▾", "Sam▾", "Dim▾", "Mois")
    marks = ("", taken, "₁₂", "⏳", "+", "✕", "₅", "⏳")
    weeks = [
        [key(f"{n}{marks[n % 8]}", f"day:{n}") for n in range(week * 7 + 1, week * 7 + 8)]
        + [key("▶", f"week:{week}")]
        for week in range(6)
    ]
    steering = [[key("◀ Novembre"), key("Janvier ▶")], [key("Récapitulatif", style="primary")]]
    return [[key(name) for name in names], *weeks, *steering]
