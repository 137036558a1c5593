"""Updates pushed to the bot: in order within a chat, again until it says 2xx."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp

from bot.playground.pulse import Pulse
from bot.playground.tasks import Tasks
from bot.playground.updates import Update
from bot.playground.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
PATIENCE = aiohttp.ClientTimeout(total=60)
FOREVER = 86_400.0


def doubling(attempt: int) -> float:
    """Seconds before the next try: 0.25, 0.5, 1 ... one minute at most."""
    return float(min(60.0, 0.25 * 2.0**attempt))


@dataclass(slots=True)
class WebhookCourier:
    world: World
    pulse: Pulse
    tasks: Tasks
    backoff: Callable[[int], float] = doubling
    _busy: set[int | None] = field(default_factory=set)

    async def run(self) -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE, trust_env=False) as session:
            while not self.pulse.closed:
                await self.pulse.until(lambda: self._next() is not None, FOREVER)
                while (update := self._next()) is not None:
                    self._busy.add(update.chat)
                    self.tasks.spawn(self._deliver(session, update), f"webhook {update.update_id}")

    def _next(self) -> Update | None:
        """The oldest update of a chat that has none on its way."""
        updates = self.world.updates
        if not updates.webhook_url or len(self._busy) >= self.world.webhook.max_connections:
            return None
        return next((each for each in updates.pending if each.chat not in self._busy), None)

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        attempt = 0
        try:
            while self._wanted(update) and not await self._post(session, update):
                await self.pulse.until(lambda: not self._wanted(update), self.backoff(attempt))
                attempt += 1
        finally:
            self._busy.discard(update.chat)
            self.pulse.beat()

    def _wanted(self, update: Update) -> bool:
        updates = self.world.updates
        return bool(updates.webhook_url) and not self.pulse.closed and update in updates.pending

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> bool:
        webhook = self.world.webhook
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        body = json.dumps(update.as_json(), ensure_ascii=False).encode()
        url = self.world.updates.webhook_url
        try:
            async with session.post(url, data=body, headers=headers) as response:
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    self.world.updates.forget(update)
                    return True
                words = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            words = f"Connection failed: {type(error).__name__}"
        webhook.last_error, webhook.last_error_at = words, self.world.timestamp()
        return False
