"""A stage for handlers: raw updates in, what the chat was told out; the domain is played."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.fsm.storage.memory import MemoryStorage, SimpleEventIsolation

from conversations.screen import Document, Screen
from domain.accounts.errors import WrongCredentials
from domain.activities.model import ActivityId
from domain.bookings.errors import EmptyDraft
from domain.bookings.views import ActivityChoice, FollowUpView, MonthView
from domain.choices.model import Choices
from domain.errors import NotFound
from domain.families.model import Display
from domain.home.model import HomeView, ToDo
from domain.payments.model import Paid
from domain.sessions.model import Ended
from handlers.build import build
from handlers.use_cases import UseCases
from handlers.use_cases.absences import Absences
from handlers.use_cases.access import Access
from handlers.use_cases.copying import Copying
from handlers.use_cases.desk import StaffRequests, StaffSheets
from handlers.use_cases.documents import Documents
from handlers.use_cases.followup import Following
from handlers.use_cases.hours import ChoosingHours
from handlers.use_cases.money import Money
from handlers.use_cases.overview import Overview
from handlers.use_cases.pattern import Patterns
from handlers.use_cases.payments import Payments
from handlers.use_cases.privacy import Privacy
from handlers.use_cases.profile import Profile
from handlers.use_cases.reminders import Reminders
from handlers.use_cases.staff import StaffAccess, StaffUseCases
from handlers.use_cases.staff_desk import StaffAlerts, StaffImports
from handlers.use_cases.staff_families import StaffFamilies, StaffJournal, StaffNights
from handlers.use_cases.staff_places import StaffPlaces
from tests import builders
from tests.plain_spaces import load_plain

PARENT, STRANGER = 7, 8
STAFF_GROUPS = {
    "places": StaffPlaces,
    "requests": StaffRequests,
    "sheets": StaffSheets,
    "families": StaffFamilies,
    "journal": StaffJournal,
    "nights": StaffNights,
    "alerts": StaffAlerts,
    "imports": StaffImports,
}


@dataclass
class Told:
    """One call on the wire."""

    what: str
    chat: int | None = None
    screen: Screen | None = None
    message: int | None = None
    document: Document | None = None
    messages: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return self.screen.text if self.screen else ""

    def data(self, label: str) -> str:
        """Of the first button whose text starts so."""
        buttons = [button for row in self.screen.rows for button in row]
        return next(b.data for b in buttons if b.text.startswith(label))


@dataclass
class Wire:
    told: list[Told] = field(default_factory=list)
    fails: dict[str, Exception] = field(default_factory=dict)
    deletes: bool = True

    async def send(self, chat_id: int, screen: Screen) -> int:
        self._note(Told("send", chat_id, screen))
        return 100 + len(self.told)

    async def send_document(self, chat_id: int, document: Document) -> int:
        self._note(Told("send_document", chat_id, document=document))
        return 100 + len(self.told)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        self._note(Told("edit", chat_id, screen, message_id))

    async def answer(self, callback_id: str, text: str | None = None, *, alert: bool = False):
        self._note(Told("answer"))

    async def delete(self, chat_id: int, message_id: int) -> bool:
        self._note(Told("delete", chat_id, message=message_id))
        return self.deletes

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> None:
        self._note(Told("delete_many", chat_id, messages=tuple(message_ids)))

    def _note(self, told: Told) -> None:
        self.told.append(told)
        if told.what in self.fails:
            raise self.fails.pop(told.what)


class CountedStorage(MemoryStorage):
    """Counts what a tap would cost in round trips."""

    def __init__(self) -> None:
        super().__init__()
        self.trips = 0

    async def get_state(self, key):
        self.trips += 1
        return await super().get_state(key)

    async def set_state(self, key, state=None):
        self.trips += 1
        await super().set_state(key, state)

    async def set_data(self, key, data):
        self.trips += 1
        await super().set_data(key, data)


@dataclass
class Domain:
    """Use cases as recorded answers; ``asked`` is what came."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    sessions: dict[int, Any] = field(default_factory=dict)
    agents: dict[int, Any] = field(default_factory=dict)
    passwords: dict[tuple[str, str], Any] = field(default_factory=dict)

    def use_cases(self) -> UseCases:
        groups = {"access": Access, "documents": Documents, "profile": Profile, "privacy": Privacy}
        groups |= {
            "overview": Overview,
            "hours": ChoosingHours,
            "patterns": Patterns,
            "money": Money,
            "payments": Payments,
        }
        groups |= {"copying": Copying, "following": Following}
        groups |= {"absences": Absences, "reminders": Reminders}
        played = {"identify": self.identify, "log_in": self.log_in}
        played |= {name: group(**self._all_of(group)) for name, group in groups.items()}
        return UseCases(**(self._all_of(UseCases) | played))

    def staff(self) -> StaffUseCases:
        """Nobody is an agent here, but who is put into ``agents``."""
        access = self._all_of(StaffAccess) | {"identify": self.identify_agent}
        played = {"access": StaffAccess(**access)}
        played |= {name: group(**self._all_of(group)) for name, group in STAFF_GROUPS.items()}
        return StaffUseCases(**(self._all_of(StaffUseCases) | played))

    async def identify_agent(self, telegram_user: int) -> Any:
        return self.agents.get(telegram_user)

    def _all_of(self, group: type) -> dict[str, Any]:
        return {name: self._recorded(name) for name in group.__slots__}

    async def identify(self, telegram_user: int) -> Any:
        found = self.sessions.get(telegram_user)
        if isinstance(found, Exception):
            raise found
        return found

    async def log_in(self, identifier: str, password: str, telegram_user: int) -> Any:
        self.asked.append(("log_in", identifier, password))
        if (identifier, password) not in self.passwords:
            raise WrongCredentials
        self.sessions[telegram_user] = self.passwords[identifier, password]
        return self.sessions[telegram_user]

    def _recorded(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def use_case(*args: object, **kwargs: object) -> Any:
            self.asked.append((name, *args[1:], *kwargs.values()))
            answer = self.answers.get(name)
            if isinstance(answer, Exception):
                raise answer
            return answer(*args, **kwargs) if callable(answer) else answer

        return use_case


class Stage:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.domain, self.wire, self.storage = Domain(), Wire(), CountedStorage()
        self.parent = builders.identity(1, 1, 2)
        self.domain.sessions[PARENT] = self.parent
        self.domain.passwords["anne", "secret"] = self.parent
        catalogue = builders.catalogue()
        self.month = MonthView(
            child=self.parent.children[0],
            activity=builders.activity(),
            structure=catalogue.structures[builders.TOWN],
            first=builders.DAY.replace(day=1),
            days=(),
            drafted=0,
        )
        self.kept_payments: list[Paid] = []
        self.domain.answers = {
            "show_recap": EmptyDraft(),
            "show_home": HomeView((catalogue.structures[builders.TOWN],), (), 0, ToDo()),
            "log_out": Ended(PARENT),
            "show_choices": Choices(Display.CLASSIC),
            "list_structures": (catalogue.structures[builders.TOWN],),
            "mark_days": self._known_child,
            "show_month": self._known_child,
            "list_activities": (ActivityChoice(builders.activity(), 0, date(2026, 12, 1)),),
            "show_follow_up": FollowUpView((), 1, 1, 0),
        }
        self._bot = Bot("42:TEST")
        self._dispatcher = Dispatcher(disable_fsm=True)
        self._dispatcher.include_router(
            build(
                use_cases=self.domain.use_cases(),
                staff=self.domain.staff(),
                wire=self.wire,
                texts=load_plain(),
                catalogues=self._catalogues(catalogue),
                clock=lambda: self.now,
                fsm_storage=self.storage,
                isolation=SimpleEventIsolation(),
                keep_payment=self.kept_payments.append,
            )
        )

    async def press(
        self, data: str | None, *, user: int = PARENT, chat: int | None = None
    ) -> None:
        message = self._message(user, chat, text="-") | {"message_id": 1}
        query = {"id": "1", "from": self._user(user), "chat_instance": "1"}
        await self.feed(callback_query=query | {"data": data, "message": message})

    async def say(self, text: str | None, *, user: int = PARENT, **content: Any) -> None:
        said = content if text is None else {"text": text} | content
        if text is not None and text.startswith("/"):
            length = len(text.split()[0])
            said |= {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
        await self.feed(message=self._message(user, **said))

    async def feed(self, **update: Any) -> None:
        await self._dispatcher.feed_raw_update(self._bot, {"update_id": 1, **update})

    @property
    def shown(self) -> Told:
        """The last screen."""
        return [told for told in self.wire.told if told.screen is not None][-1]

    @property
    def routers(self) -> list[Router]:
        return list(self._dispatcher.chain_tail)

    @property
    def calls(self) -> list[str]:
        return [told.what for told in self.wire.told]

    def _known_child(self, who, child_id, activity_id, *_, **__) -> MonthView:
        child = who.child(child_id)
        if child is None or activity_id != ActivityId(1):
            raise NotFound
        return replace(self.month, child=child)

    def _message(self, user: int, chat: int | None = None, **content: Any) -> dict[str, Any]:
        place = {"id": chat or user, "type": "group" if chat else "private", "title": "Groupe"}
        head = {"message_id": 50, "date": 0, "chat": place, "from": self._user(user)}
        return head | content

    def _user(self, user: int) -> dict[str, Any]:
        return {"id": user, "is_bot": False, "first_name": "Anne", "language_code": "fr"}

    def _catalogues(self, catalogue):
        async def catalogues(version: int | None = None):
            return catalogue

        return catalogues
