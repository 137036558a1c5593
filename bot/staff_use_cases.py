"""The use cases of the town's agents, over the same parts as the parents'."""

from datetime import timedelta

from bot.desk_use_cases import for_requests, for_sheets
from bot.nudging import Nudging
from bot.use_cases import Town
from domain.places.reading import ListPlaces, ShowDayOfPlaces, ShowMonthOfPlaces, ShowQueue
from domain.places.service import (
    CloseActivityDay,
    MoveInQueue,
    PreviewCapacity,
    PreviewClosing,
    ReopenDay,
    SetCapacity,
)
from domain.staff.service import (
    IDLE,
    EndStaffDevice,
    IdentifyStaff,
    ListStaffDevices,
    OpenInvitation,
    SetStaffLocale,
    SetStaffTables,
    ShowStructure,
)
from handlers.use_cases.staff import StaffAccess, StaffUseCases
from handlers.use_cases.staff_places import StaffPlaces


def for_staff(town: Town, *, idle: timedelta = IDLE) -> StaffUseCases:
    """``idle``: an agent's session that was not used for so long ends."""
    return StaffUseCases(
        access=_access(town, idle),
        places=_places(town),
        requests=for_requests(town),
        sheets=for_sheets(town),
    )


def _access(town: Town, idle: timedelta) -> StaffAccess:
    staff, clock = town.staff, town.clock
    return StaffAccess(
        identify=IdentifyStaff(staff, clock, idle),
        open_invitation=OpenInvitation(staff, clock),
        list_devices=ListStaffDevices(staff),
        end_device=EndStaffDevice(staff, clock),
        show_structure=ShowStructure(staff),
        set_locale=SetStaffLocale(staff),
        set_tables=SetStaffTables(staff),
    )


def _places(town: Town) -> StaffPlaces:
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
