"""What the handlers ask of the domain, by shape: any use case or fake of that shape will do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.accounts.model import Identity
from domain.activities.model import ActivityId
from domain.bookings.model import Booking, BookingId, Receipt, Slot, Span
from domain.bookings.views import (
    ActivityChoice,
    DetailsView,
    FollowUpView,
    MonthView,
    RecapView,
)
from domain.families.model import ChildId
from domain.sessions.model import Ended
from handlers.use_cases.absences import Absences
from handlers.use_cases.access import Access
from handlers.use_cases.copying import Copying
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


class MarkDays(Protocol):
    async def __call__(
        self,
        who: Identity,
        child_id: ChildId,
        activity_id: ActivityId,
        span: Span,
        *,
        wanted: bool,
    ) -> MonthView: ...


class LinkSiblings(Protocol):
    async def __call__(self, who: Identity, *, wanted: bool) -> None: ...


class AnswerOffer(Protocol):
    async def __call__(self, who: Identity, booking_id: BookingId, *, accept: bool) -> Booking: ...


@dataclass(frozen=True, slots=True)
class UseCases:
    identify: Callable[[int], Awaitable[Identity | None]]
    log_in: Callable[[str, str, int], Awaitable[Identity]]
    log_out: Callable[[Identity], Awaitable[Ended]]
    set_locale: Callable[[Identity, str], Awaitable[None]]
    list_activities: Callable[[Identity, ChildId], Awaitable[tuple[ActivityChoice, ...]]]
    show_month: Callable[[Identity, ChildId, ActivityId, date], Awaitable[MonthView]]
    mark_days: MarkDays
    show_details: Callable[[Identity, ChildId, ActivityId, date], Awaitable[DetailsView]]
    show_recap: Callable[[Identity], Awaitable[RecapView]]
    undo_line: Callable[[Identity, Slot], Awaitable[None]]
    clear_draft: Callable[[Identity], Awaitable[None]]
    confirm: Callable[[Identity, int, str], Awaitable[Receipt]]
    show_follow_up: Callable[[Identity, int], Awaitable[FollowUpView]]
    cancel_booking: Callable[[Identity, BookingId], Awaitable[Booking]]
    answer_offer: AnswerOffer
    leave_queue: Callable[[Identity, BookingId], Awaitable[Booking]]
    link_siblings: LinkSiblings
    overview: Overview
    hours: ChoosingHours
    patterns: Patterns
    money: Money
    payments: Payments
    copying: Copying
    following: Following
    access: Access
    documents: Documents
    profile: Profile
    privacy: Privacy
    absences: Absences
    reminders: Reminders
