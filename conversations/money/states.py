"""After "Filtres" of the consumptions, what is typed is looked for in that month. Lost, the month
is shown again.
"""

from aiogram.fsm.state import State, StatesGroup


class MoneySteps(StatesGroup):
    words = State()  # data: the address of what is shown
