"""Answers to presses: once, and in time."""

from bot.playground.methods.call import Call
from bot.playground.refusals import OLD_QUERY, bad_request

ANSWERABLE_SECONDS = 30.0
"""Undocumented; reports from the field say 5 to 20 s."""
LONGEST_ANSWER = 200


async def answer_callback_query(call: Call) -> bool:
    callback = call.world.callbacks.get(call.get("callback_query_id"))
    now = call.world.clock.now().timestamp()
    if callback is None or callback.answered or now - callback.asked_at > ANSWERABLE_SECONDS:
        raise bad_request(OLD_QUERY)
    text = call.get("text")
    if text and len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answered = True
    callback.text = text or None
    callback.show_alert = bool(call.get("show_alert"))
    callback.url = call.get("url")
    call.record.chat = callback.chat_id
    call.world.answered(callback)
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
