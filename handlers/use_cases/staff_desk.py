"""What waits for the town's agents, and their import."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from conversations.tables import Format, Table
from conversations.texts import Texts
from domain.alerts.model import AlertId
from domain.alerts.service import AlertsView, AlertView
from domain.families.model import FamilyId, Wallet, WalletId
from domain.families.sheets import FamilySheet
from domain.imports.by_agent import Checked
from domain.imports.model import Outcome
from domain.imports.ports import Progress
from domain.staff.model import StaffIdentity


@dataclass(frozen=True, slots=True)
class StaffAlerts:
    count: Callable[[StaffIdentity], Awaitable[int]]
    list_alerts: Callable[[StaffIdentity, int], Awaitable[AlertsView]]
    show_alert: Callable[[StaffIdentity, AlertId], Awaitable[AlertView]]
    settle: Callable[[StaffIdentity, AlertId], Awaitable[None]]
    settle_stray: Callable[[StaffIdentity, AlertId, WalletId | None], Awaitable[None]]
    find_family: Callable[[StaffIdentity, AlertId, str], Awaitable[FamilySheet]]
    name_wallet: Callable[
        [StaffIdentity, AlertId, FamilyId, WalletId], Awaitable[tuple[FamilySheet, Wallet]]
    ]


class Fetch(Protocol):
    async def __call__(self, file_id: str) -> bytes:
        """What was sent to the bot. Raises NotReceived, TooBig."""


Beside = Callable[[Coroutine[Any, Any, None], str], object]


class Check(Protocol):
    async def __call__(
        self, member: StaffIdentity, name: str, content: bytes, progress: Progress
    ) -> Checked: ...


class Write(Protocol):
    async def __call__(
        self,
        member: StaffIdentity,
        name: str,
        content: bytes,
        progress: Progress,
        *,
        checksum: str,
    ) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class StaffImports:
    """``fetch`` by the number that Telegram gave the file; ``beside`` runs what must not keep
    updates waiting.
    """

    fetch: Fetch
    beside: Beside
    check: Check
    write: Write
    write_template: Callable[[Texts], Awaitable[bytes]]
    write_table: Callable[[Table, Format], Awaitable[bytes]]
