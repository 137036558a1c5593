from bot.printing.tables import TableFiles
from bot.town.parts import Town
from domain.sheets.service import ReadSheet
from handlers.use_cases.desk import StaffSheets


def for_staff(town: Town) -> StaffSheets:
    return StaffSheets(
        read=ReadSheet(town.sheets, town.catalogues, town.clock),
        print_paper=town.print_paper,
        write_table=TableFiles(town.clock).table,
    )
