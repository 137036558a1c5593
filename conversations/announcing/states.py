from aiogram.fsm.state import State, StatesGroup


class AnnouncingSteps(StatesGroup):
    words = State()  # what is typed or sent is the announcement's
