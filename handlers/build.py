"""Puts the conversations together; ``bot`` wires what they need."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage

from conversations.texts import TextsByLocale
from domain.accounts.model import Gate
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.payments.model import Paid
from domain.privacy.model import USUAL_RETENTION, Retention
from handlers.absences import AbsenceHandlers
from handlers.acting import Desk, Recognise
from handlers.alerts import AlertHandlers
from handlers.announcements import AnnouncementHandlers
from handlers.answering import AnswerAtOnce
from handlers.booking import BookingHandlers
from handlers.consents import ConsentHandlers
from handlers.copying import CopyHandlers
from handlers.display import DisplayHandlers, screens_in_tables
from handlers.draft import DraftHandlers
from handlers.emails import EmailHandlers
from handlers.entrance import Entrance
from handlers.errors import Guard
from handlers.first_connection import FirstConnectionHandlers
from handlers.followup import FollowUpHandlers
from handlers.followup_filters import FilterHandlers
from handlers.forgotten import ForgottenHandlers
from handlers.gates import GateHandlers
from handlers.groups import PrivateOnly
from handlers.home import HomeHandlers
from handlers.hours import HoursHandlers
from handlers.house_rules import HouseRulesHandlers
from handlers.language import LanguageHandlers
from handlers.links import LinkHandlers
from handlers.login import LoginHandlers
from handlers.money import MoneyHandlers
from handlers.overview import OverviewHandlers
from handlers.pattern import PatternHandlers
from handlers.payments import PaymentHandlers
from handlers.privacy import PrivacyHandlers
from handlers.profile import ProfileHandlers
from handlers.reminders import ReminderHandlers
from handlers.show import Show, Wire
from handlers.staff.build import build_staff
from handlers.staff.door import Door
from handlers.steps import Steps
from handlers.stray import StrayHandlers
from handlers.till import PreCheckout, TakePayments
from handlers.turns import Turns
from handlers.unknown import UnknownHandlers
from handlers.use_cases import UseCases
from handlers.use_cases.staff import StaffUseCases

EMAILS_LASTING: Final = timedelta(minutes=30)  # a code has to come by mail


def build(
    *,
    use_cases: UseCases,
    staff: StaffUseCases,
    wire: Wire,
    texts: TextsByLocale,
    catalogues: Catalogues,
    clock: Clock,
    fsm_storage: BaseStorage,
    isolation: BaseEventIsolation,
    keep_payment: Callable[[Paid], None],
    retention: Retention = USUAL_RETENTION,
) -> Router:
    """For a ``Dispatcher(disable_fsm=True)``: isolation and states are attached here."""
    show, desk, steps = Show(wire), Desk(catalogues, texts), Steps(clock)
    home = HomeHandlers(use_cases, show, desk)
    entrance = Entrance(use_cases, desk, home)
    login = LoginHandlers(use_cases, show, desk, entrance)
    root = Router(name="cartable")
    credit = use_cases.payments.credit_payment
    root.message.outer_middleware(TakePayments(credit, keep_payment, wire, texts))
    for observer in (root.callback_query, root.message, root.edited_message):
        observer.outer_middleware(AnswerAtOnce(wire))
        observer.outer_middleware(Guard(show, texts))
        observer.outer_middleware(PrivateOnly(show, texts, fsm_storage))
        observer.outer_middleware(Turns(fsm_storage, isolation))
        observer.outer_middleware(Recognise(use_cases.identify, desk, show))
    consents = ConsentHandlers(use_cases, show, entrance)
    entrance.gates[Gate.CONSENT] = consents.screen
    passwords = FirstConnectionHandlers(use_cases, show, entrance, steps)
    entrance.gates[Gate.CREDENTIALS] = passwords.screen
    follow_up = FollowUpHandlers(use_cases, show)
    hours = HoursHandlers(use_cases, show, steps)
    overview = OverviewHandlers(use_cases, show, hours)
    draft = DraftHandlers(use_cases, show, home)
    money = MoneyHandlers(use_cases, show, clock, steps)
    in_tables = screens_in_tables(draft, follow_up, overview, money)
    privacy = PrivacyHandlers(use_cases, show, entrance, steps, retention)
    agents = build_staff(staff, show, Door(staff.access.identify, catalogues, texts), clock)
    root.include_routers(
        # The most pressed first: filters are tried in order, and these take nobody who is held.
        BookingHandlers(use_cases, show, clock, hours).router(),
        overview.router(),
        hours.router(),
        CopyHandlers(use_cases, show).router(),
        PatternHandlers(use_cases, show, clock, steps).router(),
        draft.router(),
        DisplayHandlers(use_cases, show, home, in_tables).router(),
        follow_up.router(),
        money.router(),
        PaymentHandlers(use_cases, show, steps).router(),
        PreCheckout(use_cases.payments.check_order, wire, texts).router(),
        FilterHandlers(use_cases, show, clock, follow_up).router(),
        AbsenceHandlers(use_cases, show, steps).router(),
        ReminderHandlers(use_cases, show).router(),
        privacy.open_router(),
        privacy.router(),
        agents.entrance,
        agents.inside,
        LinkHandlers(use_cases, show, entrance).router(),
        passwords.gate_router(),
        consents.router(),
        LanguageHandlers(use_cases, show, entrance).router(),
        login.router(),
        home.open_router(),
        StrayHandlers(show, entrance).router(),
        GateHandlers(show, entrance).router(),
        HouseRulesHandlers(use_cases, show, steps).router(),
        passwords.router(),
        home.router(),
        AnnouncementHandlers(use_cases, show).router(),
        ProfileHandlers(use_cases, show, entrance).router(),
        AlertHandlers(use_cases, show).router(),
        EmailHandlers(use_cases, show, Steps(clock, EMAILS_LASTING)).router(),
        ForgottenHandlers(use_cases, show, desk).router(),
        agents.pure,
        login.typed_router(),
        UnknownHandlers(show, desk, home).router(),
    )
    return root
