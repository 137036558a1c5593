"""The driver, with a small bot of aiogram's that acknowledges after its handlers."""

import asyncio
from contextlib import suppress

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.playground.tasks import Tasks
from tests.driver import Parent, Refusal
from tests.playground.scene import CLAIRE


def keyboard(*labels):
    buttons = [InlineKeyboardButton(text=label, callback_data=label) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[buttons])


async def greet(message: Message) -> None:
    await message.answer(f"Bonjour {message.text}", reply_markup=keyboard("Plus", "Fin"))


async def count(query: CallbackQuery) -> None:
    await query.answer(f"{query.data} !", show_alert=True)
    if query.data != "Fin":
        await query.message.edit_text(query.message.text + "+", reply_markup=keyboard("Plus"))


@pytest.fixture
async def bot(playground):
    session = AiohttpSession(api=TelegramAPIServer.from_base(playground.url))
    bot = Bot(playground.token, session=session)
    dispatcher = Dispatcher()
    dispatcher.message.register(greet)
    dispatcher.callback_query.register(count)
    tasks = Tasks()
    polling = dispatcher.start_polling(
        bot, handle_signals=False, handle_as_tasks=False, close_bot_session=False
    )
    tasks.spawn(polling, "polling")
    yield bot
    await tasks.stop()
    with suppress(AttributeError):
        await session._session.close()


async def test_an_act_comes_back_when_the_bot_is_done(bot, claire):
    await claire.say("Claire")

    screen = await claire.screen()
    assert (screen.text, screen.rows) == ("Bonjour Claire", [["Plus", "Fin"]])
    assert screen.button("Plus").data == "Plus"


async def test_a_press_brings_the_bots_answer(bot, claire):
    await claire.say("Claire")

    answer = await claire.press("Plus")

    assert (answer.text, answer.show_alert) == ("Plus !", True)
    assert (await claire.screen()).text == "Bonjour Claire+"


async def test_many_presses_in_a_row_are_all_dealt_with(bot, claire):
    await claire.say("Claire")

    for _ in range(10):
        await claire.press("Plus", wait=False)

    assert len(await claire.messages()) == 2
    assert (await claire.screen()).edited


async def test_what_comes_by_itself_is_waited_for(bot, claire):
    await claire.say("Claire")

    message, _ = await asyncio.gather(
        claire.until(lambda shown: "libérée" in shown.text),
        bot.send_message(CLAIRE, "Une place s’est libérée"),
    )

    assert message.by_bot


async def test_a_change_that_came_before_is_found_as_well(bot, claire):
    await bot.send_message(CLAIRE, "Une place s’est libérée")

    assert await claire.until(lambda shown: "libérée" in shown.text)


async def test_what_never_comes_fails_with_words(playground):
    impatient = Parent(playground.url, CLAIRE, patience=0.1)

    with pytest.raises(AssertionError, match="nothing as wanted"):
        await impatient.until(lambda shown: True)


async def test_a_bot_that_does_not_answer_fails_with_the_transcript(playground):
    impatient = Parent(playground.url, CLAIRE, patience=0.1)

    with pytest.raises(AssertionError, match="Claire: allô"):
        await impatient.say("allô")


async def test_a_button_that_is_not_there_cannot_be_pressed(claire):
    with pytest.raises(Refusal, match="There is no button"):
        await claire.press("Valider")
