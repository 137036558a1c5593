"""Long polling and webhooks."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.playground.scene import CLAIRE


async def texts(api, **parameters):
    answer = await api("getUpdates", **parameters)
    return [update["message"]["text"] for update in answer["result"]]


async def test_updates_stay_until_they_are_acknowledged(api, claire):
    await claire.say("un", wait=False)
    await claire.say("deux", wait=False)

    first = await api("getUpdates")
    again = await texts(api)
    rest = await texts(api, offset=first["result"][0]["update_id"] + 1)

    assert (again, rest) == (["un", "deux"], ["deux"])


async def test_a_batch_has_the_size_that_was_asked(api, claire):
    for text in ("un", "deux", "trois"):
        await claire.say(text, wait=False)

    assert await texts(api, limit=2) == ["un", "deux"]


async def test_a_negative_offset_keeps_the_last_ones(api, claire):
    for text in ("un", "deux", "trois"):
        await claire.say(text, wait=False)

    assert await texts(api, offset=-1) == ["trois"]
    assert await texts(api) == ["trois"]


async def test_a_poll_answers_as_soon_as_something_comes(api, claire):
    found, _ = await asyncio.gather(texts(api, timeout=50), claire.say("enfin", wait=False))

    assert found == ["enfin"]


async def test_a_poll_gives_up_when_its_time_is_over(playground):
    found = await playground.world.updates.poll(offset=0, limit=100, timeout=0.01)

    assert found == []


async def test_only_the_kinds_that_were_asked_are_kept(api, claire, sim):
    await api("getUpdates", allowed_updates=["callback_query", "my_chat_member"])
    await claire.say("perdu", wait=False)
    await sim("POST", f"chats/{CLAIRE}/block")

    answer = await api("getUpdates")

    assert [sorted(update) for update in answer["result"]] == [["my_chat_member", "update_id"]]


async def test_a_second_poller_ends_the_first(api, claire, playground):
    first = asyncio.ensure_future(api("getUpdates", timeout=50))  # noqa: TID251 - awaited below
    await playground.world.pulse.until(lambda: playground.world.updates._poller is not None, 5)
    second = asyncio.ensure_future(api("getUpdates", timeout=50))  # noqa: TID251 - awaited below

    ended = await first
    await claire.say("bonjour", wait=False)

    assert ended == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    assert len((await second)["result"]) == 1


async def test_a_poller_that_went_away_is_no_rival(http, api, claire, playground):
    url = f"{playground.url}/bot{playground.token}/getUpdates?timeout=50"
    gone = asyncio.ensure_future(http.get(url))  # noqa: TID251 - cancelled below
    updates = playground.world.updates
    await playground.world.pulse.until(lambda: updates._poller is not None, 5)

    gone.cancel()
    found, _ = await asyncio.gather(texts(api, timeout=50), claire.say("là", wait=False))

    assert found == ["là"]


async def test_a_press_waits_150_seconds_and_a_text_a_day(api, claire, sim):
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
    await api("sendMessage", chat_id=CLAIRE, text="x", reply_markup=markup)
    await claire.press("x", wait=False)
    await claire.say("bonjour", wait=False)

    await sim("POST", "clock", by=151)
    after_minutes = await api("getUpdates")
    await sim("POST", "clock", by=86_400)
    after_a_day = await api("getUpdates")

    assert ["message" in update for update in after_minutes["result"]] == [True]
    assert after_a_day["result"] == []


class Hook:
    """A bot's webhook that gives the statuses of ``answers``, then 200."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.bodies = []
        self.secrets = []
        self.full = asyncio.Event()
        self.wanted = 1

    async def take(self, request):
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bodies.append(await request.json())
        if len(self.bodies) >= self.wanted:
            self.full.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def received(self, count):
        self.wanted = count
        if len(self.bodies) < count:
            self.full.clear()
            async with asyncio.timeout(10):
                await self.full.wait()
        return self.bodies


@pytest.fixture
async def serve():
    servers = []

    async def serve(hook):
        app = web.Application()
        app.router.add_post("/hook", hook.take)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return str(server.make_url("/hook"))

    yield serve
    for server in servers:
        await server.close()


async def test_a_webhook_gets_updates_with_the_secret(api, claire, serve):
    hook = Hook()
    await api("setWebhook", url=await serve(hook), secret_token="s3cret")

    await claire.say("bonjour")

    [body] = hook.bodies
    assert body["message"]["text"] == "bonjour"
    assert hook.secrets == ["s3cret"]


async def test_a_failed_delivery_comes_again_before_what_follows(api, claire, serve):
    hook = Hook(500, 503)
    await api("setWebhook", url=await serve(hook))

    await claire.say("un", wait=False)
    await claire.say("deux")

    said = [body["message"]["text"] for body in await hook.received(4)]
    assert said == ["un", "un", "un", "deux"]


async def test_the_last_failure_is_told(api, claire, serve):
    hook = Hook(500)
    await api("setWebhook", url=await serve(hook))

    await claire.say("bonjour")

    info = (await api("getWebhookInfo"))["result"]
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
    assert info["pending_update_count"] == 0


async def test_nobody_polls_while_a_webhook_is_set(api, serve):
    await api("setWebhook", url=await serve(Hook()))

    refused = await api("getUpdates")
    await api("deleteWebhook")
    accepted = await api("getUpdates")

    assert refused["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert accepted["ok"]


async def test_setting_a_webhook_ends_the_poll(api, playground, serve):
    poll = asyncio.ensure_future(api("getUpdates", timeout=50))  # noqa: TID251 - awaited below
    await playground.world.pulse.until(lambda: playground.world.updates._poller is not None, 5)

    await api("setWebhook", url=await serve(Hook()))

    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_waiting_updates_can_be_dropped(api, claire):
    await claire.say("bonjour", wait=False)

    await api("deleteWebhook", drop_pending_updates=True)

    assert (await api("getUpdates"))["result"] == []


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("https://example.org/hook", "", "bad webhook"),
        ("gopher://127.0.0.1/", "", "invalid webhook URL specified"),
        ("http://127.0.0.1/", "é", "secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_that_cannot_be_set(api, url, secret, words):
    answer = await api("setWebhook", url=url, secret_token=secret)

    assert words in answer["description"]
