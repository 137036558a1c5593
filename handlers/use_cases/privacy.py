"""What is kept, given out and erased (A12)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.accounts.model import Identity
from domain.privacy.model import Erased, PersonalData


class EndExport(Protocol):
    async def __call__(self, who: Identity, *, sent: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Privacy:
    """A use case a field; ``pack`` makes a ZIP of files, by name."""

    begin_export: Callable[[Identity], Awaitable[None]]
    gather_data: Callable[[Identity], Awaitable[PersonalData]]
    end_export: EndExport
    pack: Callable[[Mapping[str, bytes]], Awaitable[bytes]]
    erase_me: Callable[[Identity], Awaitable[Erased]]
