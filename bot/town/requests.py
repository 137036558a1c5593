from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.requests.deciding import DecideRequests
from domain.requests.reading import CountRequests, GatherRequests, ListOldest, ShowRequest
from handlers.use_cases.desk import StaffRequests


def for_staff(town: Town) -> StaffRequests:
    requests, catalogues = town.requests, town.catalogues
    return StaffRequests(
        count=CountRequests(requests),
        list_oldest=ListOldest(requests, catalogues),
        show=ShowRequest(requests, catalogues, town.clock),
        gather=GatherRequests(requests, catalogues),
        decide=DecideRequests(Nudging(requests, town.nudge), catalogues, town.clock),
    )
