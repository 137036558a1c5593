"""After "Autre montant", an amount is typed. Lost, the screen asks again."""

from aiogram.fsm.state import State, StatesGroup


class PayingSteps(StatesGroup):
    amount = State()  # data: the wallet, since when, by which session
