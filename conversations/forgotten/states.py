"""Identifier, then e-mail address, then a mail where both match (A7)."""

from aiogram.fsm.state import State, StatesGroup


class Forgotten(StatesGroup):
    identifier = State()
    address = State()
