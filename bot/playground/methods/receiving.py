"""How the bot gets its updates: long polling or a webhook."""

import re
from urllib.parse import urlsplit

from bot.playground.methods.call import Call
from bot.playground.model import Json
from bot.playground.refusals import bad_request

SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


async def get_updates(call: Call) -> list[Json]:
    world = call.world
    _set_allowed(call)
    return await world.updates.poll(
        offset=call.get("offset") or 0,
        limit=call.get("limit") or 100,
        timeout=call.get("timeout") or 0,
    )


async def set_webhook(call: Call) -> bool:
    """Only addresses on this machine, and without TLS: nothing leaves the playground."""
    url = call.get("url") or ""
    secret = call.get("secret_token") or ""
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if url and urlsplit(url).hostname not in LOOPBACK:
        raise bad_request("bad webhook: the playground only delivers to this machine")
    world = call.world
    _set_allowed(call)
    world.webhook.secret = secret
    world.webhook.max_connections = call.get("max_connections") or 40
    return _change(call, url)


async def delete_webhook(call: Call) -> bool:
    return _change(call, "")


async def get_webhook_info(call: Call) -> Json:
    updates, webhook = call.world.updates, call.world.webhook
    info: Json = {
        "url": updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    if updates.allowed:
        info["allowed_updates"] = updates.allowed
    if updates.webhook_url:
        info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
    if webhook.last_error:
        info |= {
            "last_error_date": webhook.last_error_at,
            "last_error_message": webhook.last_error,
        }
    return info


def _change(call: Call, url: str) -> bool:
    updates = call.world.updates
    if call.get("drop_pending_updates"):
        updates.drop_all()
    updates.webhook_url = url
    call.world.webhook.last_error = None
    if url:
        updates.end_polling()
    call.world.pulse.beat()
    return True


def _set_allowed(call: Call) -> None:
    """Kept until the next call that names them; an empty list means the default kinds."""
    allowed = call.get("allowed_updates")
    if allowed is not None:
        call.world.updates.allowed = list(allowed)


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
