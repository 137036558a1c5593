from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.places.reading import ListPlaces, ShowDayOfPlaces, ShowMonthOfPlaces, ShowQueue
from domain.places.service import (
    CloseActivityDay,
    MoveInQueue,
    PreviewCapacity,
    PreviewClosing,
    ReopenDay,
    SetCapacity,
)
from handlers.use_cases.staff_places import StaffPlaces


def for_staff(town: Town) -> StaffPlaces:
    parts = Nudging(town.places, town.nudge), town.catalogues, town.clock
    return StaffPlaces(
        list_places=ListPlaces(town.catalogues),
        show_month=ShowMonthOfPlaces(*parts),
        show_day=ShowDayOfPlaces(*parts),
        show_queue=ShowQueue(*parts[:2]),
        preview_capacity=PreviewCapacity(*parts),
        set_capacity=SetCapacity(*parts),
        preview_closing=PreviewClosing(*parts),
        close_day=CloseActivityDay(*parts),
        reopen_day=ReopenDay(*parts),
        move=MoveInQueue(*parts),
    )
