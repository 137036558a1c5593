"""After "Filtres" of the consumptions, what is typed is looked for in that month. Lost, the month
is shown again. After a date of the balance another one is typed.
"""

from aiogram.fsm.state import State, StatesGroup


class MoneySteps(StatesGroup):
    until = State()  # the last day that the balance counts; data: what was asked
    words = State()  # data: the address of what is shown
