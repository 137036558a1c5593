"""What is read, agreed to and signed (A5, A6)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from conversations.printed import Printed
from domain.accounts.model import Identity
from domain.documents.model import ConsentState, DocumentId, Sheet
from domain.families.model import ChildId


class SignHouseRules(Protocol):
    async def __call__(
        self, who: Identity, child_id: ChildId, *, name: str, place: str, telegram_user: int
    ) -> Sheet: ...


@dataclass(frozen=True, slots=True)
class Documents:
    """A use case a field; ``print_paper`` makes the PDF."""

    list_consents: Callable[[Identity], Awaitable[tuple[ConsentState, ...]]]
    open_document: Callable[[Identity, DocumentId], Awaitable[ConsentState]]
    give_consent: Callable[[Identity, DocumentId, int], Awaitable[None]]
    list_sheets: Callable[[Identity], Awaitable[tuple[Sheet, ...]]]
    sign_house_rules: SignHouseRules
    print_paper: Callable[[Printed], Awaitable[bytes]]
