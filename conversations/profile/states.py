"""Password, then the list of addresses, then a code for each new one (H3).

Neither the password nor a code is kept in the state; that the password was given is, with the
instant, so that an unlocked phone left on a table does not stay unlocked.
"""

from aiogram.fsm.state import State, StatesGroup


class EmailSteps(StatesGroup):
    password = State()
    addresses = State()
    code = State()
