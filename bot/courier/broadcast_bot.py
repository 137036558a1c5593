"""Announcements by python-telegram-bot: sent, changed, taken away; in a pool of their own."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from telegram import InputFile, InputMediaPhoto, Message
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.courier.answers import Answer, Verdict
from bot.courier.telegram import NEVER_LEFT, PushBot, read_error

WITHDRAWN: Final = Path(__file__).with_name("withdrawn.png").read_bytes()
UNCHANGED: Final = "message is not modified"
NOT_THERE: Final = ("message to delete not found", "message to edit not found")
UNKNOWN_FILE: Final = ("wrong file identifier", "wrong remote file identifier", "wrong file_id")


@dataclass(frozen=True, slots=True)
class Copy:
    """One message to be: ``text`` is Telegram HTML. ``file``: its content, or where Telegram
    keeps it already.
    """

    text: str
    file: bytes | str | None = None
    file_name: str = ""
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    answer: Answer
    file: str | None = None  # where Telegram keeps it from now on


class Chats(Protocol):
    """What the announcer does in chats. Answers, never raises, for what Telegram refuses."""

    async def tell(self, chat: int, copy: Copy) -> Arrived: ...

    async def change(self, chat: int, message: int, copy: Copy) -> Answer: ...

    async def put_over(self, chat: int, message: int, text: str) -> Answer:
        """Of what came with a file: the file goes too."""

    async def take_away(self, chat: int, message: int) -> Answer: ...


@dataclass(frozen=True, slots=True)
class BroadcastBot:
    push: PushBot = field(repr=False)

    async def tell(self, chat: int, copy: Copy) -> Arrived:
        bot, said = self.push.bot, {"caption": copy.text, "parse_mode": "HTML"}
        try:
            if copy.file is None:
                sent = await bot.send_message(chat, copy.text, parse_mode="HTML")
            elif copy.is_picture:
                sent = await bot.send_photo(chat, _file(copy), **said)  # type: ignore[arg-type]
            else:
                sent = await bot.send_document(chat, _file(copy), **said)  # type: ignore[arg-type]
        except TelegramError as error:
            return Arrived(_unless_it_left(error))
        return Arrived(Answer(Verdict.SENT, message=sent.message_id), _kept(sent))

    async def change(self, chat: int, message: int, copy: Copy) -> Answer:
        bot = self.push.bot
        if copy.file is None:
            changing: Awaitable[Any] = bot.edit_message_text(
                copy.text, chat, message, parse_mode="HTML"
            )
        else:
            changing = bot.edit_message_caption(
                chat, message, caption=copy.text, parse_mode="HTML"
            )
        return await _done(changing, UNCHANGED)

    async def put_over(self, chat: int, message: int, text: str) -> Answer:
        """A picture that says so takes the place of pictures and documents alike, which Telegram
        allows outside albums, and at any age.
        """
        media = InputMediaPhoto(WITHDRAWN, caption=text, parse_mode="HTML")
        return await _done(self.push.bot.edit_message_media(media, chat, message), UNCHANGED)

    async def take_away(self, chat: int, message: int) -> Answer:
        """Of what is gone already, that is done."""
        return await _done(self.push.bot.delete_message(chat, message), *NOT_THERE)


def is_unknown_file(answer: Answer) -> bool:
    """Kept by another bot, or no more: it has to be uploaded again."""
    refused = answer.verdict is Verdict.REFUSED
    return refused and any(known in answer.why.lower() for known in UNKNOWN_FILE)


def _unless_it_left(error: TelegramError) -> Answer:
    """A server that fails while it answers may have sent: only what never reached it has not."""
    answer = read_error(error)
    is_sure = isinstance(error.__cause__, NEVER_LEFT) or isinstance(error, InvalidToken)
    if answer.verdict is Verdict.NOT_SENT and not is_sure:
        return Answer(Verdict.NO_ANSWER, answer.why)
    return answer


async def _done(changing: Awaitable[Any], *as_good: str) -> Answer:
    try:
        await changing
    except BadRequest as error:
        if any(known in error.message.lower() for known in as_good):
            return Answer(Verdict.SENT)
        return read_error(error)
    except TelegramError as error:
        return read_error(error)
    return Answer(Verdict.SENT)


def _file(copy: Copy) -> InputFile | str:
    if isinstance(copy.file, bytes):
        return InputFile(copy.file, filename=copy.file_name)
    return copy.file or ""


def _kept(sent: Message) -> str | None:
    if sent.photo:
        return sent.photo[-1].file_id
    return sent.document.file_id if sent.document else None
