"""The use cases of the agents' two daily screens (S3, S4)."""

from bot.nudging import Nudging
from bot.printing.tables import TableFiles
from bot.use_cases import Town
from domain.requests.deciding import DecideRequests
from domain.requests.reading import CountRequests, GatherRequests, ListOldest, ShowRequest
from domain.sheets.service import ReadSheet
from handlers.use_cases.desk import StaffRequests, StaffSheets


def for_requests(town: Town) -> StaffRequests:
    requests, catalogues = town.requests, town.catalogues
    posting = Nudging(requests, town.nudge)
    return StaffRequests(
        count=CountRequests(requests),
        list_oldest=ListOldest(requests, catalogues),
        show=ShowRequest(requests, catalogues),
        gather=GatherRequests(requests, catalogues),
        decide=DecideRequests(posting, catalogues, town.clock),
    )


def for_sheets(town: Town) -> StaffSheets:
    return StaffSheets(
        read=ReadSheet(town.sheets, town.catalogues, town.clock),
        print_paper=town.print_paper,
        write_table=TableFiles(town.clock).table,
    )
