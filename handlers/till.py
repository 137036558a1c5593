"""Telegram's own part of a payment: its question before, its word after (M4, decision 27).

Neither is asked of a session: the question names who pays, and the money has moved already when
the word comes, whoever is connected by then.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from typing import Any, Final

from aiogram import BaseMiddleware, Router
from aiogram.exceptions import AiogramError
from aiogram.types import Message, PreCheckoutQuery, TelegramObject

from conversations import words
from conversations.payments import views
from conversations.texts import TextsByLocale
from domain.errors import DomainError
from domain.payments.model import Asked, Credit, Credited, Paid, Provider
from handlers.acting import Handler
from handlers.show import Wire

SECONDS: Final = 8.0  # Telegram waits ten, and then tells the payer that the bot was silent
CHECKING: Final = 5.0  # of these; then there is still time to say no
PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
MODE: Final = "CBLEUE"  # a card, as the guide's history prints it
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PreCheckout:
    check_order: Callable[[Asked], Awaitable[None]]
    wire: Wire
    texts: TextsByLocale
    seconds: float = SECONDS
    checking: float = CHECKING

    def router(self) -> Router:
        router = Router(name=__name__)
        router.pre_checkout_query.register(self.answer)
        return router

    async def answer(self, event: PreCheckoutQuery) -> None:
        """In time or not at all: what nobody waits for any more is dropped."""
        try:
            async with asyncio.timeout(self.seconds):
                await self.wire.answer_checkout(event.id, await self._refusal(event))
        except TimeoutError:
            log.warning("checkout_too_late")
        except AiogramError as error:
            log.warning("checkout_not_answered", extra={"error": type(error).__name__})

    async def _refusal(self, event: PreCheckoutQuery) -> str | None:
        """None: it may be paid. Where we cannot tell, nobody pays."""
        texts = self.texts(event.from_user.language_code)
        try:
            async with asyncio.timeout(self.checking):
                await self.check_order(_asked(event))
        except DomainError as error:
            log.info("checkout_refused", extra={"code": error.code})
            return words.refusal(error, texts)
        except Exception:
            log.exception("checkout_failed")
            return words.refusal(DomainError(), texts)
        return None


def _asked(event: PreCheckoutQuery) -> Asked:
    return Asked(
        order_reference=event.invoice_payload,
        amount=Decimal(event.total_amount).scaleb(-2),
        currency=event.currency,
        telegram_user=event.from_user.id,
    )


class TakePayments(BaseMiddleware):
    """Outermost: a payment is credited before anybody is asked for. An update is acknowledged when
    its handler ends, so that it ends when the payment is credited; a database that is away is
    waited for, half a minute. What cannot be credited even then is kept elsewhere (``keep``) and
    tried again. Whoever paid is told when it was not simply credited.
    """

    def __init__(
        self,
        credit: Callable[[Paid], Awaitable[Credited]],
        keep: Callable[[Paid], None],
        wire: Wire,
        texts: TextsByLocale,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._credit, self._keep, self._sleep = credit, keep, sleep
        self._wire, self._texts = wire, texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Message) or event.successful_payment is None:
            return await handler(event, data)
        paid = paid_of(event)
        told = await self._take(paid)
        if told is not Credit.CREDITED and told is not Credit.ALREADY:
            await self._tell(event, paid, told)
        return None

    async def _take(self, paid: Paid) -> Credit | None:
        """None: kept for later."""
        for pause in PAUSES:
            try:
                credited = await self._credit(paid)
            except Exception:
                log.exception("payment_not_credited_yet", extra=_told(paid))
                await self._sleep(pause)
            else:
                log.info("payment", extra={**_told(paid), "credit": credited.credit})
                return credited.credit
        log.critical("payment_not_credited", extra=_told(paid))
        self._keep(paid)
        return None

    async def _tell(self, event: Message, paid: Paid, told: Credit | None) -> None:
        """The money has moved: never without a word."""
        texts = self._texts(event.from_user.language_code if event.from_user else None)
        screen = views.later(texts) if told is None else views.apart(paid, texts)
        try:
            await self._wire.send(event.chat.id, screen)
        except AiogramError as error:
            log.warning("payer_not_told", extra={"error": type(error).__name__})


def paid_of(event: Message) -> Paid:
    """The payer is named by what they gave to pay by; else they are who ordered."""
    said = event.successful_payment
    if said is None:
        raise ValueError("not a payment")
    given = said.order_info.name if said.order_info is not None else None
    return Paid(
        provider=Provider.TELEGRAM,
        provider_reference=said.telegram_payment_charge_id,
        order_reference=said.invoice_payload,
        amount=Decimal(said.total_amount).scaleb(-2),
        currency=said.currency,
        paid_at=event.date.astimezone(UTC),
        payer=given or "",
        mode=MODE,
        bank="Telegram",
    )


def _told(paid: Paid) -> dict[str, str]:
    """Enough to credit it by hand; no name."""
    return {
        "provider_reference": paid.provider_reference,
        "order_reference": paid.order_reference,
        "amount": str(paid.amount),
        "currency": paid.currency,
    }
