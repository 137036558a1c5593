"""Both libraries talk to the playground as they talk to Telegram."""

import asyncio

from tests.driver import Parent
from tests.playground.scene import CLAIRE, NOW, PNG


async def test_the_bot_knows_who_it_is(client, playground):
    me = await client("get_me")

    assert (me.is_bot, me.username, me.id) == (True, "cartable_bot", playground.world.bot.id)


async def test_a_formatted_text_comes_back_as_text_and_entities(client):
    text = "🎒 <b>Léa</b> &amp; <i>Tom</i>"

    message = await client("send_message", chat_id=CLAIRE, text=text, parse_mode="HTML")

    assert message.text == "🎒 Léa & Tom"
    found = [
        (str(e.type).rpartition(".")[2].lower(), e.offset, e.length) for e in message.entities
    ]
    assert found == [("bold", 3, 3), ("italic", 9, 3)]
    assert (message.date, message.chat.first_name) == (NOW, "Claire")


async def test_a_keyboard_comes_back_with_the_message(client):
    keyboard = client.keyboard([("1", "d:1"), ("2", "d:2")], [("Valider", "ok")])

    message = await client("send_message", chat_id=CLAIRE, text="Jours", reply_markup=keyboard)

    rows = [[b.callback_data for b in row] for row in message.reply_markup.inline_keyboard]
    assert rows == [["d:1", "d:2"], ["ok"]]


async def test_an_edited_message_changes_for_the_person_and_for_the_bot(client, claire):
    keyboard = client.keyboard([("Un", "1")])
    sent = await client("send_message", chat_id=CLAIRE, text="Avant", reply_markup=keyboard)

    edited = await client(
        "edit_message_text", chat_id=CLAIRE, message_id=sent.message_id, text="Après"
    )

    assert (edited.text, edited.reply_markup) == ("Après", None)
    assert (await claire.screen()).text == "Après"


async def test_a_keyboard_alone_can_be_changed(client, claire):
    sent = await client(
        "send_message", chat_id=CLAIRE, text="Jours", reply_markup=client.keyboard([("1", "1")])
    )

    await client(
        "edit_message_reply_markup",
        chat_id=CLAIRE,
        message_id=sent.message_id,
        reply_markup=client.keyboard([("2", "2")]),
    )

    screen = await claire.screen()
    assert (screen.text, screen.rows, screen.edited) == ("Jours", [["2"]], False)


async def test_the_same_content_again_is_refused(client):
    keyboard = client.keyboard([("Un", "1")])
    sent = await client("send_message", chat_id=CLAIRE, text="Pareil", reply_markup=keyboard)

    words = await client.refusal(
        "edit_message_text",
        chat_id=CLAIRE,
        message_id=sent.message_id,
        text="Pareil",
        reply_markup=keyboard,
    )

    assert words.startswith("message is not modified: specified new message content")


async def test_a_deleted_message_is_gone(client, claire):
    sent = await client("send_message", chat_id=CLAIRE, text="Adieu")

    assert await client("delete_message", chat_id=CLAIRE, message_id=sent.message_id)

    assert await claire.messages() == []
    words = await client.refusal("delete_message", chat_id=CLAIRE, message_id=sent.message_id)
    assert words == "message to delete not found"


async def test_several_messages_are_deleted_at_once(client, claire):
    sent = [await client("send_message", chat_id=CLAIRE, text=str(n)) for n in range(3)]

    await client("delete_messages", chat_id=CLAIRE, message_ids=[m.message_id for m in sent[:2]])

    assert [message.text for message in await claire.messages()] == ["2"]


async def test_a_document_travels_to_the_person_and_back(client, claire):
    sent = await client(
        "send_document",
        chat_id=CLAIRE,
        document=client.file(b"%PDF facture", "facture été.pdf"),
        caption="<b>Facture</b>",
        parse_mode="HTML",
    )

    assert (sent.document.file_name, sent.document.file_size) == ("facture été.pdf", 12)
    assert sent.caption == "Facture"
    assert await claire.download(sent.document.file_id) == b"%PDF facture"
    assert await client.download(sent.document.file_id) == b"%PDF facture"


async def test_a_photo_has_its_size(client, claire):
    sent = await client("send_photo", chat_id=CLAIRE, photo=client.file(PNG, "menu.png"))

    assert (sent.photo[-1].width, sent.photo[-1].height) == (2, 3)
    assert (await claire.screen()).kind == "photo"


async def test_a_file_is_sent_again_by_its_identifier(client, claire):
    first = await client("send_document", chat_id=CLAIRE, document=client.file(b"x", "a.txt"))

    again = await client("send_document", chat_id=CLAIRE, document=first.document.file_id)

    assert again.document.file_id == first.document.file_id


async def test_a_caption_is_edited(client, claire):
    sent = await client(
        "send_document", chat_id=CLAIRE, document=client.file(b"x", "a.txt"), caption="Avant"
    )

    await client(
        "edit_message_caption", chat_id=CLAIRE, message_id=sent.message_id, caption="Après"
    )

    screen = await claire.screen()
    assert (screen.text, screen.kind) == ("Après", "document")


async def test_a_document_becomes_a_photo(client, claire):
    sent = await client(
        "send_document", chat_id=CLAIRE, document=client.file(b"x", "a.txt"), caption="Avant"
    )

    edited = await client(
        "edit_message_media",
        chat_id=CLAIRE,
        message_id=sent.message_id,
        media=client.photo(PNG, "<b>Après</b>"),
    )

    screen = await claire.screen()
    assert (edited.photo[-1].width, edited.document) == (2, None)
    assert (screen.text, screen.kind) == ("Après", "photo")


async def test_what_a_person_writes_reaches_the_bot(client, claire):
    await claire.start("invitation", wait=False)

    [update] = await client("get_updates")

    assert update.message.text == "/start invitation"
    assert (update.message.from_user.id, update.message.chat.type) == (CLAIRE, "private")
    assert [(e.type, e.length) for e in update.message.entities] == [("bot_command", 6)]


async def test_a_press_reaches_the_bot_and_its_answer_the_person(client, claire):
    sent = await client(
        "send_message",
        chat_id=CLAIRE,
        text="Jours",
        reply_markup=client.keyboard([("12", "d:12")]),
    )
    pressed = await claire.press("12", wait=False)
    [update] = await client("get_updates")

    await client(
        "answer_callback_query",
        callback_query_id=update.callback_query.id,
        text="Le 12 est réservé",
        show_alert=True,
    )

    query = update.callback_query
    assert (query.data, query.message.message_id) == ("d:12", sent.message_id)
    answer = await claire.answer_to(pressed.callback_id)
    assert (answer.answered, answer.text, answer.show_alert) == (True, "Le 12 est réservé", True)


async def test_a_press_on_a_deleted_message_brings_its_number_only(client, claire):
    sent = await client(
        "send_message", chat_id=CLAIRE, text="Jours", reply_markup=client.keyboard([("1", "d")])
    )
    await client("delete_message", chat_id=CLAIRE, message_id=sent.message_id)
    await claire.press_data("d", message_id=sent.message_id, wait=False)

    [update] = await client("get_updates")

    message = update.callback_query.message
    assert message.message_id == sent.message_id
    assert getattr(message, "text", None) is None


async def test_files_contacts_and_stickers_of_a_person_reach_the_bot(client, claire):
    await claire.send_document("certificat.pdf", b"%PDF", wait=False)
    await claire.send_photo("photo.png", PNG, wait=False)
    await claire.share_contact("+33612345678", wait=False)
    await claire.send_sticker(wait=False)

    updates = await client("get_updates")

    document, photo, contact, sticker = [update.message for update in updates]
    assert await client.download(document.document.file_id) == b"%PDF"
    assert photo.photo[-1].width == 2
    assert contact.contact.user_id == CLAIRE
    assert sticker.sticker.emoji == "👍"


async def test_blocking_tells_the_bot_and_stops_its_messages(client, sim):
    await sim("POST", f"chats/{CLAIRE}/block")

    words = await client.refusal("send_message", chat_id=CLAIRE, text="Coucou")
    [update] = await client("get_updates")

    assert words.endswith("bot was blocked by the user")
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_an_unblocked_bot_may_write_again(client, sim):
    await sim("POST", f"chats/{CLAIRE}/block")
    await sim("POST", f"chats/{CLAIRE}/unblock")

    await client("send_message", chat_id=CLAIRE, text="Rebonjour")

    updates = await client("get_updates")
    assert [u.my_chat_member.new_chat_member.status for u in updates] == ["kicked", "member"]


async def test_commands_are_kept_by_language(client):
    await client("set_my_commands", commands=[client.command("start", "Commencer")])
    english = [client.command("start", "Begin")]
    await client("set_my_commands", commands=english, language_code="en")

    found = [
        *await client("get_my_commands"),
        *await client("get_my_commands", language_code="en"),
        *await client("get_my_commands", language_code="ar"),
    ]

    assert [command.description for command in found] == ["Commencer", "Begin"]


async def test_commands_can_be_deleted(client):
    await client("set_my_commands", commands=[client.command("start", "Commencer")])

    await client("delete_my_commands")

    assert list(await client("get_my_commands")) == []


async def test_the_bot_presents_itself(client):
    await client("set_my_name", name="Portail famille")
    await client("set_my_description", description="Réservez la cantine.")
    await client("set_my_short_description", short_description="Cantine")

    assert (await client("get_my_name", language_code="fr")).name == "Portail famille"
    assert (await client("get_my_description")).description == "Réservez la cantine."
    assert (await client("get_my_short_description")).short_description == "Cantine"


async def test_the_menu_button_shows_the_commands(client):
    await client("set_chat_menu_button")

    assert (await client("get_chat_menu_button")).type in ("commands", "default")


async def test_a_chat_describes_its_person(client):
    chat = await client("get_chat", chat_id=CLAIRE)

    assert (chat.id, chat.type, chat.first_name) == (CLAIRE, "private", "Claire")


async def test_an_action_shows_that_the_bot_is_typing(client, sim):
    await client("send_chat_action", chat_id=CLAIRE, action="typing")
    before = await sim("GET", f"chats/{CLAIRE}")

    await client("send_message", chat_id=CLAIRE, text="Voilà")

    after = await sim("GET", f"chats/{CLAIRE}")
    assert (before["typing"], after["typing"]) == (True, False)


async def test_a_message_is_pinned_and_unpinned(client, claire):
    sent = await client("send_message", chat_id=CLAIRE, text="Important")
    await client("pin_chat_message", chat_id=CLAIRE, message_id=sent.message_id)
    pinned = (await claire.screen()).form["pinned"]

    await client("unpin_chat_message", chat_id=CLAIRE)

    assert (pinned, (await claire.screen()).form["pinned"]) == (True, False)


async def test_an_invoice_is_paid_once_the_bot_agrees(client, claire):
    invoice = await _invoice(client)

    outcome, (asked, paid) = await asyncio.gather(
        claire.pay(invoice.message_id), _answer_checkout(client, ok=True)
    )

    assert outcome == {"ok": True}
    shown = await claire.message(invoice.message_id)
    assert [[one.text for one in row] for row in shown.buttons] == [["Reçu"]]
    assert (asked.total_amount, asked.invoice_payload) == (2487, "facture:7")
    assert paid.message.successful_payment.invoice_payload == "facture:7"
    assert paid.message.successful_payment.telegram_payment_charge_id


async def test_a_payment_that_the_bot_refuses_moves_no_money(client, claire):
    invoice = await _invoice(client)

    outcome, (_, paid) = await asyncio.gather(
        claire.pay(invoice.message_id),
        _answer_checkout(client, ok=False, error_message="Déjà payée"),
    )

    assert outcome == {"ok": False, "error": "Déjà payée"}
    assert paid is None


async def _answer_checkout(client, **answer):
    """The bot's side: the question, and the update that follows when money moved."""
    [update] = await client("get_updates", timeout=5)
    query = update.pre_checkout_query
    await client("answer_pre_checkout_query", pre_checkout_query_id=query.id, **answer)
    wait = 5 if answer["ok"] else 0
    then = await client("get_updates", offset=update.update_id + 1, timeout=wait)
    for each in then:
        await client("get_updates", offset=each.update_id + 1)
    return query, then[0] if then else None


async def _invoice(client):
    return await client(
        "send_invoice",
        chat_id=CLAIRE,
        title="Facture",
        description="Novembre",
        payload="facture:7",
        currency="EUR",
        prices=[client.price("Cantine", 2000), client.price("Mercredi", 487)],
        provider_token="TEST:1",
    )


async def test_a_group_text_comes_from_the_group(client, claire):
    await claire.say_in_group("bonjour", -4001, "Parents", wait=False)

    joined, said = await client("get_updates")

    assert joined.my_chat_member.new_chat_member.status == "member"
    assert (said.message.chat.id, said.message.chat.title) == (-4001, "Parents")


async def test_a_group_that_the_bot_left_is_closed_to_it(client, claire):
    await claire.say_in_group("bonjour", -4001, wait=False)

    await client("leave_chat", chat_id=-4001)

    words = await client.refusal("send_message", chat_id=-4001, text="?")
    assert "not a member" in words


async def test_a_reply_shows_what_it_replies_to(client):
    first = await client("send_message", chat_id=CLAIRE, text="Question")

    reply = await client(
        "send_message", chat_id=CLAIRE, text="Réponse", reply_to_message_id=first.message_id
    )

    assert reply.reply_to_message.text == "Question"


async def test_a_stranger_is_not_found(client, playground):
    playground.add_person(1002, "Paul")

    never_wrote = await client.refusal("send_message", chat_id=1002, text="?")
    unknown = await client.refusal("send_message", chat_id=5, text="?")

    assert (never_wrote, unknown) == ("chat not found", "chat not found")


async def test_a_person_who_has_written_can_be_answered(client, playground):
    playground.add_person(1002, "Paul")
    await Parent(playground.url, 1002).say("bonjour", wait=False)

    message = await client("send_message", chat_id=1002, text="bonjour")

    assert message.chat.id == 1002
