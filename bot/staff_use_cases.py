"""The use cases of the town's agents, over the same parts as the parents'."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.desk_use_cases import for_requests, for_sheets
from bot.importing import template
from bot.nudging import Nudging
from bot.printing.tables import TableFiles
from bot.use_cases import Town
from domain.accounts.inviting import Invite, Letter, Unlock
from domain.alerts.service import (
    CountAlerts,
    FindFamily,
    ListAlerts,
    NameWallet,
    SettleAlert,
    SettleStrayAlert,
    ShowAlert,
)
from domain.families.service import (
    ListUnreachable,
    NameForLetter,
    SearchFamilies,
    ShowFamily,
    UnlockGuardian,
    WriteLetter,
)
from domain.imports.by_agent import CheckDocument, WriteDocument
from domain.journal.service import ShowJournal, TakeJournal
from domain.payments.settling import SettleStray
from domain.places.reading import ListPlaces, ShowDayOfPlaces, ShowMonthOfPlaces, ShowQueue
from domain.places.service import (
    CloseActivityDay,
    MoveInQueue,
    PreviewCapacity,
    PreviewClosing,
    ReopenDay,
    SetCapacity,
)
from domain.reports.by_hand import NightHours, RunNightNow, ShowNights
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
from handlers.use_cases.staff_desk import Beside, Fetch, StaffAlerts, StaffImports
from handlers.use_cases.staff_families import StaffFamilies, StaffJournal, StaffNights
from handlers.use_cases.staff_places import StaffPlaces

PrintLetter = Callable[[Letter], Awaitable[bytes]]


def for_staff(
    town: Town,
    paper: PrintLetter,
    hours: NightHours,
    fetch: Fetch,
    beside: Beside,
    *,
    announcing: Announcing,
    idle: timedelta = IDLE,
) -> StaffUseCases:
    """``idle``: an agent's session that was not used for so long ends."""
    return StaffUseCases(
        access=_access(town, idle),
        places=_places(town),
        requests=for_requests(town),
        sheets=for_sheets(town),
        families=_families(town, paper),
        journal=_journal(town),
        nights=_nights(town, hours),
        announcing=announcing,
        alerts=_alerts(town),
        imports=_imports(town, fetch, beside),
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


def _families(town: Town, paper: PrintLetter) -> StaffFamilies:
    families, clock = town.households, town.clock
    access = Nudging(town.access, town.nudge)
    return StaffFamilies(
        search=SearchFamilies(families, clock),
        list_unreachable=ListUnreachable(families, clock),
        show_family=ShowFamily(families, clock),
        name_for_letter=NameForLetter(families),
        write_letter=WriteLetter(families, Invite(access, town.passwords, clock)),
        unlock=UnlockGuardian(families, Unlock(access, clock)),
        print_letter=paper,
    )


def _journal(town: Town) -> StaffJournal:
    return StaffJournal(
        show_journal=ShowJournal(town.journal, town.clock),
        take_journal=TakeJournal(town.journal, town.clock),
        write_log=TableFiles(town.clock).table,
    )


def _nights(town: Town, hours: NightHours) -> StaffNights:
    past = Nudging(town.nights, town.nudge)  # reports were queued when it writes
    return StaffNights(
        show_nights=ShowNights(town.nights, town.jobs, town.catalogues, town.clock, hours),
        run_night=RunNightNow(
            past, town.jobs, town.catalogues, town.run_night(), town.clock, hours
        ),
    )


def _alerts(town: Town) -> StaffAlerts:
    alerts, clock = town.alerts, town.clock
    find = FindFamily(alerts, town.households, clock)
    return StaffAlerts(
        count=CountAlerts(alerts),
        list_alerts=ListAlerts(alerts),
        show_alert=ShowAlert(alerts),
        settle=SettleAlert(alerts, clock),
        settle_stray=SettleStrayAlert(alerts, SettleStray(town.payments, town.catalogues, clock)),
        find_family=find,
        name_wallet=NameWallet(find),
    )


def _imports(town: Town, fetch: Fetch, beside: Beside) -> StaffImports:
    import_document = town.import_document()
    return StaffImports(
        fetch=fetch,
        beside=beside,
        check=CheckDocument(import_document),
        write=WriteDocument(import_document),
        write_template=template,
        write_table=TableFiles(town.clock).table,
    )
