"""The domain's use cases over a real database."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.nudging import Nudging
from bot.printing.packing import Packer
from bot.printing.tables import TableFiles
from conversations.printed import Printed
from domain.absences.ports import AbsencesTx
from domain.absences.reading import AskAbsence, ListAbsenceDays, ShowAbsenceDay
from domain.absences.service import CertifyAbsence, DeclareAbsence, NoteAbsence, WithdrawAbsence
from domain.accounts.access import AccessTx
from domain.accounts.checking import CheckPassword
from domain.accounts.choosing import (
    ChooseByLink,
    ChoosePassword,
    Chooser,
    ConfirmByLink,
    ConfirmPassword,
)
from domain.accounts.forgetting import AskReset
from domain.accounts.guessable import IsCommon
from domain.accounts.links import OpenLink
from domain.accounts.login import LogIn
from domain.accounts.ports import Accounts, Passwords
from domain.accounts.service import Identify, SetDisplay, SetLocale
from domain.accounts.structures import ListStructures, SwitchStructure
from domain.activities.ports import Catalogues
from domain.announcements.service import FetchAttachment, ListAnnouncements, ReadAnnouncement
from domain.bookings.composing import ListActivities, MarkDays, ShowDetails, ShowMonth
from domain.bookings.confirming import Confirm
from domain.bookings.copying import CopyDays, ListSources
from domain.bookings.following import CancelBooking, ChangeFilters, ShowFollowUp
from domain.bookings.hours import SetHours, ShowHours
from domain.bookings.lapsing import LapseDrafts
from domain.bookings.overview import MarkOnSheet, ShowDaySheet, ShowOverview
from domain.bookings.pattern import FillPattern, ShowPattern
from domain.bookings.ports import BookingTx
from domain.bookings.recap import ClearDraft, LinkSiblings, ShowRecap, UndoLine
from domain.bookings.week import RepeatWeek, ShowWeek
from domain.choices.ports import ChoicesTx
from domain.choices.service import ChooseNotice, SetQuiet, SetTidyScreens, ShowChoices
from domain.clock import Clock
from domain.documents.ports import Documents as AllDocuments
from domain.documents.service import (
    GiveConsent,
    ListConsents,
    ListSheets,
    OpenDocument,
    SignHouseRules,
)
from domain.emails.ports import Emails
from domain.emails.service import (
    ChangeAddresses,
    DropPending,
    ProveAddress,
    SendCodesAgain,
    ShowAddresses,
)
from domain.home.ports import HomeTx
from domain.home.service import ShowHome
from domain.money.debiting import DebitConsumed
from domain.money.ports import MoneyTx
from domain.money.reading import (
    ExplainEstimate,
    ShowBalance,
    ShowConsumptions,
    ShowPayments,
)
from domain.privacy.erasing import EraseMe
from domain.privacy.exporting import BeginExport, EndExport, GatherData
from domain.privacy.ports import OwnData
from domain.reminders.answering import BookAsUsual, SilenceReminder
from domain.reminders.ports import RemindersTx
from domain.reminders.service import RemindDeadlines
from domain.reports.hourly import Hourly
from domain.reports.ports import ExchangeFiles, Jobs, Transmissions
from domain.reports.service import RunNight
from domain.sessions.ports import Sessions
from domain.sessions.service import EndDevice, ListDevices, LogOut
from domain.staff.ports import StaffTx
from domain.waitlist.service import AnswerOffer, LapseOffers, LeaveQueue
from domain.waitlist.upkeep import RemindWaiting, ServeQueues
from domain.work import Transaction
from handlers.followup_filters import MOST_ROWS
from handlers.use_cases import UseCases
from handlers.use_cases.absences import Absences
from handlers.use_cases.access import Access
from handlers.use_cases.copying import Copying
from handlers.use_cases.documents import Documents
from handlers.use_cases.followup import Following
from handlers.use_cases.hours import ChoosingHours
from handlers.use_cases.money import Money
from handlers.use_cases.overview import Overview
from handlers.use_cases.pattern import Patterns
from handlers.use_cases.privacy import Privacy
from handlers.use_cases.profile import Profile
from handlers.use_cases.reminders import Reminders


@dataclass(frozen=True, slots=True)
class Town:
    """What every use case is made of. ``nudge`` wakes the courier.

    ``upkeep`` is ``bookings`` for what may take long, and must not keep a parent waiting.
    """

    bookings: Transaction[BookingTx]
    upkeep: Transaction[BookingTx]
    accounts: Transaction[Accounts]
    access: Transaction[AccessTx]
    transmissions: Transaction[Transmissions]
    sessions: Transaction[Sessions]
    home: Transaction[HomeTx]
    choices: Transaction[ChoicesTx]
    emails: Transaction[Emails]
    documents: Transaction[AllDocuments]
    privacy: Transaction[OwnData]
    absences: Transaction[AbsencesTx]
    reminders: Transaction[RemindersTx]
    money: Transaction[MoneyTx]
    jobs: Transaction[Jobs]
    staff: Transaction[StaffTx]
    catalogues: Catalogues
    passwords: Passwords
    print_paper: Callable[[Printed], Awaitable[bytes]]
    is_common: IsCommon
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
            log_in=LogIn(Nudging(self.access, self.nudge), self.passwords, self.clock),
            log_out=LogOut(self._end_device),
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
            leave_queue=LeaveQueue(*telling),
            link_siblings=LinkSiblings(self.bookings),
            overview=Overview(
                ShowOverview(*quiet),
                ShowDaySheet(*quiet),
                MarkOnSheet(*quiet),
                ShowWeek(*quiet),
                RepeatWeek(*quiet),
            ),
            hours=ChoosingHours(ShowHours(*quiet), SetHours(*quiet)),
            patterns=Patterns(ShowPattern(*quiet), FillPattern(*quiet)),
            money=self._money(),
            copying=Copying(ListSources(self.bookings, self.catalogues), CopyDays(*quiet)),
            following=self._following(),
            access=self._access(),
            documents=self._documents(),
            profile=self._profile(),
            privacy=self._privacy(),
            absences=self._absences(),
            reminders=self._reminders(),
        )

    def _following(self) -> Following:
        files = TableFiles(self.clock)
        given = self.bookings, self.catalogues
        return Following(
            change_filters=ChangeFilters(*given),
            show_whole=ShowFollowUp(*given, self.clock, per_page=MOST_ROWS),
            write_table=files.table,
            write_agenda=files.agenda,
        )

    def _access(self) -> Access:
        access = Nudging(self.access, self.nudge)
        chooser = Chooser(access, self.passwords, self.is_common, self.clock)
        return Access(
            check_password=CheckPassword(self.access, self.passwords, self.clock),
            choose_password=ChoosePassword(chooser),
            confirm_password=ConfirmPassword(chooser),
            open_link=OpenLink(access, self.clock),
            choose_by_link=ChooseByLink(chooser),
            confirm_by_link=ConfirmByLink(chooser),
            ask_reset=AskReset(access, self.clock),
        )

    def _documents(self) -> Documents:
        listed, clock = self.documents, self.clock
        return Documents(
            list_consents=ListConsents(listed),
            open_document=OpenDocument(listed, clock),
            give_consent=GiveConsent(listed, clock),
            list_sheets=ListSheets(listed),
            sign_house_rules=SignHouseRules(listed, clock),
            print_paper=self.print_paper,
        )

    def _profile(self) -> Profile:
        home = self.home, self.catalogues, self.clock
        emails = Nudging(self.emails, self.nudge)
        return Profile(
            show_home=ShowHome(*home),
            list_announcements=ListAnnouncements(*home),
            read_announcement=ReadAnnouncement(*home),
            fetch_attachment=FetchAttachment(*home),
            list_devices=ListDevices(self.sessions),
            end_device=self._end_device,
            list_structures=ListStructures(self.accounts, self.catalogues),
            switch_structure=SwitchStructure(self.accounts),
            show_choices=ShowChoices(self.choices),
            choose_notice=ChooseNotice(self.choices),
            set_quiet=SetQuiet(self.choices),
            set_tidy_screens=SetTidyScreens(self.choices),
            set_display=SetDisplay(self.accounts),
            show_addresses=ShowAddresses(self.emails),
            change_addresses=ChangeAddresses(emails, self.clock),
            prove_address=ProveAddress(emails, self.clock),
            send_codes_again=SendCodesAgain(emails, self.clock),
            drop_pending=DropPending(self.emails),
        )

    @property
    def _end_device(self) -> EndDevice:
        return EndDevice(self.sessions, self.clock)

    def _privacy(self) -> Privacy:
        privacy = self.privacy
        return Privacy(
            begin_export=BeginExport(privacy, self.clock),
            gather_data=GatherData(privacy, self.clock),
            end_export=EndExport(privacy, self.clock),
            pack=Packer(self.clock),
            erase_me=EraseMe(Nudging(privacy, self.nudge), self.passwords, self.clock),
        )

    def _absences(self) -> Absences:
        parts = self.absences, self.catalogues, self.clock
        return Absences(
            list_absence_days=ListAbsenceDays(*parts),
            show_absence_day=ShowAbsenceDay(*parts),
            ask_absence=AskAbsence(ShowAbsenceDay(*parts)),
            declare_absence=DeclareAbsence(*parts),
            note_absence=NoteAbsence(*parts),
            certify_absence=CertifyAbsence(*parts),
            withdraw_absence=WithdrawAbsence(*parts),
        )

    def _reminders(self) -> Reminders:
        return Reminders(
            book_as_usual=BookAsUsual(self.reminders, self.catalogues, self.clock),
            silence_reminder=SilenceReminder(self.reminders, self.clock),
        )

    def _money(self) -> Money:
        parts = self.money, self.catalogues
        return Money(
            show_balance=ShowBalance(*parts, self.clock),
            explain_estimate=ExplainEstimate(*parts),
            show_consumptions=ShowConsumptions(*parts, self.clock),
            show_payments=ShowPayments(*parts, self.clock),
        )

    def hourly(self) -> Mapping[str, Hourly]:
        """By name."""
        jobs: Mapping[str, Callable[[], Awaitable[int]]] = {
            "reminders": RemindDeadlines(self.reminders, self.catalogues, self.clock),
            "queues": ServeQueues(self.upkeep, self.catalogues, self.clock),
            "waiting": RemindWaiting(self.upkeep, self.catalogues, self.clock),
            "debits": DebitConsumed(self.money, self.catalogues, self.clock),
        }
        return {name: Hourly(name, job, self.jobs, self.clock) for name, job in jobs.items()}

    def lapse_offers(self) -> LapseOffers:
        return LapseOffers(self.posting, self.catalogues, self.clock)

    def lapse_drafts(self) -> LapseDrafts:
        return LapseDrafts(self.upkeep, self.catalogues, self.clock)

    def run_night(self) -> RunNight:
        return RunNight(self.transmissions, self.files, self.catalogues, self.clock)
