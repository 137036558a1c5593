from bot.printing.tables import TableFiles
from bot.town.parts import Town
from domain.journal.service import ShowJournal, TakeJournal
from handlers.use_cases.staff_families import StaffJournal


def for_staff(town: Town) -> StaffJournal:
    return StaffJournal(
        show_journal=ShowJournal(town.journal, town.clock),
        take_journal=TakeJournal(town.journal, town.clock),
        write_log=TableFiles(town.clock).table,
    )
