"""Taps as Telegram sends them: the pressed message comes with its whole keyboard."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from benchmarks.towns import FIRST_DAY, NOW, Town, user
from bot.locales import load
from conversations.booking import month
from conversations.booking.routes import MarkDay
from conversations.screen import Screen
from domain.bookings.views import MonthView

MONTH_DAYS = 31
BUTTONS = 56  # at least: 8 columns, 5 weeks, and what is above and below
Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tap:
    parent: int
    day: date
    wanted: bool


def taps(parents: int) -> Iterator[Tap]:
    """For ever: every parent books the 1st, then the 2nd... and then takes all of them back.

    So each tap changes a line of the draft, whichever came before.
    """
    wanted = True
    while True:
        for n in range(MONTH_DAYS):
            for parent in range(parents):
                yield Tap(parent, FIRST_DAY + timedelta(days=n), wanted)
        wanted = not wanted


def rendered(view: MonthView) -> Screen:
    """The month as our bot draws it: what the stock handler draws too."""
    screen = month.screen(view, load()("fr"))
    assert sum(map(len, screen.rows)) >= BUTTONS
    return screen


def keyboard(screen: Screen) -> list[list[dict[str, str]]]:
    return [
        [_plain(button.text, button.data, button.style) for button in row] for row in screen.rows
    ]


def message(screen: Screen, chat: int) -> Raw:
    return {
        "message_id": 10,
        "date": int(NOW.timestamp()),
        "chat": {"id": chat, "type": "private", "first_name": "Anne"},
        "from": {"id": 42, "is_bot": True, "first_name": "Cartable", "username": "cartable_bot"},
        "text": screen.text,
        "edit_date": int(NOW.timestamp()),
        "reply_markup": {"inline_keyboard": keyboard(screen)},
    }


def update(number: int, tap: Tap, town: Town, screen: Screen) -> Raw:
    chat = user(tap.parent)
    child, activity = town.child(tap.parent).id, town.activities[0]
    return {
        "update_id": number,
        "callback_query": {
            "id": str(number),
            "from": {"id": chat, "is_bot": False, "first_name": "Anne", "language_code": "fr"},
            "chat_instance": "1",
            "message": message(screen, chat),
            "data": MarkDay.data(child, activity, tap.day, wanted=tap.wanted),
        },
    }


def edited(screen: Screen) -> bytes:
    """What Telegram answers to editMessageText."""
    result = message(screen, user(0))
    return json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode()


def _plain(text: str, data: str | None, style: str | None) -> dict[str, str]:
    plain = {"text": text, "callback_data": data or "-"}
    return plain if style is None else {**plain, "style": style}
