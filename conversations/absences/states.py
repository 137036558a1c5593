"""After "Ajouter un mot ou un justificatif" what is sent is that. Lost, it is asked for again.

Who has just declared an absence often sends the paper at once: it is taken, and words are not,
since they may be meant for something else.

Which session asked, when, and for whose day are kept in the state; what was sent never is.
"""

from aiogram.fsm.state import State, StatesGroup


class AbsenceSteps(StatesGroup):
    explain = State()
    declared = State()
