from bot.town.parts import Town
from domain.reminders.answering import BookAsUsual, SilenceReminder
from domain.reminders.service import RemindDeadlines
from handlers.use_cases.reminders import Reminders


def for_parents(town: Town) -> Reminders:
    return Reminders(
        book_as_usual=BookAsUsual(town.reminders, town.catalogues, town.clock),
        silence_reminder=SilenceReminder(town.reminders, town.clock),
    )


def remind_deadlines(town: Town) -> RemindDeadlines:
    return RemindDeadlines(town.reminders, town.catalogues, town.clock)
