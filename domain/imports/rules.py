"""What cannot be true of one line, whatever the town holds."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from domain.activities.tariff_model import DayKind, PerDay, PerSlice, Quotient, Tariff
from domain.imports.model import Problem, Record, Table, Trouble

Wrong: TypeAlias = tuple[Trouble, str, Mapping[str, object]]
Values: TypeAlias = Mapping[str, Any]
ORDERED: Final = (("arrival", "departure"), ("valid_from", "valid_to"), ("first", "last"))


def contradictions(record: Record) -> Iterator[Problem]:
    """What the line says against itself."""
    values: Values = record.values
    for first, last in ORDERED:
        for trouble, column, params in _in_order(values, first, last):
            yield record.problem(trouble, column, **params)
    for trouble, column, params in JUDGES.get(record.table, _nothing)(values):
        yield record.problem(trouble, column, **params)


def tariff(values: Values, *, activity_id: int) -> Tariff:
    """Raises ValueError, which starts with the faulty column."""
    minutes = values["slice_minutes"]
    return Tariff(
        activity_id=activity_id,
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        day_kind=DayKind(values["day_kind"]),
        bracket_min=values["bracket_min"],
        bracket_max=values["bracket_max"],
        unit=PerDay() if minutes is None else PerSlice(minutes),
        amount=values["amount"],
        minimum=values["minimum"],
        cap=values["cap"],
    )


def quotient(values: Values) -> Quotient:
    """Raises ValueError, as ``tariff``."""
    value: Decimal = values["value"]
    return Quotient(values["valid_from"], values["valid_to"], value)


def _in_order(values: Values, first: str, last: str) -> Iterator[Wrong]:
    begins, ends = values.get(first), values.get(last)
    if begins is None or ends is None:
        return
    if ends < begins or (first == "arrival" and ends == begins):
        yield Trouble.IMPOSSIBLE, last, {"reason": f"{ends} < {begins}"}


def _nothing(values: Values) -> Iterator[Wrong]:
    yield from ()


def _above_zero(values: Values) -> Iterator[Wrong]:
    for name in ("draft_hours", "offer_minutes"):
        if values.get(name) == 0:
            yield Trouble.IMPOSSIBLE, name, {"reason": "0"}


def _payment(values: Values) -> Iterator[Wrong]:
    if values["amount"] == 0:
        yield Trouble.NOT_AN_AMOUNT, "amount", {}


def _consumption(values: Values) -> Iterator[Wrong]:
    if values["unit_price"] < 0:
        yield Trouble.NOT_AN_AMOUNT, "unit_price", {}


def _opening(values: Values) -> Iterator[Wrong]:
    """Hours of its own, both ends; or none."""
    for name, other in (("arrival", "departure"), ("departure", "arrival")):
        if values[name] is None and values[other] is not None:
            yield Trouble.EMPTY, name, {}


def _answer(values: Values) -> Iterator[Wrong]:
    """The family is told why."""
    if values["answer"] != "accepted" and not values["reason"]:
        yield Trouble.EMPTY, "reason", {}


def _judged(make: Callable[[Values], object]) -> Callable[[Values], Iterator[Wrong]]:
    def judge(values: Values) -> Iterator[Wrong]:
        try:
            make(values)
        except ValueError as error:
            column, _, reason = str(error).partition(": ")
            name = {"minutes": "slice_minutes"}.get(column, column)
            if name != "valid_to":  # told by its order already
                yield Trouble.IMPOSSIBLE, name, {"reason": reason}

    return judge


JUDGES: Final[Mapping[Table, Callable[[Values], Iterator[Wrong]]]] = {
    Table.STRUCTURES: _above_zero,
    Table.ACTIVITIES: _above_zero,
    Table.TARIFFS: _judged(lambda values: tariff(values, activity_id=0)),
    Table.QUOTIENTS: _judged(quotient),
    Table.PAYMENTS: _payment,
    Table.CONSUMPTIONS: _consumption,
    Table.OPENINGS: _opening,
    Table.ANSWERS: _answer,
}
