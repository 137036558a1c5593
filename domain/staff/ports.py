from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.accounts.model import Attempts
from domain.activities.model import StructureId
from domain.audit.ports import AuditLog
from domain.staff.devices import StaffDevice
from domain.staff.invitations import Member
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId


class StaffTx(AuditLog, Protocol):
    """Who works for the town, their invitations and their sessions."""

    def identity(self, telegram_user: int) -> StaffIdentity | None:
        """In one statement. Of a live session, of somebody who still works for a structure."""

    # -- who works here --------------------------------------------------------------------
    def members(self) -> tuple[Member, ...]:
        """All there ever were, by id."""

    def structures(self) -> tuple[StructureId, ...]:
        """Those of the town, by id."""

    def add_member(self, name: str, role: Role, locale: str, at: datetime) -> StaffId: ...

    def set_role(self, member: StaffId, role: Role, structures: Iterable[StructureId]) -> None: ...

    def disable(self, member: StaffId, at: datetime) -> None:
        """Ends their sessions and revokes their invitations."""

    # -- invitations -----------------------------------------------------------------------
    def issue(self, member: StaffId, token: str, *, at: datetime, until: datetime) -> None:
        """Revokes those of before."""

    def use(self, token: str, at: datetime) -> StaffId | None:
        """The guard is the statement: of two at once, one gets in."""

    def attempts(
        self, telegram_user: int | None, identifier: str | None, *, lock: bool = False
    ) -> tuple[Attempts, Attempts]: ...

    def count_failure(
        self, telegram_user: int | None, identifier: str | None, at: datetime
    ) -> None: ...

    def forget_failures(self, telegram_user: int | None, identifier: str | None) -> None: ...

    # -- sessions --------------------------------------------------------------------------
    def open_session(self, member: StaffId, telegram_user: int, at: datetime) -> None:
        """Ends the agent's session of before in this chat, whosever it was."""

    def sessions(self, member: StaffId) -> tuple[StaffDevice, ...]:
        """The live ones, last seen first."""

    def end_session(self, member: StaffId, session: StaffSessionId, at: datetime) -> int | None:
        """Answers the chat; None for a session that is not theirs. Again, it changes nothing."""

    def take_messages(self, session: StaffSessionId, since: datetime) -> tuple[int, ...]:
        """Those sent from ``since`` on, in order; all of this session's are forgotten."""

    def touch(self, session: StaffSessionId, at: datetime) -> None: ...

    def show_structure(self, session: StaffSessionId, structure: StructureId) -> None: ...

    def set_locale(self, member: StaffId, locale: str) -> None: ...

    def set_tables(self, member: StaffId, *, wanted: bool) -> None: ...
