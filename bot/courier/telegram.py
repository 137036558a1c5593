"""Pushes by python-telegram-bot: another client, another pool than the one that answers taps."""

import os

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.courier.answers import Answer, Verdict
from conversations.screen import Button, Document, Row, Screen

# Opts in to what the library will do anyway; without it every 429 is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "chat not found",
    "bot was kicked",
    "peer_id_invalid",
)
"""Literally, in lower case: a refusal that we do not know disables nobody's chat."""

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
SECOND_FENCE = 28.0
READ_SECONDS = 20.0


class PushBot:
    """``base`` is the Bot API server's root. Needs no network to be built or closed."""

    def __init__(
        self,
        token: str,
        base: str,
        *,
        read_seconds: float = READ_SECONDS,
        fence: float = SECOND_FENCE,
    ) -> None:
        self._request = HTTPXRequest(
            connection_pool_size=32,
            read_timeout=read_seconds,
            connect_timeout=10,
            pool_timeout=30,
            httpx_kwargs={"trust_env": False},  # no proxy, as the other client
        )
        self.bot = ExtBot(
            token,
            base_url=f"{base.rstrip('/')}/bot",
            base_file_url=f"{base.rstrip('/')}/file/bot",
            request=self._request,
            get_updates_request=self._request,
            rate_limiter=AIORateLimiter(overall_max_rate=fence, max_retries=0),
        )

    async def close(self) -> None:
        await self._request.shutdown()

    async def send(self, chat: int, text: str, rows: tuple[Row, ...] = ()) -> Answer:
        """One message; ``text`` is Telegram HTML."""
        try:
            sent = await self.bot.send_message(
                chat, text, parse_mode="HTML", reply_markup=_keyboard(rows)
            )
        except TelegramError as error:
            return read_error(error)
        return Answer(Verdict.SENT, message=sent.message_id)

    async def edit(self, chat: int, message: int, screen: Screen) -> Answer:
        """REFUSED where it is gone, or is drawn so already."""
        try:
            await self.bot.edit_message_text(
                screen.text, chat, message, parse_mode="HTML", reply_markup=_keyboard(screen.rows)
            )
        except TelegramError as error:
            return read_error(error)
        return Answer(Verdict.SENT)

    async def send_document(self, chat: int, document: Document) -> Answer:
        """One file; its caption is Telegram HTML."""
        try:
            sent = await self.bot.send_document(
                chat,
                document.content,
                filename=document.name,
                caption=document.caption or None,
                parse_mode="HTML",
                reply_markup=_keyboard(document.rows),
            )
        except TelegramError as error:
            return read_error(error)
        return Answer(Verdict.SENT, message=sent.message_id)


def read_error(error: TelegramError) -> Answer:
    words = error.message
    match error:
        case RetryAfter():
            return Answer(Verdict.HELD, "429", _seconds(error))
        case Forbidden() | BadRequest() | ChatMigrated() if _gone(words):
            return Answer(Verdict.GONE, words)
        case TimedOut():
            return _lost(error)
        case BadRequest() | Forbidden() | ChatMigrated():
            return Answer(Verdict.REFUSED, words)
        case InvalidToken():
            # The operator's to mend; the notice is not at fault and waits.
            return Answer(Verdict.NOT_SENT, "token refused")
        case _:
            return _lost(error)


def _lost(error: TelegramError) -> Answer:
    cause = error.__cause__
    if isinstance(cause, httpx.HTTPError) and not isinstance(cause, NEVER_LEFT):
        return Answer(Verdict.NO_ANSWER, type(cause).__name__)
    return Answer(Verdict.NOT_SENT, type(cause or error).__name__)


def _gone(words: str) -> bool:
    return any(known in words.lower() for known in GONE)


def _seconds(error: RetryAfter) -> float:
    found = error.retry_after
    return float(found) if isinstance(found, int) else found.total_seconds()


def _keyboard(rows: tuple[Row, ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button.text, callback_data=button.data, url=button.url, style=button.style
    )
