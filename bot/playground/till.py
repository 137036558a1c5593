"""Paying an invoice: the bot's word first, then the money."""

from dataclasses import dataclass
from typing import Final

from bot.playground.acts import Acts, Impossible
from bot.playground.methods.payments import CHECKOUT_SECONDS
from bot.playground.model import Checkout, Json, Message, Person
from bot.playground.world import World

RECEIPT: Final[Json] = {"text": "Reçu", "disabled": {}}
"""In the place of the button that paid, as Telegram has it; there is nothing behind it here."""


@dataclass(frozen=True, slots=True)
class Till:
    world: World
    acts: Acts

    async def pay(self, person: Person, message: Message) -> Checkout:
        """Waits for the bot's word; the money only moves when it agrees in time."""
        if message.paid:
            raise Impossible("This invoice is already paid.")
        world = self.world
        checkout = Checkout(
            world.new_query_id(), person.id, message.message_id, world.clock.now().timestamp()
        )
        world.checkouts[checkout.id] = checkout
        sale = self._sale(message)
        query = {"id": checkout.id, "from": person.as_user(), **sale}
        world.updates.add("pre_checkout_query", query, person.id)
        if not await world.pulse.until(lambda: checkout.answered, CHECKOUT_SECONDS):
            checkout.error = "The bot did not answer in time."
        if checkout.ok and not message.paid:
            self._settle(person, message, checkout, sale)
        return checkout

    def _sale(self, message: Message) -> Json:
        invoice = message.body["invoice"]
        return {
            "currency": invoice["currency"],
            "total_amount": invoice["total_amount"],
            "invoice_payload": self.world.payloads[message.message_id],
        }

    def _settle(self, person: Person, message: Message, checkout: Checkout, sale: Json) -> None:
        message.paid = True
        (_, *others), *below = message.inline or [[{}]]
        message.inline = [[RECEIPT, *others], *below]
        chat = self.world.chats[message.chat_id]
        self.world.edited(chat, message)
        payment = {
            **sale,
            "telegram_payment_charge_id": f"playground-charge-{checkout.id}",
            "provider_payment_charge_id": f"provider-{checkout.id}",
        }
        self.acts.post(chat, person, "service", {"successful_payment": payment})
