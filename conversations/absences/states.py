"""After "Ajouter un mot ou un justificatif" what is sent is that. Lost, it is asked for again.

Which session asked, when, and for whose day are kept in the state; what was sent never is.
"""

from aiogram.fsm.state import State, StatesGroup


class AbsenceSteps(StatesGroup):
    explain = State()
