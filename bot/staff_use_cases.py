"""The use cases of the town's agents, over the same parts as the parents'."""

from datetime import timedelta

from bot.use_cases import Town
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
from handlers.use_cases.announcing import Announcing
from handlers.use_cases.staff import StaffAccess, StaffUseCases


def for_staff(town: Town, *, announcing: Announcing, idle: timedelta = IDLE) -> StaffUseCases:
    """``idle``: an agent's session that was not used for so long ends."""
    return StaffUseCases(access=_access(town, idle), announcing=announcing)


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
