"""After "Importer des données" a file is waited for, and what was checked is kept."""

from aiogram.fsm.state import State, StatesGroup


class ImportSteps(StatesGroup):
    file = State()
