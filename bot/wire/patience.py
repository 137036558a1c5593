"""A short 429 is waited for; a long one is the caller's to tell."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram.exceptions import TelegramRetryAfter

Result = TypeVar("Result")
Sleep = Callable[[float], Awaitable[None]]

LONGEST = 3.0
"""Seconds a parent looks at a calendar that does not move before pressing again."""


async def patiently(call: Callable[[], Awaitable[Result]], sleep: Sleep = asyncio.sleep) -> Result:
    """Again after a wait, as long as the waits asked for are no more than ``LONGEST`` together."""
    left = LONGEST
    while True:
        try:
            return await call()
        except TelegramRetryAfter as error:
            left -= error.retry_after
            if left < 0:
                raise
            await sleep(error.retry_after)
