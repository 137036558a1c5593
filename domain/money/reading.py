"""What a family reads of its money (M1-M3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from domain.accounts.model import Identity
from domain.activities.catalogue import Catalogue
from domain.activities.ports import Catalogues
from domain.clock import Clock
from domain.errors import NotFound
from domain.money.model import (
    NOTHING,
    Asked,
    BalanceView,
    Consumption,
    ConsumptionsView,
    Estimate,
    EstimateLine,
    EstimateView,
    PaymentsView,
    Undebited,
    Wanted,
)
from domain.money.ports import MoneyTx
from domain.work import Transaction

PER_PAGE: Final = 15
EVERYTHING: Final = 100_000


@dataclass(frozen=True, slots=True)
class ShowBalance:
    """Each wallet, what is booked and not debited, and what is left (M1)."""

    money: Transaction[MoneyTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity, asked: Asked) -> BalanceView:
        catalogue = await self.catalogues(who.catalogue_version)
        family, structure = who.guardian.family_id, who.structure_id
        wallets, booked = await self.money.read(
            lambda tx: (
                tx.wallets(family, structure),
                tx.undebited(family, structure, asked),
            )
        )
        costs = _costs(booked, catalogue)
        return BalanceView(
            structure_id=structure,
            asked=asked,
            today=catalogue.structures[structure].today(self.clock()),
            estimates=tuple(Estimate(one, costs.get(one.name, NOTHING)) for one in wallets),
        )


def _costs(booked: Iterable[Undebited], catalogue: Catalogue) -> dict[str, Decimal]:
    costs: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in booked:
        costs[catalogue.activities[one.activity_id].wallet] += one.price
    return dict(costs)


@dataclass(frozen=True, slots=True)
class ExplainEstimate:
    """The bookings that the estimate counts, a page of them."""

    money: Transaction[MoneyTx]
    catalogues: Catalogues

    async def __call__(
        self, who: Identity, asked: Asked, page: int, per_page: int = PER_PAGE
    ) -> EstimateView:
        catalogue = await self.catalogues(who.catalogue_version)
        family, structure = who.guardian.family_id, who.structure_id
        booked = await self.money.read(lambda tx: tx.undebited(family, structure, asked))
        lines = [
            EstimateLine(
                one.day, child, catalogue.activities[one.activity_id], one.state, one.price
            )
            for one in booked
            if (child := who.child(one.child_id)) is not None
        ]
        pages = max(1, -(-len(lines) // per_page))
        page = min(page, pages)
        return EstimateView(
            asked=asked,
            lines=tuple(lines[(page - 1) * per_page : page * per_page]),
            page=page,
            pages=pages,
            total=sum((line.price for line in lines), NOTHING),
        )


@dataclass(frozen=True, slots=True)
class ShowConsumptions:
    """A month of what was debited: this one or the one before (M2). Raises NotFound for others."""

    money: Transaction[MoneyTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(
        self, who: Identity, wanted: Wanted | None, page: int = 1, per_page: int = PER_PAGE
    ) -> ConsumptionsView:
        """``wanted`` None: this month, all of it."""
        catalogue = await self.catalogues(who.catalogue_version)
        today = catalogue.structures[who.structure_id].today(self.clock())
        latest = today.replace(day=1)
        earliest = (latest - timedelta(days=1)).replace(day=1)
        wanted = wanted or Wanted(latest)
        if wanted.first not in {earliest, latest}:
            raise NotFound
        family, structure = who.guardian.family_id, who.structure_id
        found = await self.money.read(
            lambda tx: tx.consumptions(family, structure, wanted.first, month_end(wanted.first))
        )
        lines = [line for line in found if is_wanted(line, wanted)]
        pages = max(1, -(-len(lines) // per_page))
        page = min(page, pages)
        return ConsumptionsView(
            wanted=wanted,
            earliest=earliest,
            latest=latest,
            lines=tuple(lines[(page - 1) * per_page : page * per_page]),
            page=page,
            pages=pages,
            total=sum((line.total for line in lines), NOTHING),
        )


def is_wanted(line: Consumption, wanted: Wanted) -> bool:
    """Each word typed is part of the date, a name or the activity, whatever its case."""
    if wanted.child not in {None, line.child.id}:
        return False
    if wanted.activity not in {None, line.activity_id}:
        return False
    told = (
        f"{line.day:%d/%m/%Y} {line.child.first_name} {line.child.last_name} {line.activity}"
    ).casefold()
    return all(word in told for word in wanted.words.casefold().split())


@dataclass(frozen=True, slots=True)
class ShowPayments:
    """What was paid in this month and the one before (M3)."""

    money: Transaction[MoneyTx]
    catalogues: Catalogues
    clock: Clock

    async def __call__(self, who: Identity) -> PaymentsView:
        catalogue = await self.catalogues(who.catalogue_version)
        today = catalogue.structures[who.structure_id].today(self.clock())
        first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        last = month_end(today)
        family, structure = who.guardian.family_id, who.structure_id
        lines = await self.money.read(lambda tx: tx.payments(family, structure, first, last))
        return PaymentsView(first, last, lines, sum((line.amount for line in lines), NOTHING))


def month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
