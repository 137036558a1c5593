"""After "Changer" what is typed is a number of places, after a rank it is the reason.

Lost, it is asked for again. Which session asked, when, and about what are kept in the state.
"""

from aiogram.fsm.state import State, StatesGroup


class PlacesSteps(StatesGroup):
    capacity = State()
    reason = State()
