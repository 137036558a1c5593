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
from conversations.texts import TextsByLocale
from domain.errors import DomainError
from domain.payments.model import Asked, Credited, Paid, Provider
from handlers.acting import Handler
from handlers.show import Wire

SECONDS: Final = 8.0  # Telegram waits ten, and then tells the payer that the bot was silent
PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, *(30.0,) * 20)
MODE: Final = "Carte bancaire"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PreCheckout:
    check_order: Callable[[Asked], Awaitable[None]]
    wire: Wire
    texts: TextsByLocale
    seconds: float = SECONDS

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
    waited for, some ten minutes. What cannot be credited even then is logged whole.
    """

    def __init__(
        self,
        credit: Callable[[Paid], Awaitable[Credited]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._credit, self._sleep = credit, sleep

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(event, Message) or event.successful_payment is None:
            return await handler(event, data)
        await self._take(paid_of(event))
        return None

    async def _take(self, paid: Paid) -> None:
        for pause in PAUSES:
            try:
                credited = await self._credit(paid)
            except Exception:
                log.exception("payment_not_credited_yet", extra=_told(paid))
                await self._sleep(pause)
            else:
                log.info("payment", extra={**_told(paid), "credit": credited.credit})
                return
        log.critical("payment_not_credited", extra=_told(paid))


def paid_of(event: Message) -> Paid:
    """The payer as Telegram knows them, unless they gave a name to pay by."""
    said, user = event.successful_payment, event.from_user
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
        payer=given or (user.full_name if user is not None else ""),
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
