"""What the dispatcher answers of an update that did not simply go well."""

from typing import Any, Never

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiogram.types import TelegramObject

from bot import locales
from domain.bookings.errors import StaleRecap
from handlers.errors import Guard, Outcome
from handlers.show import Show


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (StaleRecap(), Outcome.REFUSED),
        (TelegramNetworkError(GetMe(), "away"), Outcome.UNDELIVERED),
        (ValueError("a bug"), Outcome.BROKEN),
    ],
)
async def test_each_trouble_has_its_outcome(error: Exception, outcome: Outcome) -> None:
    async def handle(event: TelegramObject, data: dict[str, Any]) -> Never:
        raise error

    guard = Guard(Show(wire=None), locales.load())  # type: ignore[arg-type]

    assert await guard(handle, TelegramObject(), {}) is outcome


async def test_what_a_handler_answers_is_passed_on() -> None:
    async def handle(event: TelegramObject, data: dict[str, Any]) -> str:
        return "answer"

    guard = Guard(Show(wire=None), locales.load())  # type: ignore[arg-type]

    assert await guard(handle, TelegramObject(), {}) == "answer"
