"""What the areas are made of."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from conversations.imports.words import sentence
from conversations.printed import Printed
from conversations.texts import Texts, TextsByLocale
from domain.accounts.ports import Passwords
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.imports.model import Problem
from domain.payments.paying import Gateways
from storage.absences import SqlAbsences
from storage.access import SqlAccess
from storage.accounts import SqlAccounts
from storage.announcing import SqlAnnouncing
from storage.bookings import SqlBookings
from storage.broadcasting import SqlBroadcasts
from storage.choices import SqlChoices
from storage.documents import SqlDocuments
from storage.emails import SqlEmails
from storage.engine import Database, transactions
from storage.exchange import DropInbox, ExchangeFolder, FolderDrop
from storage.home import SqlHome
from storage.imports import SqlImport
from storage.journal import SqlJournal
from storage.money import SqlMoney
from storage.outbox import SqlOutbox
from storage.payments import SqlPayments
from storage.privacy import SqlAging, SqlOldScreens, SqlPrivacy
from storage.reminders import SqlReminders
from storage.reports import SqlJobs, SqlTransmissions
from storage.requests import SqlRequests
from storage.sessions import SqlSessions
from storage.sheets import SqlSheets
from storage.staff import SqlStaff
from storage.staff_alerts import SqlStaffAlerts
from storage.staff_families import SqlStaffFamilies
from storage.staff_nights import SqlPastNights
from storage.staff_places import SqlStaffPlaces


class Town:
    """The town's rows, one repository an area, and what else use cases need (decision 38).

    ``upkeep`` is ``bookings`` for what may take long, and must not keep a parent waiting.
    ``nudge`` wakes the courier. ``gateways`` and ``by_invoice``: the ways to pay that the
    operator has, the second by Telegram's own invoices.
    """

    def __init__(
        self,
        database: Database,
        *,
        catalogues: Catalogues,
        clock: Clock,
        texts: TextsByLocale,
        passwords: Passwords,
        print_paper: Callable[[Printed], Awaitable[bytes]],
        exchange_dir: Path,
        gateways: Gateways,
        by_invoice: bool,
        nudge: Callable[[], object],
    ) -> None:
        self.absences = transactions(database, SqlAbsences)
        self.access = transactions(database, SqlAccess)
        self.accounts = transactions(database, SqlAccounts, brief=True)
        self.aging = transactions(database, SqlAging)
        self.alerts = transactions(database, SqlStaffAlerts)
        self.announcements = transactions(database, SqlAnnouncing)
        self.bookings = transactions(database, SqlBookings, brief=True)
        self.broadcasts = transactions(database, SqlBroadcasts)
        self.choices = transactions(database, SqlChoices)
        self.documents = transactions(database, SqlDocuments)
        self.emails = transactions(database, SqlEmails)
        self.home = transactions(database, SqlHome)
        self.households = transactions(database, SqlStaffFamilies)
        self.imports = transactions(database, SqlImport)
        self.jobs = transactions(database, SqlJobs)
        self.journal = transactions(database, SqlJournal)
        self.money = transactions(database, SqlMoney)
        self.nights = transactions(database, SqlPastNights)
        self.outbox = transactions(database, SqlOutbox)
        self.payments = transactions(database, SqlPayments)
        self.places = transactions(database, SqlStaffPlaces)
        self.privacy = transactions(database, SqlPrivacy)
        self.reminders = transactions(database, SqlReminders)
        self.requests = transactions(database, SqlRequests)
        self.screens = transactions(database, SqlOldScreens)
        self.sessions = transactions(database, SqlSessions)
        self.sheets = transactions(database, SqlSheets)
        self.staff = transactions(database, SqlStaff)
        self.transmissions = transactions(database, SqlTransmissions)
        self.upkeep = transactions(database, SqlBookings)

        self.catalogues, self.clock, self.texts = catalogues, clock, texts
        self.passwords, self.print_paper = passwords, print_paper
        self.files = ExchangeFolder(exchange_dir)
        self.inbox = DropInbox(FolderDrop(exchange_dir), _explained_in(texts("fr")))
        self.gateways, self.by_invoice = gateways, by_invoice
        self.nudge = nudge


def _explained_in(t: Texts) -> Callable[[Problem], str]:
    """In the language of the town's back office, whose files have the problems."""
    return lambda problem: sentence(problem, t)
