"""The commands menu and the bot's descriptions, told to Telegram in each language: only when they
are not what Telegram has.
"""

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
            t = texts(locale)
            await _publish(api, locale, commands.menu(t))
            await _describe(api, locale, "Description", "description", commands.description(t))
            said = commands.short_description(t)
            await _describe(api, locale, "ShortDescription", "short_description", said)
    except (AiogramError, ValueError) as error:
        log.warning("menu_not_published", error=type(error).__name__)


async def _publish(api: BotApi, locale: str | None, menu: tuple[tuple[str, str], ...]) -> None:
    wanted = [{"command": command, "description": said} for command, said in menu]
    language = _language(locale)
    if await api.call("getMyCommands", language) != wanted:
        await api.call("setMyCommands", {**language, "commands": wanted})
        log.info("menu_published", language=locale or "default")


async def _describe(api: BotApi, locale: str | None, what: str, field: str, said: str) -> None:
    language = _language(locale)
    if (await api.call(f"getMy{what}", language)).get(field) != said:
        await api.call(f"setMy{what}", {**language, field: said})
        log.info("description_published", what=field, language=locale or "default")


def _language(locale: str | None) -> dict[str, Any]:
    return {} if locale is None else {"language_code": locale}
