"""The page that the parent comes back to, in the language of their browser."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conversations.back_from_paying import back_page
from conversations.texts import TextsByLocale

TEMPLATES: Final = Path(__file__).parents[1] / "templates"


class ReturnPage:
    """``chat``: the address of the chat with the bot; None where Telegram is not the real one."""

    def __init__(self, texts: TextsByLocale, chat: Callable[[], Awaitable[str]] | None) -> None:
        self._texts, self._chat = texts, chat
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
        )
        self._page = environment.get_template("return.html.j2")

    async def __call__(self, accepted: str) -> str:
        texts = self._texts(accepted.strip()[:2].lower())
        chat = await self._chat() if self._chat else ""
        return self._page.render(lang=texts.locale, page=back_page(texts), chat=chat)
