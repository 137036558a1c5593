"""Invoices, and the bot's last word before a payment."""

from bot.playground.methods.call import Call
from bot.playground.methods.messages import bot, options
from bot.playground.model import Json
from bot.playground.refusals import OLD_QUERY, bad_request

CHECKOUT_SECONDS = 10.0
LONGEST_TITLE = 32
LONGEST_DESCRIPTION = 255
LONGEST_PAYLOAD = 128
STARS = "XTR"


async def send_invoice(call: Call) -> Json:
    chat = call.chat()
    total = _total(call)
    body: Json = {
        "invoice": {
            "title": call.get("title"),
            "description": call.get("description"),
            "start_parameter": call.get("start_parameter") or "",
            "currency": call.get("currency"),
            "total_amount": total,
        }
    }
    more = options(call, chat, body)
    pay = {"text": f"Payer {total / 100:.2f} {call.get('currency')}", "pay": True}
    more["inline"] = more["inline"] or [[pay]]
    if not more["inline"][0][0].get("pay"):
        raise bad_request("first button of an invoice must be a pay button")
    message = call.world.post(chat, bot(call), "invoice", body, **more)
    call.world.payloads[message.message_id] = call.get("payload")
    return call.answer(message)


async def answer_pre_checkout_query(call: Call) -> bool:
    checkout = call.world.checkouts.get(call.get("pre_checkout_query_id"))
    now = call.world.clock.now().timestamp()
    if checkout is None or checkout.answered or now - checkout.asked_at > CHECKOUT_SECONDS:
        raise bad_request(OLD_QUERY)
    if not call.get("ok") and not call.get("error_message"):
        raise bad_request('parameter "error_message" is required')
    checkout.answered, checkout.ok = True, bool(call.get("ok"))
    checkout.error = call.get("error_message")
    call.record.chat = checkout.person_id
    call.world.pulse.beat()
    return True


def _total(call: Call) -> int:
    if not 1 <= len(call.get("title")) <= LONGEST_TITLE:
        raise bad_request("INVOICE_TITLE_INVALID")
    if not 1 <= len(call.get("description")) <= LONGEST_DESCRIPTION:
        raise bad_request("INVOICE_DESCRIPTION_INVALID")
    if not 1 <= len(call.get("payload").encode()) <= LONGEST_PAYLOAD:
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    if not call.get("provider_token") and call.get("currency") != STARS:
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    prices = call.get("prices")
    if not prices:
        raise bad_request("there must be at least one price")
    total = sum(price.amount for price in prices)
    if total <= 0:
        raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
    return int(total)


METHODS = {
    "sendInvoice": send_invoice,
    "answerPreCheckoutQuery": answer_pre_checkout_query,
}
