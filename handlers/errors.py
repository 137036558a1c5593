"""What is told when something goes wrong: a refusal in the domain's words, or a bug by its id.

A middleware and no aiogram error observer: those are not given what the inner middlewares found
(who acts, in which language).
"""

import logging
from secrets import token_hex
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import CancelHandler, SkipHandler
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import CallbackQuery, Message, TelegramObject

from conversations import words
from conversations.home import views
from conversations.payments.views import to_balance
from conversations.screen import Screen
from conversations.texts import Texts, TextsByLocale
from domain.bookings.errors import FamilyInDebt
from domain.errors import DomainError
from handlers.acting import Handler
from handlers.show import Show

log = logging.getLogger(__name__)


class Guard(BaseMiddleware):
    """Nothing that a parent sends raises past here; each trouble is one line of the log."""

    def __init__(self, show: Show, texts: TextsByLocale) -> None:
        self._show = show
        self._texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except (SkipHandler, CancelHandler):
            raise
        except DomainError as error:
            log.info("refused", extra={"code": error.code})
            t = self._language(data)
            ways_out = (to_balance(t),) if isinstance(error, FamilyInDebt) else ()
            await self._tell(event, views.refused(words.refusal(error, t), t, *ways_out))
        except Exception as error:
            if _is_delivery(error):
                log.warning("telegram_failed", extra={"error": type(error).__name__})
            else:
                error_id = token_hex(4)
                log.exception("bug", extra={"error_id": error_id})
                screen = views.broken(error_id, self._language(data))
                # Below: the screen above is still good, its button can be pressed again.
                await self._tell(event, screen, below=True)
        return None

    async def _tell(self, event: TelegramObject, screen: Screen, *, below: bool = False) -> None:
        if not isinstance(event, Message | CallbackQuery):
            return
        try:
            await (self._show.below(event, screen) if below else self._show(event, screen))
        except AiogramError as error:
            log.warning("telegram_failed", extra={"error": type(error).__name__})

    def _language(self, data: dict[str, Any]) -> Texts:
        texts = data.get("texts")
        return texts if isinstance(texts, Texts) else self._texts(None)


def _is_delivery(error: Exception) -> bool:
    """Telegram is away, slow, or blocked by the parent: telling them by Telegram is no use.

    A bad request is our own fault.
    """
    return isinstance(error, AiogramError) and not isinstance(error, TelegramBadRequest)
