"""Everything that the town's agents may ask (S)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.town import (
    alerts,
    announcements,
    families,
    imports,
    journal,
    nights,
    places,
    requests,
    sheets,
)
from bot.town.families import PrintLetter
from bot.town.parts import Town
from domain.reports.by_hand import NightHours
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
from handlers.use_cases.staff_desk import Beside, Fetch


def for_staff(
    town: Town,
    *,
    print_letter: PrintLetter,
    hours: NightHours,
    fetch: Fetch,
    beside: Beside,
    wake: Callable[[], object],
    download: Callable[[str], Awaitable[bytes]],
    idle: timedelta = IDLE,
) -> StaffUseCases:
    """``idle``: an agent's session that was not used for so long ends."""
    return StaffUseCases(
        access=_access(town, idle),
        places=places.for_staff(town),
        requests=requests.for_staff(town),
        sheets=sheets.for_staff(town),
        families=families.for_staff(town, print_letter),
        journal=journal.for_staff(town),
        nights=nights.for_staff(town, hours),
        announcing=announcements.for_staff(town, wake, download),
        alerts=alerts.for_staff(town),
        imports=imports.for_staff(town, fetch, beside),
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
