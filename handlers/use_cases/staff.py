"""What the town's side asks of the domain (S): one field an area."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from domain.activities.model import StructureId
from domain.sessions.model import Ended
from domain.staff.devices import StaffDevice
from domain.staff.model import StaffIdentity, StaffSessionId
from handlers.use_cases.announcing import Announcing
from handlers.use_cases.desk import StaffRequests, StaffSheets
from handlers.use_cases.staff_desk import StaffAlerts, StaffImports
from handlers.use_cases.staff_families import StaffFamilies, StaffJournal, StaffNights
from handlers.use_cases.staff_places import StaffPlaces


class SetTables(Protocol):
    async def __call__(self, member: StaffIdentity, *, wanted: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class StaffAccess:
    """Getting in, and one's own access. The number is that of the Telegram user."""

    identify: Callable[[int], Awaitable[StaffIdentity | None]]
    open_invitation: Callable[[str, int], Awaitable[StaffIdentity]]
    list_devices: Callable[[StaffIdentity], Awaitable[tuple[StaffDevice, ...]]]
    end_device: Callable[[StaffIdentity, StaffSessionId], Awaitable[Ended]]
    show_structure: Callable[[StaffIdentity, StructureId], Awaitable[None]]
    set_locale: Callable[[StaffIdentity, str], Awaitable[None]]
    set_tables: SetTables


@dataclass(frozen=True, slots=True)
class StaffUseCases:
    access: StaffAccess
    places: StaffPlaces
    requests: StaffRequests
    sheets: StaffSheets
    families: StaffFamilies
    journal: StaffJournal
    nights: StaffNights
    announcing: Announcing
    alerts: StaffAlerts
    imports: StaffImports
