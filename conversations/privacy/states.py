"""The password is asked again before data is given out or erased. It is never kept in the state;
which session asked, and when, is.
"""

from aiogram.fsm.state import State, StatesGroup


class PrivacySteps(StatesGroup):
    data = State()
    erasure = State()
