"""A parent with a phone: plays one person of the playground over its `/sim/` API.

    parent = Parent(playground.url, 1001)
    await parent.start()
    await parent.press("Valider")
    screen = await parent.screen()

Nothing sleeps: every act waits until the bot has settled (all updates acknowledged, no call
being answered), unless it is told not to.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.playground.richtext import words
from tests.plain_spaces import plain_spaces

PATIENCE = 20.0
"""Seconds before a test gives up; nothing ever waits that long when all is well."""


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    kind: str
    data: str | None = None
    url: str | None = None
    style: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the person sees it."""

    form: dict[str, Any]

    @property
    def message_id(self) -> int:
        return self.form["message_id"]

    @property
    def text(self) -> str:
        """With plain spaces where no line may break; a table's cells stand between bars."""
        said = words(self.form["rich"]) if self.kind == "rich" else str(self.form["text"])
        return plain_spaces(said)

    @property
    def html(self) -> str:
        return self.form["html"]

    @property
    def kind(self) -> str:
        return self.form["kind"]

    @property
    def by_bot(self) -> bool:
        return self.form["from"] == "bot"

    @property
    def flags(self) -> list[str]:
        return self.form["flags"]

    @property
    def edited(self) -> bool:
        return "edit_date" in self.form

    @property
    def document(self) -> dict[str, Any] | None:
        return self.form.get("document")

    @property
    def buttons(self) -> list[list[Button]]:
        return [[_button(each) for each in row] for row in self.form.get("keyboard", [])]

    @property
    def rows(self) -> list[list[str]]:
        return [[button.text for button in row] for row in self.buttons]

    def button(self, label: str) -> Button:
        """The button with this label, or else the first that holds it."""
        every = [button for row in self.buttons for button in row]
        same = [button for button in every if button.text == label]
        found = same or [button for button in every if label in button.text]
        assert found, f"no button “{label}” in {self.rows}"
        return found[0]

    def has(self, label: str) -> bool:
        return any(label in text for row in self.rows for text in row)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a press: the bot's answer to it, or what the button does by itself."""

    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None
    copy: str | None = None
    pay: int | None = None
    disabled: bool = False
    callback_id: str | None = None


class Parent:
    def __init__(self, playground_url: str, person_id: int, *, patience: float = PATIENCE) -> None:
        self.id = person_id
        self._url = playground_url
        self._patience = patience

    async def start(self, payload: str | None = None, *, wait: bool = True) -> None:
        await self._act("start", {"payload": payload}, wait=wait)

    async def log_in(self, identifier: str, password: str) -> None:
        await self.start()
        await self.press("Se connecter")
        await self.say(identifier)
        await self.say(password)

    async def say(self, text: str, *, wait: bool = True) -> None:
        await self._act("text", {"text": text}, wait=wait)

    async def send_sticker(self, *, wait: bool = True) -> None:
        await self._act("sticker", {}, wait=wait)

    async def share_contact(self, phone: str, *, own: bool = True, wait: bool = True) -> None:
        await self._act("contact", {"phone": phone, "own": own}, wait=wait)

    async def send_document(
        self, name: str, data: bytes, mime_type: str = "application/pdf", *, wait: bool = True
    ) -> None:
        await self._upload("document", name, data, mime_type, wait=wait)

    async def send_photo(
        self, name: str, data: bytes, mime_type: str = "image/png", *, wait: bool = True
    ) -> None:
        await self._upload("photo", name, data, mime_type, wait=wait)

    async def say_in_group(
        self, text: str, group_id: int = -4001, title: str = "Groupe", *, wait: bool = True
    ) -> None:
        form = {"group_id": group_id, "title": title, "text": text}
        await self._act("group", form, wait=wait)

    async def press(
        self,
        label: str,
        *,
        message_id: int | None = None,
        exact: bool = False,
        wait: bool = True,
    ) -> Answer:
        """The button with this label (or the first holding it), newest message first."""
        form: dict[str, Any] = {"text": label, "exact": exact}
        if message_id is not None:
            form["message_id"] = message_id
        return await self._press(form, wait=wait)

    async def press_data(
        self, data: str, *, message_id: int | None = None, wait: bool = True
    ) -> Answer:
        """Any data, held by a button or forged; without a message, under the newest screen."""
        if message_id is None:
            message_id = (await self.screen()).message_id
        return await self._press({"data": data, "message_id": message_id}, wait=wait)

    async def answer_to(self, callback_id: str) -> Answer:
        form = await self._get(f"callbacks/{callback_id}")
        text = form.pop("text", None)
        said = None if text is None else plain_spaces(text)
        return Answer(**form, text=said, callback_id=callback_id)

    async def pay(self, message_id: int) -> dict[str, Any]:
        """{"ok": bool, "error"?: str}"""
        paid = await self._post(f"chats/{self.id}/pay", {"message_id": message_id})
        await self.settled()
        return paid

    async def block(self) -> None:
        await self._act("block", {})

    async def unblock(self) -> None:
        await self._act("unblock", {})

    async def forge(self, update: dict[str, Any], *, wait: bool = True) -> None:
        """A raw update, for what no client would send."""
        await self._act("forged_update", update, wait=wait)

    async def messages(self) -> list[Shown]:
        await self.settled()
        return _shown(await self._get(f"chats/{self.id}"))

    async def screen(self) -> Shown:
        """The newest message of the bot."""
        newest = next((each for each in reversed(await self.messages()) if each.by_bot), None)
        assert newest is not None, "the bot has not written yet"
        return newest

    async def text(self) -> str:
        """Of the newest message of the bot."""
        return (await self.screen()).text

    async def labels(self) -> list[str]:
        """Of all its buttons, row after row."""
        return [label for row in (await self.screen()).rows for label in row]

    async def message(self, message_id: int) -> Shown:
        found = [each for each in await self.messages() if each.message_id == message_id]
        assert found, f"message {message_id} is gone"
        return found[0]

    async def until(self, wanted: Callable[[Shown], bool]) -> Shown:
        """The newest message of the bot that is as wanted, as soon as there is one."""
        version = -1
        async with _deadline(self._patience, f"nothing as wanted came to {self.id}"):
            while True:
                query = f"chats/{self.id}/wait?after={version}&timeout={self._patience}"
                chat = await self._get(query)
                for message in reversed(_shown(chat)):
                    if message.by_bot and wanted(message):
                        return message
                version = chat["version"]

    async def settled(self) -> None:
        """Returns when the bot has dealt with everything that this person did."""
        state = await self._get(f"idle?chat={self.id}&timeout={self._patience}")
        assert state["idle"], f"the bot is still busy after {self._patience} s:\n" + (
            await self.transcript()
        )

    async def download(self, file_id: str) -> bytes:
        async with _session() as session, session.get(self._at(f"files/{file_id}")) as response:
            response.raise_for_status()
            return await response.read()

    async def transcript(self) -> str:
        async with _session() as session, session.get(self._at(f"transcript/{self.id}")) as answer:
            return plain_spaces(await answer.text())

    async def _press(self, form: dict[str, Any], *, wait: bool) -> Answer:
        outcome = await self._post(f"chats/{self.id}/press", form)
        if "callback_id" not in outcome:
            outcome.pop("said", None)
            return Answer(**outcome)
        if not wait:
            return Answer(callback_id=outcome["callback_id"])
        await self.settled()
        return await self.answer_to(outcome["callback_id"])

    async def _act(self, what: str, form: dict[str, Any], *, wait: bool = True) -> None:
        await self._post(f"chats/{self.id}/{what}", form)
        if wait:
            await self.settled()

    async def _upload(
        self, what: str, name: str, data: bytes, mime_type: str, *, wait: bool
    ) -> None:
        form = aiohttp.FormData()
        form.add_field("file", data, filename=name, content_type=mime_type)
        async with (
            _session() as session,
            session.post(self._at(f"chats/{self.id}/{what}"), data=form) as response,
        ):
            await _read(response)
        if wait:
            await self.settled()

    async def _get(self, path: str) -> dict[str, Any]:
        async with _session() as session, session.get(self._at(path)) as response:
            return await _read(response)

    async def _post(self, path: str, form: dict[str, Any]) -> dict[str, Any]:
        async with _session() as session, session.post(self._at(path), json=form) as response:
            return await _read(response)

    def _at(self, path: str) -> str:
        return f"{self._url}/sim/{path}"


class Refusal(AssertionError):
    """The playground says that a person cannot do this (no such button, blocked, ...)."""


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90), trust_env=False)


async def _read(response: aiohttp.ClientResponse) -> dict[str, Any]:
    body = await response.json()
    if not response.ok:
        raise Refusal(body["error"])
    return body


def _shown(chat: dict[str, Any]) -> list[Shown]:
    return [Shown(form) for form in chat["messages"]]


def _button(form: dict[str, Any]) -> Button:
    known = {name: form[name] for name in ("data", "url", "style", "disabled") if name in form}
    return Button(plain_spaces(form["text"]), form["kind"], **known)


@asynccontextmanager
async def _deadline(seconds: float, words: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise AssertionError(words) from None
