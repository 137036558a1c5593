"""Paying, by Telegram's invoices or on a payment page, and what was paid credited (M4)."""

from bot.references import new_reference
from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.payments.crediting import CreditPayment
from domain.payments.following import FollowOrders, RemindOwing
from domain.payments.model import Provider
from domain.payments.paying import (
    AskOrder,
    BeginPaying,
    CheckOrder,
    KeepShown,
    OpenOrder,
    ShowPaying,
)
from handlers.use_cases.payments import Payments


def for_parents(town: Town) -> Payments:
    providers = _providers(town)
    return Payments(
        providers=providers,
        show_paying=ShowPaying(town.payments, town.money, town.catalogues, providers),
        open_order=OpenOrder(town.payments, providers, town.clock, new_reference),
        check_order=CheckOrder(town.payments, town.clock),
        begin_paying=BeginPaying(town.gateways),
        keep_shown=KeepShown(town.payments, town.clock),
        ask_order=AskOrder(town.payments, town.gateways, credit_payment(town)),
        credit_payment=credit_payment(town),
    )


def _providers(town: Town) -> tuple[Provider, ...]:
    return (*((Provider.TELEGRAM,) if town.by_invoice else ()), *town.gateways)


def credit_payment(town: Town) -> CreditPayment:
    return CreditPayment(Nudging(town.payments, town.nudge), town.catalogues, town.clock)


def follow_orders(town: Town) -> FollowOrders:
    return FollowOrders(town.payments, town.gateways, credit_payment(town), town.clock)


def remind_owing(town: Town) -> RemindOwing:
    return RemindOwing(town.payments, town.catalogues, town.clock)
