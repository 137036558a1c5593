"""After the house rules are ticked: the name, then the place, then the signature (A6).

The child, the name and the place are kept in the state; losing it costs two messages.
"""

from aiogram.fsm.state import State, StatesGroup


class Signing(StatesGroup):
    name = State()
    place = State()
