"""What the families' wallets hold: past days are debited by the rules themselves, payments as the
guide prints them, and a first entry so that each balance is the one of its family.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from bot.sample.families import DUPONT, Household
from bot.sample.register import Town
from bot.sample.structures import WALLETS
from domain.families.model import FamilyId
from domain.money.debiting import debits
from storage.money import SqlMoney
from storage.town import TownWriter

PAID: Final = (
    (11, "88.75", "Par Internet"),
    (30, "59.08", "Par Internet"),
    (53, "16.88", "Par Internet"),
)
"""How many days ago, EUR, bank: the guide's own three payments."""


def settle(
    connection: Connection, town: Town, families: Mapping[FamilyId, Household], now: datetime
) -> None:
    money, writer = SqlMoney(connection), TownWriter(connection)
    for structure in town.structures.values():
        due = money.to_debit(structure, town.window.today)
        money.debit(list(debits(due, town.catalogue)), now)
    for family, household in families.items():
        _pay(money, writer, town, family, household)
        _open(money, writer, town, family, household)


def _pay(
    money: SqlMoney, writer: TownWriter, town: Town, family: FamilyId, household: Household
) -> None:
    """Into the first wallet; the others paid once."""
    place, structure = next(iter(town.structures.items()))
    (wallet,) = (one for one in money.wallets(family, structure) if one.name == WALLETS[place])
    payer = household.parents[0]
    for ago, amount, bank in PAID if household is DUPONT else PAID[1:2]:
        day = town.window.today - timedelta(days=ago)
        writer.paid(
            wallet.id,
            day,
            Decimal(amount),
            mode="CBLEUE",
            number=f"{day:%d%m%Y}{family:09}",
            payer=f"{payer.last_name} {payer.first_name}",
            bank=bank,
        )


def _open(
    money: SqlMoney, writer: TownWriter, town: Town, family: FamilyId, household: Household
) -> None:
    first: date = town.window.first
    for place, structure in town.structures.items():
        wanted = Decimal(household.balance if place is next(iter(town.structures)) else "0.00")
        for wallet in money.wallets(family, structure):
            if wallet.name == WALLETS[place]:
                writer.opened(wallet.id, wanted - wallet.balance, first)
