"""Everything that happens by itself."""

from collections.abc import Awaitable, Callable, Mapping

from bot.town import announcements, bookings, imports, money, nights, payments, privacy, reminders
from bot.town.parts import Town
from bot.unrecorded import CreditLate, Unrecorded
from bot.wire.agents import AgentWire
from domain.alerts.telling import TellAlerts
from domain.privacy.model import Retention
from domain.privacy.retaining import NAME as RETENTION
from domain.reports.hourly import Hourly
from handlers.show import Wire


def jobs(
    town: Town,
    wire: Wire,
    unrecorded: Unrecorded,
    kept: Retention,
    wake: Callable[[], object],
) -> Mapping[str, Callable[[], Awaitable[object]]]:
    """By name, in the order of a tick; each finds out itself what is due. ``wake``: whoever takes
    announcements out.
    """
    return {
        "offers": bookings.lapse_offers(town),
        "drafts": bookings.lapse_drafts(town),
        "unrecorded": CreditLate(payments.credit_payment(town), unrecorded),
        "orders": payments.follow_orders(town),
        **_hourly(town),
        "handover": nights.follow_handover(town),
        "answers": imports.take_answers(town),
        "untaken": nights.watch_handover(town),
        "alerts": TellAlerts(town.alerts, AgentWire(wire, town.texts), town.clock),
        "screens": privacy.tidy_screens(town, wire),
        RETENTION: privacy.age_out(town, kept),
        "announcements": announcements.launch_due(town, wake),
    }


def _hourly(town: Town) -> Mapping[str, Hourly]:
    """One process an hour does each."""
    every: Mapping[str, Callable[[], Awaitable[int]]] = {
        "reminders": reminders.remind_deadlines(town),
        "queues": bookings.serve_queues(town),
        "waiting": bookings.remind_waiting(town),
        "owing": payments.remind_owing(town),
        "debits": money.debit_consumed(town),
    }
    return {name: Hourly(name, job, town.jobs, town.clock) for name, job in every.items()}
