"""After the house rules are ticked: the name, then the place, then the signature (A6).

The child, the name and the place are kept in the state, for the session that typed them and for a
while; losing them costs two messages.
"""

from aiogram.fsm.state import State, StatesGroup


class Signing(StatesGroup):
    name = State()
    place = State()
