"""Made-up facts for screens, small ones and the largest that a family could have."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from domain.absences.model import (
    Absence,
    Certificate,
    CertificateKind,
    DayOfChild,
    Line,
)
from domain.absences.model import Reason as Why
from domain.accounts.model import Identity, SessionId
from domain.activities.absence_billing import FreeWithCertificate
from domain.activities.catalogue import Catalogue
from domain.activities.hours_model import Choosing
from domain.activities.model import Activity
from domain.announcements.model import Announcement, AnnouncementId
from domain.bookings.day_states import OverallState
from domain.bookings.hours import HoursView
from domain.bookings.model import (
    BookingId,
    DayState,
    DayView,
    DraftLine,
    LineOutcome,
    Reason,
    Receipt,
    Result,
    Slot,
    State,
    Wish,
)
from domain.bookings.outline import DayOverview
from domain.bookings.overview import DaySheetView, OverviewView, SheetLine
from domain.bookings.views import (
    Effect,
    FollowUpLine,
    FollowUpView,
    MonthView,
    RecapLine,
    RecapView,
    Skipped,
)
from domain.bookings.week import ChildWeek, SkippedOf, WeekView
from domain.choices.model import Choices
from domain.documents.model import (
    DocumentId,
    DocumentKind,
    LegalDocument,
    Sheet,
    Signature,
)
from domain.emails.model import Addresses, Pending
from domain.families.model import Child, ChildId, Display, FamilyId, Wallet, WalletId
from domain.home.model import Closing, HomeView, OfferedPlace, ToDo
from domain.notices.choosing import CHOOSABLE, is_wanted
from domain.notices.quiet import Quiet
from domain.sessions.model import Device
from tests import builders

LONGEST_ID = 2**63 - 1
SIX_WEEKS = date(2027, 8, 1)  # a Sunday, and 31 days
CHILD = Child(ChildId(1), "Enfant 1", "FAMILLE 1")
LONG_CHILD = Child(ChildId(LONGEST_ID), "Marie-Clémentine-Éléonore" * 2, "DE LA ROCHE" * 4)
LONG_ACTIVITY = "ALSH Journée Vacances avec repas <6-12> & sorties à la mer " * 2


def day(state: DayState = DayState.AVAILABLE, **changed: object) -> DayView:
    made = DayView(
        day=builders.DAY,
        state=state,
        wish=None,
        left=None,
        book_limit=builders.NOW,
        cancel_limit=builders.NOW,
    )
    return replace(made, **changed)


def month(*days: DayView, **changed: object) -> MonthView:
    made = MonthView(
        child=CHILD,
        activity=builders.activity(),
        structure=builders.catalogue().structures[builders.TOWN],
        first=builders.DAY.replace(day=1),
        days=days,
        drafted=0,
    )
    return replace(made, **changed)


def longest_month(locale_first: date = SIX_WEEKS) -> MonthView:
    dates = [locale_first + timedelta(days=n) for n in range(31)]
    return month(
        *(day(day=on, left=42, state=DayState.AVAILABLE) for on in dates),
        child=LONG_CHILD,
        activity=builders.activity(LONGEST_ID, name=LONG_ACTIVITY),
        first=locale_first,
        drafted=999,
        skipped=tuple(
            Skipped(on, reason, builders.NOW)
            for on, reason in zip(dates, list(Reason) * 4, strict=False)
        ),
    )


def longest_overview() -> OverviewView:
    both = frozenset({Wish.BOOK, Wish.CANCEL})
    dates = [SIX_WEEKS + timedelta(days=n) for n in range(31)]
    return OverviewView(
        child=LONG_CHILD,
        structure=builders.catalogue().structures[builders.TOWN],
        first=SIX_WEEKS,
        days=tuple(DayOverview(on, OverallState.MIXED, both) for on in dates),
        drafted=999,
    )


def longest_sheet(state: DayState = DayState.AVAILABLE, wish: Wish | None = None) -> DaySheetView:
    """Twelve activities, the longest names."""
    _, activities = household()
    drawn = day(state, wish=wish, left=42, rank=99)
    if state in {DayState.WAITING, DayState.WAITING_LOCKED}:
        drawn = replace(drawn, booking=builders.booking(1, state=State.WAITLISTED))
    lines = tuple(
        SheetLine(
            one, drawn, one.arrival, one.departure, Decimal("9999.99"), quotient_missing=True
        )
        for one in activities
    )
    return DaySheetView(
        child=LONG_CHILD,
        structure=builders.catalogue().structures[builders.TOWN],
        day=builders.DAY,
        lines=lines,
        drafted=999,
        skipped=(Skipped(builders.DAY, Reason.LATE, builders.NOW),),
    )


def longest_week() -> WeekView:
    """Five children, seven days, nothing that could be taken up again."""
    children, _ = household()
    monday = SIX_WEEKS - timedelta(days=6)
    both = frozenset({Wish.BOOK, Wish.CANCEL})
    days = tuple(
        DayOverview(monday + timedelta(days=n), OverallState.MIXED, both) for n in range(7)
    )
    return WeekView(
        structure=builders.catalogue().structures[builders.TOWN],
        monday=monday,
        children=tuple(ChildWeek(child, days) for child in children),
        drafted=999,
        skipped=tuple(
            SkippedOf(child, Skipped(day.day, reason))
            for child in children
            for day in days
            for reason in list(Reason)[:4]
        ),
    )


def hours_view(rule: Choosing, day: date | None) -> HoursView:
    """Of a window of more than sixteen hours."""
    long = builders.activity(
        LONGEST_ID, name=LONG_ACTIVITY, arrival=time(6), departure=time(22, 30), hours=rule
    )
    return HoursView(LONG_CHILD, long, day, (builders.opening(long),), (time(7), time(18)))


def line(child: Child = CHILD, activity: Activity | None = None, **changed: object) -> RecapLine:
    activity = activity or builders.activity()
    wish = changed.pop("wish", Wish.BOOK)
    slot = Slot(child.id, activity.id, changed.pop("day", builders.DAY))
    made = RecapLine(
        slot=slot,
        child=child,
        activity=activity,
        line=DraftLine(slot, wish, activity.arrival, activity.departure),
        price=Decimal("24.87"),
    )
    return replace(made, **changed)


def recap(*lines: RecapLine, effects: tuple[Effect, ...] = ()) -> RecapView:
    return RecapView(
        structure=builders.catalogue().structures[builders.TOWN],
        round=1,
        digest="abcdef12",
        bookings=tuple(x for x in lines if x.line.wish is Wish.BOOK),
        cancellations=tuple(x for x in lines if x.line.wish is Wish.CANCEL),
        effects=effects,
    )


def household() -> tuple[tuple[Child, ...], tuple[Activity, ...]]:
    """Five children, twelve activities, the longest names."""
    children = tuple(
        replace(LONG_CHILD, id=ChildId(LONGEST_ID - n), first_name=f"{LONG_CHILD.first_name}{n}")
        for n in range(5)
    )
    activities = tuple(
        builders.activity(LONGEST_ID - n, name=f"{LONG_ACTIVITY}{n}") for n in range(12)
    )
    return children, activities


def longest_recap() -> RecapView:
    children, activities = household()
    lines = [
        line(
            child,
            activity,
            day=SIX_WEEKS + timedelta(days=n),
            wish=Wish.BOOK if n % 2 else Wish.CANCEL,
            quotient_missing=True,
            full=True,
        )
        for child in children
        for activity in activities
        for n in range(31)
    ]
    effects = tuple(
        Effect(f"{LONG_ACTIVITY}{n}", Decimal(-9999), Decimal(-9999)) for n in range(3)
    )
    return recap(*lines, effects=effects)


def town(*activities: Activity) -> Catalogue:
    return builders.catalogue(*activities)


def parent() -> Identity:
    guardian = replace(builders.identity().guardian, first_name="A" * 60, last_name="B" * 60)
    children, _ = household()
    return replace(builders.identity(), guardian=guardian, children=children)


def outcome(result: Result = Result.ACCEPTED, **changed: object) -> LineOutcome:
    found = line()
    made = LineOutcome(
        slot=found.slot,
        wish=Wish.BOOK,
        result=result,
        arrival=found.line.arrival,
        departure=found.line.departure,
        price=found.price,
    )
    return replace(made, **changed)


def receipt(*outcomes: LineOutcome) -> Receipt:
    draft = builders.identity().draft_id
    return Receipt(draft, 1, "abcdef12", builders.NOW, outcomes)


def longest_receipt() -> Receipt:
    return receipt(
        *(
            outcome(
                list(Result)[n % 5],
                slot=line_.slot,
                rank=999 if n % 5 == 1 else None,
                reason=Reason.LATE if n % 5 == 4 else None,
                limit=builders.NOW,
            )
            for n, line_ in enumerate(longest_recap().bookings)
        )
    )


def follow_up_line(state: State = State.ACCEPTED, **changed: object) -> FollowUpLine:
    made = FollowUpLine(
        booking=builders.booking(1, state),
        child=CHILD,
        activity=builders.activity(),
        rank=None,
        waiting=0,
        can_cancel=True,
        cancel_limit=builders.NOW,
    )
    return replace(made, **changed)


def longest_follow_up(states: tuple[State, ...] = tuple(State)) -> FollowUpView:
    children, activities = household()
    lines = tuple(
        follow_up_line(
            child=children[n % 5],
            activity=activities[n],
            booking=builders.booking(
                1,
                states[n % len(states)],
                id=BookingId(LONGEST_ID - n),
                price=Decimal("9999.99"),
                reason="Complet sur ce créneau." * 100,
                offer_until=builders.NOW,
            ),
            rank=999,
            waiting=999,
        )
        for n in range(10)
    )
    return FollowUpView(lines, 99, 100, Decimal("99999.99"))


# -- home and profile ------------------------------------------------------------------------
def home(**changed: object) -> HomeView:
    view = HomeView((builders.catalogue().structures[builders.TOWN],), (), 0, ToDo())
    return replace(view, **changed)


def announcement(number: int = 1, **changed: object) -> Announcement:
    made = Announcement(AnnouncementId(number), "Fête de l'école", "Samedi", builders.NOW)
    return replace(made, **changed)


def longest_home() -> HomeView:
    children, activities = household()
    about = (children[0], activities[0])
    wallet = Wallet(WalletId(1), FamilyId(1), builders.TOWN, LONG_ACTIVITY, Decimal(-9999))
    told = announcement(
        LONGEST_ID, title="<Fermeture> " * 100, text="<&> " * 5000, file_name="menu.pdf"
    )
    return home(
        structures=(builders.catalogue().structures[builders.TOWN],) * 2,
        announcements=(told,) * 5,
        drafted=999,
        is_soon_there=True,
        todo=ToDo(
            unsigned=children,
            debts=(wallet,) * 5,
            offers=(OfferedPlace(*about, builders.DAY, builders.NOW),) * 5,
            closing=(Closing(*about, builders.NOW, builders.DAY, 31),) * 5,
        ),
    )


LONG_ADDRESS = f"<{'a' * 62}>@{'b' * 180}.example"


def opposite_choices() -> Choices:
    """Everything chosen otherwise than what the product does by itself."""
    pairs = ((kind, channel) for kind in CHOOSABLE for channel in CHOOSABLE[kind])
    return Choices(
        Display.RICH,
        Quiet(time(22), time(7)),
        tidy_screens=True,
        wanted={pair: not is_wanted(*pair, {}) for pair in pairs},
    )


def many_devices() -> tuple[Device, ...]:
    return tuple(
        Device(SessionId(LONGEST_ID - n), builders.NOW, builders.NOW, is_this=n == 3)
        for n in range(50)
    )


def longest_addresses() -> Addresses:
    waiting = Pending(
        LONG_ADDRESS, position=0, replaces=False, sent_at=builders.NOW, expires_at=builders.NOW
    )
    return Addresses((LONG_ADDRESS,) * 5, (waiting,) * 5)


# -- absences --------------------------------------------------------------------------------
def absence_line(**changed: object) -> Line:
    about = household()[1][0]
    slot = Slot(LONG_CHILD.id, about.id, builders.DAY)
    made = Line(builders.booking(1, slot=slot), about, None)
    return replace(made, **changed)


def cancellable_line() -> Line:
    return absence_line(cancel_until=builders.NOW)


def longest_absence() -> Line:
    line = absence_line()
    return replace(
        line,
        activity=replace(line.activity, absence_billing=FreeWithCertificate()),
        absence=Absence(
            line.booking.id,
            builders.GuardianId(1),
            builders.NOW,
            billed=True,
            reason=Why.VISIT,
            note="<&> " * 50,
            certificate=Certificate("file", CertificateKind.PDF),
        ),
    )


def day_of_child(*lines: Line) -> DayOfChild:
    return DayOfChild(LONG_CHILD, builders.DAY, lines)


# -- documents -------------------------------------------------------------------------------
def legal_document(**changed: object) -> LegalDocument:
    made = LegalDocument(
        DocumentId(LONGEST_ID),
        builders.TOWN,
        DocumentKind.TELEGRAM,
        99,
        "Titre",
        "Texte",
        builders.NOW,
    )
    return replace(made, **changed)


def sheets(told: LegalDocument, children: Sequence[Child]) -> tuple[Sheet, ...]:
    """The last child's is signed."""
    *waiting, last = children
    signed = Signature(
        told, last.id, "<Nom> " * 13, "<Lieu>", builders.NOW, LONGEST_ID, told.fingerprint
    )
    return (*(Sheet(child, told) for child in waiting), Sheet(last, told, signed))
