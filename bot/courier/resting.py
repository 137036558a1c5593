"""How the loops of this room wait when there is nothing to send."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Final

REST: Final = 15.0
"""Seconds at the most: a hint that is lost costs no more."""
SHORTEST: Final = 0.05


async def rest(
    due: datetime | None, now: datetime, woken: asyncio.Event, *, held: float = 0.0
) -> None:
    """Until something is ``due``, or somebody wakes us. ``held``: seconds for which nothing may be
    sent, whatever is due.
    """
    seconds = REST if due is None else (due - now).total_seconds()
    # Not `wait_for`: before Python 3.12 it may swallow a cancellation.
    with suppress(TimeoutError):
        async with asyncio.timeout(min(max(seconds, held, SHORTEST), REST)):
            await woken.wait()
