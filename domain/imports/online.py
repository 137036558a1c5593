"""Money that was paid online and that the back office tells of too is credited once (X2, M4)."""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime, time
from typing import Final

from domain.activities.model import StructureId
from domain.alerts.model import Alert, AlertKind
from domain.calendar.instants import instant
from domain.calendar.model import PARIS
from domain.imports.model import Linked
from domain.imports.ports import ImportTx, PaidOnline
from domain.imports.reading import reference_of
from domain.payments.rules import EUR, TOWN_AMOUNT, TOWN_TWICE, TOWN_WALLET

TOWN: Final = "town"  # who tells


def recognise(tx: ImportTx, lines: Sequence[Linked], now: datetime) -> list[Linked]:
    """The lines that are still to be credited: those of the counter, and of orders of which nobody
    has told yet. The others are what was credited already; where they say it otherwise, what was
    credited stays, and the agents are told.
    """
    online = tx.paid_online({reference_of(line.record) for line in lines} - {""})
    told: set[int] = set()
    named: set[str] = set()
    to_credit, met = [], []
    for line in lines:
        reference = reference_of(line.record)
        if reference not in online:
            to_credit.append(line)
        elif not online[reference] and reference not in named:
            to_credit.append(replace(line, order=reference))
        else:
            it = _closest(line, online[reference], told)
            told |= {it.entry} if it is not None else set()
            met.append((line, it))
        named.add(reference)
    tx.recognise(met)
    for line, it in met:
        if (odd := _odd(line, it)) is not None:
            tx.alert(_alert(line, it, odd, now))
    return to_credit


def _closest(line: Linked, paid: Sequence[PaidOnline], told: Set[int]) -> PaidOnline | None:
    """Of an order that was paid more than once, the payment that the line tells of."""
    untold = [one for one in paid if not one.told and one.entry not in told]
    return min(untold, key=lambda one: _odd(line, one) or "", default=None)


def _odd(line: Linked, it: PaidOnline | None) -> str | None:
    if it is None:
        return TOWN_TWICE
    values = line.record.values
    if values["amount"] != it.amount:
        return TOWN_AMOUNT
    where = line.one("family"), line.one("structure"), values["wallet"]
    return None if where == (it.family, it.structure, it.wallet) else TOWN_WALLET


def _alert(line: Linked, it: PaidOnline | None, odd: str, now: datetime) -> Alert:
    values, structure = line.record.values, line.one("structure")
    details: dict[str, str | int] = {
        "odd": odd,
        "provider": TOWN,
        "reference": line.record.key,
        "order_reference": reference_of(line.record),
        "amount": str(values["amount"]),
        "currency": EUR,
        "paid_at": instant(values["day"], time(0), PARIS).isoformat(),
    }
    if it is not None:
        structure = it.structure
        details["credited"] = str(it.amount)
    return Alert(
        key=f"{AlertKind.PAYMENT_ODD}:{TOWN}:{line.record.key}",
        kind=AlertKind.PAYMENT_ODD,
        at=now,
        structure_id=StructureId(structure),
        details=details,
    )
