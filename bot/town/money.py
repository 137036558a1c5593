"""What a family owns, owes and has consumed (M1 to M3)."""

from bot.town.parts import Town
from domain.money.debiting import DebitConsumed
from domain.money.reading import (
    ExplainEstimate,
    ShowBalance,
    ShowConsumptions,
    ShowPayments,
)
from handlers.use_cases.money import Money


def for_parents(town: Town) -> Money:
    parts = town.money, town.catalogues
    return Money(
        show_balance=ShowBalance(*parts, town.clock),
        explain_estimate=ExplainEstimate(*parts),
        show_consumptions=ShowConsumptions(*parts, town.clock),
        show_payments=ShowPayments(*parts, town.clock),
    )


def debit_consumed(town: Town) -> DebitConsumed:
    return DebitConsumed(town.money, town.catalogues, town.clock)
