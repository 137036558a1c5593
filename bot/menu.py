"""The commands menu, told to Telegram in each language, when it is not what Telegram has."""

from typing import Any

import structlog
from aiogram.exceptions import AiogramError

from bot.wire.http import BotApi
from conversations import commands
from conversations.texts import TextsByLocale

log = structlog.get_logger(__name__)


async def publish_menu(api: BotApi, texts: TextsByLocale) -> None:
    """Without a language too: what every other phone shows. A failure costs the menu alone."""
    try:
        for locale in (None, *texts.locales):
            await _publish(api, locale, commands.menu(texts(locale)))
    except (AiogramError, ValueError) as error:
        log.warning("menu_not_published", error=type(error).__name__)


async def _publish(api: BotApi, locale: str | None, menu: tuple[tuple[str, str], ...]) -> None:
    wanted = [{"command": command, "description": said} for command, said in menu]
    language: dict[str, Any] = {} if locale is None else {"language_code": locale}
    if await api.call("getMyCommands", language) != wanted:
        await api.call("setMyCommands", {**language, "commands": wanted})
        log.info("menu_published", language=locale or "default")
