"""After "Écrire un autre motif" what is sent is the reason. Lost, it is asked for again.

Which requests are gathered or ticked is kept in the state as well, by their numbers.
"""

from aiogram.fsm.state import State, StatesGroup


class RequestSteps(StatesGroup):
    reason = State()
