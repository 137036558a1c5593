"""After "Familles" what is typed is looked for, again and again, until another screen."""

from aiogram.fsm.state import State, StatesGroup


class FamilySteps(StatesGroup):
    words = State()
