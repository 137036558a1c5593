"""The night debits what was consumed, at the tariff of the day (M1, B11)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.activities import tariffs
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.money.model import NOTHING, Debit, ToDebit
from domain.money.ports import MoneyTx
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class DebitConsumed:
    """Every accepted booking whose day is over, once. Answers how many; repeated, it adds nothing.

    An absence that is not billed is written too, for nothing: the family sees that it counted.
    Where the town gives no tariff for the day any more, the price at booking holds.
    """

    money: Transaction[MoneyTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self) -> int:
        catalogue, now = await self.catalogues(), self.clock()
        done = 0
        for structure in catalogue.structures.values():
            today = structure.today(now)

            def work(tx: MoneyTx) -> int:
                due = tx.to_debit(structure.id, today)  # noqa: B023 - run within this turn
                return tx.debit(list(debits(due, catalogue)), now)

            done += await self.money.write(work)
        return done


def debits(due: Sequence[ToDebit], catalogue: Catalogue) -> Iterator[Debit]:
    for one in due:
        activity = catalogue.activities[one.activity_id]
        unit_price, quantity, total = _price(one, catalogue)
        yield Debit(
            of=one,
            wallet=activity.wallet,
            structure_id=activity.structure_id,
            unit_price=unit_price,
            quantity=quantity,
            total=total,
        )


def _price(one: ToDebit, catalogue: Catalogue) -> tuple[Decimal, int, Decimal]:
    """Unit price, quantity, total."""
    activity = catalogue.activities[one.activity_id]
    structure = catalogue.structure_of(activity.id)
    if one.excused:
        return one.booked_price, 0, NOTHING
    if not activity.tariffs:
        return NOTHING, 1, NOTHING
    try:
        price = tariffs.price(
            activity.tariffs,
            day=one.day,
            is_school_holiday=structure.calendar.is_school_holiday(one.day),
            quotient=one.quotient,
            arrival=one.arrival,
            departure=one.departure,
        )
    except tariffs.TariffMissing:
        return one.booked_price, 1, one.booked_price
    return price.unit_price, price.quantity, price.amount
