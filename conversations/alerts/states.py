"""After "Créditer une famille" what is typed says which one."""

from aiogram.fsm.state import State, StatesGroup


class AlertSteps(StatesGroup):
    family = State()
