"""The domain's use cases over a real database."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.nudging import Nudging
from domain.accounts.ports import Accounts, Passwords
from domain.accounts.service import Identify, LogIn, LogOut, SetLocale
from domain.activities.ports import Catalogues
from domain.bookings.composing import ListActivities, MarkDays, ShowDetails, ShowMonth
from domain.bookings.confirming import Confirm
from domain.bookings.following import CancelBooking, ShowFollowUp
from domain.bookings.lapsing import LapseDrafts
from domain.bookings.ports import BookingTx
from domain.bookings.recap import ClearDraft, ShowRecap, UndoLine
from domain.clock import Clock
from domain.reports.ports import ExchangeFiles, Transmissions
from domain.reports.service import RunNight
from domain.waitlist.service import AnswerOffer, LapseOffers
from domain.work import Transaction
from handlers.use_cases import UseCases


@dataclass(frozen=True, slots=True)
class Town:
    """What every use case is made of. ``nudge`` wakes the courier."""

    bookings: Transaction[BookingTx]
    accounts: Transaction[Accounts]
    transmissions: Transaction[Transmissions]
    catalogues: Catalogues
    passwords: Passwords
    files: ExchangeFiles
    clock: Clock
    nudge: Callable[[], object]

    @property
    def posting(self) -> Transaction[BookingTx]:
        return Nudging(self.bookings, self.nudge)

    def for_parents(self) -> UseCases:
        quiet = self.bookings, self.catalogues, self.clock
        telling = self.posting, self.catalogues, self.clock
        return UseCases(
            identify=Identify(self.accounts, self.clock),
            log_in=LogIn(self.accounts, self.passwords, self.clock),
            log_out=LogOut(self.accounts, self.clock),
            set_locale=SetLocale(self.accounts),
            list_activities=ListActivities(*quiet),
            show_month=ShowMonth(*quiet),
            mark_days=MarkDays(*quiet),
            show_details=ShowDetails(*quiet),
            show_recap=ShowRecap(*quiet),
            undo_line=UndoLine(self.bookings, self.clock),
            clear_draft=ClearDraft(self.bookings),
            confirm=Confirm(*telling),
            show_follow_up=ShowFollowUp(*quiet),
            cancel_booking=CancelBooking(*telling),
            answer_offer=AnswerOffer(*telling),
        )

    def lapse_offers(self) -> LapseOffers:
        return LapseOffers(self.posting, self.catalogues, self.clock)

    def lapse_drafts(self) -> LapseDrafts:
        return LapseDrafts(self.bookings, self.catalogues, self.clock)

    def run_night(self) -> RunNight:
        return RunNight(self.transmissions, self.files, self.catalogues, self.clock)
