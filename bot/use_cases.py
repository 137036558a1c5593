"""The domain's use cases over a real database."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.importing import ImportDocument
from bot.nudging import Nudging
from bot.printing.packing import Packer
from bot.printing.tables import TableFiles
from bot.references import new_reference
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
from domain.alerts.ports import AlertDesk
from domain.announcements.service import FetchAttachment, ListAnnouncements, ReadAnnouncement
from domain.bookings.composing import ListActivities, MarkDays, ShowDetails, ShowMonth
from domain.bookings.confirming import Confirm
from domain.bookings.copying import CopyDays, ListSources
from domain.bookings.following import CancelBooking, ChangeFilters, ShowFilters, ShowFollowUp
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
from domain.families.ports import FamiliesTx
from domain.home.ports import HomeTx
from domain.home.service import ShowHome
from domain.imports.answers import Inbox, TakeAnswers
from domain.imports.ports import ImportTx, Staging
from domain.imports.service import ImportTown
from domain.journal.ports import JournalTx
from domain.money.debiting import DebitConsumed
from domain.money.ports import MoneyTx
from domain.money.reading import (
    ExplainEstimate,
    ShowBalance,
    ShowConsumptions,
    ShowPayments,
)
from domain.payments.crediting import CreditPayment
from domain.payments.following import FollowOrders, RemindOwing
from domain.payments.model import Provider
from domain.payments.paying import (
    AskOrder,
    BeginPaying,
    CheckOrder,
    Gateways,
    OpenOrder,
    ShowPaying,
)
from domain.payments.ports import PaymentsTx
from domain.places.ports import PlacesTx
from domain.privacy.erasing import EraseMe
from domain.privacy.exporting import BeginExport, EndExport, GatherData
from domain.privacy.ports import OwnData
from domain.reminders.answering import BookAsUsual, SilenceReminder
from domain.reminders.ports import RemindersTx
from domain.reminders.service import RemindDeadlines
from domain.reports.by_hand import PastNights
from domain.reports.hourly import Hourly
from domain.reports.ports import ExchangeFiles, Jobs, Transmissions
from domain.reports.service import FollowHandover, RunNight
from domain.reports.watching import WatchHandover
from domain.requests.ports import RequestsTx
from domain.sessions.ports import Sessions
from domain.sessions.service import EndDevice, ListDevices, LogOut
from domain.sheets.ports import SheetsTx
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
from handlers.use_cases.payments import Payments
from handlers.use_cases.privacy import Privacy
from handlers.use_cases.profile import Profile
from handlers.use_cases.reminders import Reminders


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the town's tables come by, and its back office's answers (X1, X2)."""

    imports: Transaction[ImportTx]
    stage: Staging
    inbox: Inbox


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
    payments: Transaction[PaymentsTx]
    jobs: Transaction[Jobs]
    staff: Transaction[StaffTx]
    requests: Transaction[RequestsTx]
    sheets: Transaction[SheetsTx]
    places: Transaction[PlacesTx]
    households: Transaction[FamiliesTx]
    journal: Transaction[JournalTx]
    nights: Transaction[PastNights]
    alerts: Transaction[AlertDesk]
    catalogues: Catalogues
    passwords: Passwords
    print_paper: Callable[[Printed], Awaitable[bytes]]
    is_common: IsCommon
    files: ExchangeFiles
    exchange: Exchange
    clock: Clock
    nudge: Callable[[], object]
    by_invoice: bool = False  # whether the operator has a provider for Telegram Payments
    gateways: Gateways = field(default_factory=dict)

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
            payments=self._payments(),
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
            show_filters=ShowFilters(given[0]),
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

    @property
    def _providers(self) -> tuple[Provider, ...]:
        return (*((Provider.TELEGRAM,) if self.by_invoice else ()), *self.gateways)

    def _payments(self) -> Payments:
        parts = self.payments, self._providers
        return Payments(
            providers=self._providers,
            show_paying=ShowPaying(self.payments, self.money, self.catalogues, self._providers),
            open_order=OpenOrder(*parts, self.clock, new_reference),
            check_order=CheckOrder(self.payments, self.clock),
            begin_paying=BeginPaying(self.gateways),
            ask_order=AskOrder(self.payments, self.gateways, self.credit_payment()),
            credit_payment=self.credit_payment(),
        )

    def credit_payment(self) -> CreditPayment:
        return CreditPayment(Nudging(self.payments, self.nudge), self.catalogues, self.clock)

    def follow_orders(self) -> FollowOrders:
        return FollowOrders(self.payments, self.gateways, self.credit_payment(), self.clock)

    def hourly(self) -> Mapping[str, Hourly]:
        """By name."""
        jobs: Mapping[str, Callable[[], Awaitable[int]]] = {
            "reminders": RemindDeadlines(self.reminders, self.catalogues, self.clock),
            "queues": ServeQueues(self.upkeep, self.catalogues, self.clock),
            "waiting": RemindWaiting(self.upkeep, self.catalogues, self.clock),
            "owing": RemindOwing(self.payments, self.catalogues, self.clock),
            "debits": DebitConsumed(self.money, self.catalogues, self.clock),
        }
        return {name: Hourly(name, job, self.jobs, self.clock) for name, job in jobs.items()}

    def lapse_offers(self) -> LapseOffers:
        return LapseOffers(self.posting, self.catalogues, self.clock)

    def lapse_drafts(self) -> LapseDrafts:
        return LapseDrafts(self.upkeep, self.catalogues, self.clock)

    def follow_handover(self) -> FollowHandover:
        return FollowHandover(self.transmissions, self.files, self.clock)

    def import_town(self) -> ImportTown:
        telling = Nudging(self.exchange.imports, self.nudge)
        return ImportTown(telling, self.exchange.stage, self.passwords, self.clock)

    def import_document(self) -> ImportDocument:
        return ImportDocument(self.import_town())

    def take_answers(self) -> TakeAnswers:
        return TakeAnswers(self.exchange.inbox, self.import_town(), self.alerts, self.clock)

    def watch_handover(self) -> WatchHandover:
        return WatchHandover(self.transmissions, self.alerts, self.clock)

    def run_night(self) -> RunNight:
        return RunNight(self.transmissions, self.files, self.catalogues, self.clock)
