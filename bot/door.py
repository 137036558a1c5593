"""Where updates come in: we ask Telegram for them, or it brings them."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.background import Background
from bot.lanes import RawUpdate
from bot.polling import Poller
from bot.settings import Settings
from bot.watch.pulse import Part, Pulse
from bot.webhook import Webhook
from bot.wire.http import BotApi

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "pre_checkout_query")


def door(
    settings: Settings,
    api: BotApi,
    handle: Callable[[RawUpdate], Awaitable[object]],
    background: Background,
    pulse: Pulse,
    also: Sequence[web.RouteDef],
) -> Poller | Webhook:
    """``also``: what a webhook's server answers besides."""
    if settings.public_url is None or settings.webhook_secret is None:
        told = pulse.of(Part.DOOR)
        return Poller(api, handle, background, allowed_updates=UPDATES, answered=told)
    return Webhook(
        api,
        handle,
        background,
        public_url=settings.public_url,
        secret=settings.webhook_secret.get_secret_value(),
        host=settings.webhook_host,
        port=settings.webhook_port,
        allowed_updates=UPDATES,
        also=also,
    )
