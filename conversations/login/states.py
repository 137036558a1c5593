"""Identifier, then password, then in; a wrong pair leads back to the identifier (A2).

Losing the state costs nothing: the parent presses "Se connecter" again. The identifier may be
kept in it, the password never.
"""

from aiogram.fsm.state import State, StatesGroup


class Login(StatesGroup):
    identifier = State()
    password = State()
