"""After "Écrire la date" what is typed is the last day of that pattern (B18).

The pattern, who asked and when are kept; lost, the button asks again.
"""

from aiogram.fsm.state import State, StatesGroup


class PatternSteps(StatesGroup):
    until = State()
