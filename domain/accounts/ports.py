from datetime import datetime
from typing import Protocol

from domain.accounts.model import Attempts, Credentials, Identity, Login, SessionId
from domain.activities.model import StructureId
from domain.families.model import Display, GuardianId


class Accounts(Protocol):
    def identity(self, telegram_user: int) -> Identity | None:
        """The live session of this Telegram user, in one round trip; None without one."""

    def credentials(self, identifier: str) -> Credentials | None:
        """Looked up by blind index; case and surrounding spaces do not matter."""

    def login(self, guardian: GuardianId) -> Login: ...

    def attempts(
        self, telegram_user: int | None, identifier: str | None, *, lock: bool = False
    ) -> tuple[Attempts, Attempts]:
        """Wrong passwords so far, by this Telegram user and for this identifier.

        ``lock``: nobody else reads them so until this unit ends. The user's comes first, always.
        """

    def count_failure(
        self, telegram_user: int | None, identifier: str | None, at: datetime
    ) -> None: ...

    def forget_failures(self, telegram_user: int | None, identifier: str | None) -> None: ...

    def knows_device(self, guardian: GuardianId, telegram_user: int) -> bool:
        """Whether they were connected there before; not after their access was erased."""

    def open_session(
        self, guardian: GuardianId, structure: StructureId, telegram_user: int, at: datetime
    ) -> None:
        """Ends whatever session this Telegram user had, opens one, makes sure of a draft."""

    def end_session(self, session: SessionId, at: datetime) -> None: ...

    def touch(self, session: SessionId, at: datetime) -> None: ...

    def structures(self, guardian: GuardianId) -> tuple[StructureId, ...]:
        """In key order."""

    def switch_structure(self, session: SessionId, structure: StructureId) -> None: ...

    def set_locale(self, guardian: GuardianId, locale: str) -> None: ...

    def set_display(self, guardian: GuardianId, display: Display) -> None: ...

    def replace_hash(self, guardian: GuardianId, password_hash: str) -> None: ...


class Passwords(Protocol):
    """Slow on purpose, so never on the event loop."""

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """With None, does the same work against a dummy hash and answers False."""

    async def hash(self, password: str) -> str: ...

    def outdated(self, password_hash: str) -> bool: ...
