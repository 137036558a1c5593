"""The password of today where somebody is connected, a new one, the same again (A4, H3).

With the town's temporary password the first step falls away: whoever is held there has just
logged in, and what they type is the new one, even when the state was lost. No password is kept in
a state: that the old one was given is, with the instant; between the two times the database holds
a hash.
"""

from aiogram.fsm.state import State, StatesGroup


class PasswordSteps(StatesGroup):
    old = State()
    new = State()
    again = State()


class LinkSteps(StatesGroup):
    """By the link of a mail; the state's data holds its number, which lets nobody in (A7)."""

    new = State()
    again = State()
