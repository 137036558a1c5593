"""Our side: parents who ask, and the clockwork; in this process, or in one that is killed at a
chosen instant.
"""

import asyncio
import multiprocessing
import os
import signal
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from bot.references import new_reference
from bot.scheduler import Ticker
from domain.absences.model import Certificate, CertificateKind, Reason, Scope
from domain.absences.service import CertifyAbsence, DeclareAbsence
from domain.accounts.model import Identity
from domain.alerts.ports import AlertDesk
from domain.bookings import rules
from domain.bookings.confirming import Confirm
from domain.bookings.model import DraftLine, Slot, Wish
from domain.calendar.model import PARIS
from domain.imports.answers import TakeAnswers
from domain.imports.service import ImportTown
from domain.payments.crediting import CreditPayment
from domain.payments.model import Paid, Provider
from domain.payments.paying import OpenOrder
from domain.reports.service import FollowHandover, RunNight
from domain.reports.watching import WatchHandover
from domain.work import Transaction
from storage.absences import SqlAbsences
from storage.accounts import SqlAccounts
from storage.bookings import SqlBookings
from storage.catalogue import SqlCatalogues
from storage.crypto import Keyring
from storage.engine import Database, opened, transactions
from storage.exchange import DropInbox, ExchangeFiles, FolderDrop
from storage.imports import FileStaging, SqlImport
from storage.money import SqlMoney
from storage.payments import SqlPayments
from storage.reports import SqlJobs, SqlTransmissions
from storage.staff_alerts import SqlStaffAlerts
from tests.fakes.accounts import FakePasswords


class DyingDrop(FolderDrop):
    """Kills its process, as a power cut would, before the nth time that ``what`` is done."""

    def __init__(self, folder: Path, what: str, nth: int) -> None:
        super().__init__(folder)
        object.__setattr__(self, "_left", {what: nth})

    def _do(self, what: str) -> None:
        left = self._left.get(what)
        if left is not None:
            if left == 1:
                os.kill(os.getpid(), signal.SIGKILL)
            self._left[what] = left - 1

    def put(self, name: str, content: bytes) -> None:
        self._do("put")
        super().put(name, content)

    def set_aside(self, name: str, box: str, report: bytes | None = None) -> None:
        self._do("set_aside")
        super().set_aside(name, box, report)


@dataclass
class TownHall:
    database: Database
    drop: FolderDrop
    now: datetime

    def __post_init__(self) -> None:
        self.catalogues = SqlCatalogues(self.database)
        self.bookings = transactions(self.database, SqlBookings)
        self.accounts = transactions(self.database, SqlAccounts)

    def clock(self) -> datetime:
        return self.now

    @property
    def alerts(self) -> Transaction[AlertDesk]:
        return transactions(self.database, SqlStaffAlerts)

    @property
    def import_town(self) -> ImportTown:
        imports = transactions(self.database, SqlImport)
        return ImportTown(imports, FileStaging(), FakePasswords(), self.clock)

    async def tick(self) -> None:
        """As the running bot does, every twenty seconds."""
        transmissions = transactions(self.database, SqlTransmissions)
        files = ExchangeFiles(self.drop)
        inbox = DropInbox(self.drop, lambda problem: problem.trouble.value)
        ticker = Ticker(
            jobs=transactions(self.database, SqlJobs),
            run_night=RunNight(transmissions, files, self.catalogues, self.clock),
            always={
                "handover": FollowHandover(transmissions, files, self.clock),
                "untaken": WatchHandover(transmissions, self.alerts, self.clock),
                "answers": TakeAnswers(inbox, self.import_town, self.alerts, self.clock),
            },
            clock=self.clock,
            afterwards=lambda: None,
        )
        await ticker.tick()

    async def parent(self, number: int) -> Identity:
        def work(tx: SqlAccounts) -> Identity | None:
            if tx.identity(number) is None:
                tx.open_session(number, 1, number, self.now)
            return tx.identity(number)

        found = await self.accounts.write(work)
        assert found is not None
        return found

    async def ask(self, parent: int, activity: int, *days: date, wish: Wish = Wish.BOOK) -> None:
        """The parent's first child, at the hours of the activity."""
        who = await self.parent(parent)
        asked = (await self.catalogues()).activities[activity]
        lines = [
            DraftLine(
                Slot(who.children[0].id, activity, day), wish, asked.arrival, asked.departure
            )
            for day in days
        ]
        await self.bookings.write(lambda tx: tx.put_lines(who.draft_id, lines, self.now))
        facts = await self.bookings.read(lambda tx: tx.draft_facts(who.draft_id, lock=False))
        digest = rules.digest(facts.draft.wishes)
        await Confirm(self.bookings, self.catalogues, self.clock)(who, facts.draft.round, digest)

    async def pays(self, parent: int, amount: str, charge: str = "charge-1") -> str:
        """Online, into the family's one wallet; answers the reference of the order."""
        who, payments = await self.parent(parent), transactions(self.database, SqlPayments)
        (wallet,) = await transactions(self.database, SqlMoney).read(
            lambda tx: tx.wallets(who.guardian.family_id, who.structure_id)
        )
        order = await OpenOrder(payments, (Provider.TELEGRAM,), self.clock, new_reference)(
            who, wallet.id, Decimal(amount), Provider.TELEGRAM
        )
        paid = Paid(Provider.TELEGRAM, charge, order.reference, order.amount, "EUR", self.now)
        await CreditPayment(payments, self.catalogues, self.clock)(paid)
        return order.reference

    async def absent(self, parent: int, day: date) -> None:
        who = await self.parent(parent)
        parts = transactions(self.database, SqlAbsences), self.catalogues, self.clock
        await DeclareAbsence(*parts)(who, Scope(who.children[0].id, day), Reason.ILL)

    async def certify(self, parent: int, day: date) -> None:
        who = await self.parent(parent)
        parts = transactions(self.database, SqlAbsences), self.catalogues, self.clock
        paper = Certificate("file", CertificateKind.PDF)
        await CertifyAbsence(*parts)(who, Scope(who.children[0].id, day), paper)


def tick_until_killed(
    url: str, key: str, folder: Path, now: datetime, *, what: str, nth: int = 1
) -> None:
    """One tick in a process of its own, which dies in the middle of it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.exchange.town_hall"])
    worker = context.Process(target=_tick, args=(url, key, folder, now, what, nth))
    worker.start()
    worker.join(120)
    assert worker.exitcode == -signal.SIGKILL, f"it ended by itself: {worker.exitcode}"
    worker.close()


def _tick(url: str, key: str, folder: Path, now: datetime, what: str, nth: int) -> None:
    async def work() -> None:
        async with opened(url, Keyring.parse(key)) as database:
            await TownHall(database, DyingDrop(folder, what, nth), now).tick()

    asyncio.run(work())


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), PARIS)
