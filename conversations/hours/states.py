"""Typing an hour instead of pressing it (B6)."""

from aiogram.fsm.state import State, StatesGroup


class HoursSteps(StatesGroup):
    arrival = State()  # or both: "7h35 - 16h30"
    departure = State()
