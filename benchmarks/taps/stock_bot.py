"""BARE over HTTP, in a process that knows aiogram and nothing of ours."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from benchmarks.taps import stock


async def main(url: str, token: str, screen: dict[str, Any]) -> None:
    """``screen`` is the text and the keyboard to redraw with. aiogram's own polling."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    dispatcher = stock.dispatcher(screen["text"], screen["keyboard"])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await dispatcher.start_polling(Bot(token, session=session), allowed_updates=["callback_query"])


if __name__ == "__main__":
    drawn = json.loads(Path(sys.argv[3]).read_text())
    asyncio.run(main(sys.argv[1], sys.argv[2], drawn))
