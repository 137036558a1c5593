"""Paying over real HTTP: invoices, twice-told payments, strangers, receipts (M4, N6)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.demo import Demo
from bot.playground.mails import Mail
from bot.playground.model import Checkout
from domain.alerts.model import AlertKind
from domain.payments.model import OrderState, Why
from storage import schema
from tests.driver import Parent, Shown
from tests.e2e.town import DUPONT, HADDAD, NOW, logged_in

OWED = Decimal("-12.40")


@pytest.fixture
async def nora(demo: Demo) -> Parent:
    """Owes 12,40 € in one wallet."""
    return await logged_in(demo, HADDAD)


async def invoiced(parent: Parent) -> Shown:
    """The invoice of what is due."""
    await parent.press("Régler un solde négatif")
    await parent.press("Payer : ")
    await parent.press("Le montant dû")
    await parent.press("Carte bancaire")
    return await parent.screen()


async def balance(demo: Demo) -> Decimal:
    query = select(schema.wallet.c.balance).where(schema.wallet.c.id == await wallet(demo))
    return await demo.application.database.read(lambda c: c.scalar(query))


async def wallet(demo: Demo) -> int:
    query = select(schema.payment_order.c.wallet_id).limit(1)
    return await demo.application.database.read(lambda c: c.scalar(query))


async def rows(demo: Demo, *columns: Any) -> list[tuple[Any, ...]]:
    query = select(*columns).order_by(columns[0])
    found = await demo.application.database.read(lambda c: c.execute(query).all())
    return [tuple(row)[1:] for row in found]


async def receipts(demo: Demo, parent: Parent) -> list[Shown]:
    await demo.application.catch_up()
    return [one for one in await parent.messages() if one.document and one.by_bot]


async def test_a_debt_is_paid_in_the_chat_across_a_restart_with_one_receipt(
    demo: Demo, nora: Parent
):
    invoice = await invoiced(nora)
    await demo.restart_bot()

    answer = await nora.pay(invoice.message_id)
    sent = await receipts(demo, nora)
    await nora.say("/solde")
    await nora.press("Règlements")
    history = (await nora.screen()).text

    assert answer == {"ok": True}
    assert await balance(demo) == 0
    assert len(sent) == 1
    assert "Paiement reçu : 12,40" in sent[0].text
    pdf = await nora.download(sent[0].document["file_id"])
    assert pdf.startswith(b"%PDF")
    assert "CBLEUE" in history
    assert "HADDAD Nora" in history
    assert [mail.subject for mail in mails(demo)] == ["Votre paiement est reçu"]


async def test_the_receipt_is_mailed_to_the_first_address_alone(demo: Demo, nora: Parent):
    await two_addresses(demo)
    invoice = await invoiced(nora)

    await nora.pay(invoice.message_id)
    await demo.application.catch_up()

    (mail,) = mails(demo)
    assert mail.to == ["first@example.org"]
    for word in ("12,40", "CBLEUE", "HADDAD Nora", "Services Scolaires et ALSH", "23 nov"):
        assert word in mail.text


async def test_the_same_word_of_a_payment_again_changes_nothing(demo: Demo, nora: Parent):
    await invoiced(nora)
    word = paid_update(await the_order(demo))
    for _ in range(3):
        await demo.restart_bot()
        await nora.forge(word)

    assert await balance(demo) == 0
    assert await alerts(demo) == []
    assert len(await receipts(demo, nora)) == 1


async def test_an_invoice_that_was_forwarded_is_not_paid_by_a_stranger(demo: Demo, nora: Parent):
    await invoiced(nora)
    question = {
        "pre_checkout_query": {
            "id": "77",
            "from": {"id": DUPONT, "is_bot": False, "first_name": "Jean-Paul"},
            "currency": "EUR",
            "total_amount": 1240,
            "invoice_payload": await the_order(demo),
        }
    }
    world = demo.playground.world
    world.checkouts["77"] = Checkout("77", DUPONT, 1, world.clock.now().timestamp())

    await Parent(demo.url, DUPONT).forge(question)
    await nora.settled()

    checkout = world.checkouts["77"]
    assert (checkout.answered, checkout.ok) == (True, False)
    assert "autre famille" in (checkout.error or "")


async def test_an_invoice_is_not_paid_twice_nor_once_its_wallet_is_closed(
    demo: Demo, nora: Parent
):
    first = await invoiced(nora)
    await nora.say("/solde")
    await nora.press("Payer : ")
    await nora.press("Le montant dû")
    await nora.press("Carte bancaire")
    second = await nora.screen()
    paid = await nora.pay(first.message_id)
    again = await nora.pay(second.message_id)
    await nora.say("/solde")
    await nora.press("Payer : ")
    await nora.press("Autre montant")
    await nora.say("25,50 €")
    await nora.press("Carte bancaire")
    third = await nora.screen()
    await close(demo)

    closed = await nora.pay(third.message_id)

    assert (paid["ok"], again["ok"], closed["ok"]) == (True, False, False)
    assert "déjà payée" in again["error"]
    assert "fermé" in closed["error"]
    assert await balance(demo) == 0


async def test_an_old_screen_asks_before_the_same_sum_is_paid_once_more(demo: Demo, nora: Parent):
    await nora.press("Régler un solde négatif")
    await nora.press("Payer : ")
    await nora.press("Le montant dû")
    old = await nora.screen()
    await nora.press("Carte bancaire")
    await nora.pay((await nora.screen()).message_id)
    await receipts(demo, nora)
    await demo.restart_bot()

    await nora.press_data(old.button("Carte bancaire").data)
    asked = await nora.screen()
    await nora.press("Payer encore 12,40 €")
    invoice = await nora.screen()

    assert "Un paiement de 12,40 € a déjà été fait" in asked.text
    assert "encore" not in asked.rows[0][0]
    assert (await nora.pay(invoice.message_id))["ok"]
    await demo.application.catch_up()
    assert await balance(demo) == -OWED


async def test_another_amount_than_was_ordered_is_credited_and_told_to_the_town(
    demo: Demo, nora: Parent
):
    await invoiced(nora)

    await nora.forge(paid_update(await the_order(demo), cents=300))

    assert await balance(demo) == OWED + 3
    assert await alerts(demo) == [AlertKind.PAYMENT_ODD]


async def test_money_for_a_closed_wallet_and_for_no_order_is_kept_apart(demo: Demo, nora: Parent):
    await invoiced(nora)
    await close(demo)

    await nora.forge(paid_update(await the_order(demo)))
    await nora.forge(paid_update("NOORDEROFOURS", charge="other"))

    assert await balance(demo) == OWED
    assert await rows(demo, schema.stray_payment.c.id, schema.stray_payment.c.why) == [
        (Why.CLOSED,),
        (Why.UNKNOWN,),
    ]
    assert await alerts(demo) == [AlertKind.PAYMENT_STRAY] * 2


async def test_who_has_logged_out_meanwhile_is_credited_all_the_same(demo: Demo, nora: Parent):
    await invoiced(nora)
    await nora.say("/logout")
    count = len(await nora.messages())

    await nora.forge(paid_update(await the_order(demo)))

    assert await balance(demo) == 0
    assert len(await nora.messages()) == count


async def test_an_amount_is_typed_across_a_restart_and_refused_kindly(demo: Demo, nora: Parent):
    await nora.press("Régler un solde négatif")
    await nora.press("Payer : ")
    await nora.press("Autre montant")
    await demo.restart_bot()
    await nora.say("beaucoup")
    refused = await nora.screen()
    await nora.say("0,50")
    too_little = await nora.screen()
    await nora.say("25.5 €")

    assert "Ce n'est pas un montant possible" in refused.text
    assert "Ce n'est pas un montant possible" in too_little.text
    assert "Payer 25,50" in (await nora.screen()).text


async def test_who_asks_is_told_what_stands(demo: Demo, nora: Parent):
    invoice = await invoiced(nora)
    (asked,) = [one for one in await nora.messages() if one.has("J'ai payé")]
    await nora.press("J'ai payé")
    waiting = await nora.message(asked.message_id)
    await nora.pay(invoice.message_id)
    await nora.press("J'ai payé", message_id=asked.message_id)
    paid = await nora.message(asked.message_id)

    assert "aucun paiement ne nous est encore parvenu" in waiting.text
    assert f"<code>{await the_order(demo)}</code>" in waiting.html
    assert "✔ Payé : 12,40" in paid.text
    assert not paid.has("J'ai payé")


async def test_what_offers_to_pay_says_that_it_is_paid_as_soon_as_it_is(demo: Demo, nora: Parent):
    """In each message that offered it, and each stays where it is: nobody pays twice."""
    first = await invoiced(nora)
    (order,) = [one for one in await nora.messages() if one.has("J'ai payé")]
    await nora.press("Solde et paiement", message_id=order.message_id)
    await nora.press("Payer : ")
    await nora.press("Le montant dû")
    await nora.press("Carte bancaire")
    (_, again) = [one for one in await nora.messages() if one.has("J'ai payé")]

    await nora.pay(first.message_id)
    await demo.application.catch_up()

    for shown in (order, again):
        now = await nora.message(shown.message_id)
        assert "✔ Payé : 12,40" in now.text
        assert "déjà payé" in now.text
        assert [button.text for row in now.buttons for button in row] == [
            "Solde et paiement",
            "Accueil",
        ]


async def test_the_ways_on_from_an_order_open_below_it(demo: Demo, nora: Parent):
    await invoiced(nora)
    (order,) = [one for one in await nora.messages() if one.has("J'ai payé")]

    for way, there in (("Solde et paiement", "Solde −12,40"), ("Accueil", "Réserver")):
        await nora.press(way, message_id=order.message_id)

        shown = await nora.screen()
        assert shown.message_id > order.message_id
        assert there in shown.text or shown.has(there)
    assert (await nora.message(order.message_id)).has("J'ai payé")


async def test_an_order_of_another_family_is_not_told(demo: Demo, nora: Parent):
    await invoiced(nora)
    jean_paul = await logged_in(demo, DUPONT)

    await jean_paul.press_data(f"pq:{await the_order(demo)}")

    assert "n'existe pas ou n'est plus accessible" in (await jean_paul.screen()).text


async def test_an_order_ends_when_nobody_pays_in_a_day(demo: Demo, nora: Parent):
    invoice = await invoiced(nora)
    await demo.playground.clock.jump(NOW + timedelta(days=1, minutes=1))

    late = await nora.pay(invoice.message_id)

    assert not late["ok"]
    assert "n'est plus valable" in late["error"]
    assert await rows(demo, schema.payment_order.c.id, schema.payment_order.c.state) == [
        (OrderState.EXPIRED,)
    ]


async def test_a_reminder_leads_to_paying(demo: Demo, nora: Parent):
    await demo.playground.clock.jump(NOW + timedelta(days=15))
    await demo.application.catch_up()
    reminder = await nora.until(lambda one: "négatif" in one.text and one.has("Payer"))

    await nora.press("Payer", message_id=reminder.message_id, exact=True)

    assert "il reste 12,40" in reminder.text
    assert "Combien voulez-vous payer ?" in (await nora.screen()).text


# -- what is looked at and what is faked ------------------------------------------------------
def mails(demo: Demo) -> list[Mail]:
    return [mail for mail in demo.playground.mailbox.mails if "paiement" in mail.subject]


async def alerts(demo: Demo) -> list[str]:
    return [
        kind for (kind,) in await rows(demo, schema.staff_alert.c.id, schema.staff_alert.c.kind)
    ]


async def close(demo: Demo) -> None:
    table, key = schema.wallet, await wallet(demo)
    query = update(table).where(table.c.id == key).values(closed_at=NOW)
    await demo.application.database.write(lambda c: c.execute(query))


async def two_addresses(demo: Demo) -> None:
    table, session = schema.guardian, schema.telegram_session
    whose = select(session.c.guardian_id).where(session.c.ended_at.is_(None)).scalar_subquery()
    query = update(table).where(table.c.id == whose)
    addresses = ["first@example.org", "second@example.org"]
    await demo.application.database.write(lambda c: c.execute(query.values(emails=addresses)))


async def the_order(demo: Demo) -> str:
    return (await rows(demo, schema.payment_order.c.id, schema.payment_order.c.reference))[0][0]


def paid_update(
    reference: str, *, charge: str = "charge", cents: int = 1240, currency: str = "EUR"
) -> dict[str, Any]:
    user = {"id": HADDAD, "is_bot": False, "first_name": "Nora"}
    return {
        "message": {
            "message_id": 99_999,
            "date": int(NOW.timestamp()),
            "chat": {"id": HADDAD, "type": "private", "first_name": "Nora"},
            "from": user,
            "successful_payment": {
                "currency": currency,
                "total_amount": cents,
                "invoice_payload": reference,
                "telegram_payment_charge_id": charge,
                "provider_payment_charge_id": f"provider-{charge}",
            },
        }
    }
