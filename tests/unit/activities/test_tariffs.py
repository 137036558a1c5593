"""B11, with the figures of the guide."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.activities.tariffs import (
    DayKind,
    PerDay,
    PerSlice,
    Quotient,
    Tariff,
    TariffMissing,
    price,
    quotient_on,
)

DAY = date(2026, 11, 24)
LONG_AGO = date(2020, 1, 1)
HALF_HOUR = PerSlice(30)
calm = settings(deadline=None)  # nothing here is a measure of time


def tariff(
    amount: str,
    *,
    since: date = LONG_AGO,
    until: date | None = None,
    kind: DayKind = DayKind.ANY,
    bracket: tuple[str | None, str | None] = (None, None),
    unit: PerDay | PerSlice = PerDay(),  # noqa: B008 - frozen
    minimum: str | None = None,
    cap: str | None = None,
) -> Tariff:
    low, high, least, most = (
        None if text is None else Decimal(text) for text in (*bracket, minimum, cap)
    )
    return Tariff(1, since, until, kind, low, high, unit, Decimal(amount), least, most)


def charge(*tariffs, day=DAY, holiday=False, quotient=None, hours=(None, None)):
    quotient = None if quotient is None else Decimal(quotient)
    arrival, departure = hours
    return price(
        tariffs,
        day=day,
        is_school_holiday=holiday,
        quotient=quotient,
        arrival=arrival,
        departure=departure,
    )


BRACKETS = (
    tariff("1.00", bracket=(None, "400")),
    tariff("2.50", bracket=("400", "800")),
    tariff("4.22", bracket=("800", None)),
)


@pytest.mark.parametrize("amount", ["4.22", "24.87"])
def test_a_day_costs_its_amount_whatever_the_hours(amount):
    found = charge(tariff(amount), hours=(time(7, 30), time(18)))

    assert (found.amount, found.unit_price, found.quantity) == (
        Decimal(amount),
        Decimal(amount),
        1,
    )


@pytest.mark.parametrize(
    ("arrival", "departure", "slices", "amount"),
    [
        pytest.param(time(7), time(8, 20), 3, "0.96", id="the guide's 0.96"),
        pytest.param(time(7, 20), time(8, 20), 2, "0.64", id="the guide's 0.64"),
        pytest.param(time(8), time(8, 20), 1, "0.32", id="less than a slice"),
        pytest.param(time(7), time(8, 30), 3, "0.96", id="whole slices"),
        pytest.param(time(7), time(8, 31), 4, "1.28", id="a minute more"),
    ],
)
def test_every_started_half_hour_of_accueil_matin_is_due(arrival, departure, slices, amount):
    found = charge(tariff("0.32", unit=HALF_HOUR), hours=(arrival, departure))

    assert (found.quantity, found.amount) == (slices, Decimal(amount))
    assert found.unit_price == Decimal("0.32")


@pytest.mark.parametrize(
    "hours", [(None, None), (time(7), None), (time(8), time(8)), (time(9), time(8))]
)
def test_a_price_by_slices_needs_an_arrival_before_a_departure(hours):
    with pytest.raises(ValueError, match="hours"):
        charge(tariff("0.32", unit=HALF_HOUR), hours=hours)


@pytest.mark.parametrize(("minutes", "expected"), [(20, "1.50"), (150, "1.60"), (600, "5.00")])
def test_minimum_and_cap_bound_the_price(minutes, expected):
    departure = time(7 + minutes // 60, minutes % 60)
    bounded = tariff("0.32", unit=HALF_HOUR, minimum="1.5", cap="5")

    found = charge(bounded, hours=(time(7), departure))

    assert str(found.amount) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("2.675", "2.68"), ("2.674", "2.67"), ("0.005", "0.01"), ("4", "4.00")],
)
def test_cents_are_rounded_half_up(amount, expected):
    assert str(charge(tariff(amount)).amount) == expected


def test_rounding_comes_once_after_the_slices_are_counted():
    found = charge(tariff("0.125", unit=HALF_HOUR), hours=(time(7), time(8, 30)))

    assert found.amount == Decimal("0.38")


@pytest.mark.parametrize(
    ("quotient", "expected"),
    [
        ("0", "1.00"),
        ("399.99", "1.00"),
        ("400", "2.50"),
        ("799.99", "2.50"),
        ("800", "4.22"),
        ("9999", "4.22"),
    ],
)
def test_a_bracket_holds_its_lower_end_and_not_its_upper_one(quotient, expected):
    found = charge(*BRACKETS, quotient=quotient)

    assert found.amount == Decimal(expected)
    assert not found.quotient_missing


def test_an_unknown_quotient_pays_the_highest_and_says_so():
    found = charge(*BRACKETS)

    assert found.amount == Decimal("4.22")
    assert found.quotient_missing
    assert found.tariff is BRACKETS[2]


def test_an_unknown_quotient_finds_the_highest_in_a_middle_bracket_too():
    dear = replace(BRACKETS[1], amount=Decimal("9.99"))

    assert charge(BRACKETS[0], dear, BRACKETS[2]).amount == Decimal("9.99")


def test_an_unknown_quotient_finds_the_highest_above_the_last_bracket_too():
    usual, social = tariff("4.22"), tariff("1.00", bracket=(None, "400"))

    assert charge(usual, social).amount == Decimal("4.22")


def test_the_highest_is_what_is_due_in_the_end_and_not_the_unit_price():
    capped = tariff("9.00", bracket=(None, "400"), unit=HALF_HOUR, cap="2.00")
    free = tariff("0.32", bracket=("400", None), unit=HALF_HOUR)

    found = charge(capped, free, hours=(time(7), time(12)))

    assert (found.amount, found.tariff) == (Decimal("3.20"), free)


def test_an_unknown_quotient_is_no_matter_where_everybody_pays_the_same():
    found = charge(tariff("4.22"))

    assert not found.quotient_missing


def test_a_price_that_was_replaced_is_not_the_highest():
    replaced = tariff("9.00", bracket=("800", None), until=None)
    current = tariff("5.00", bracket=("800", None), since=date(2026, 9, 1))

    assert charge(replaced, current).amount == Decimal("5.00")


def test_the_most_recent_tariff_wins():
    old, new = tariff("4.00"), tariff("4.22", since=date(2026, 9, 1))

    assert charge(new, old).amount == charge(old, new).amount == Decimal("4.22")


def test_a_tariff_counts_from_its_first_to_its_last_day():
    autumn = tariff("1.00", since=date(2026, 9, 1), until=date(2026, 12, 31))
    usual = tariff("2.00")

    paid = [
        str(charge(usual, autumn, day=day).amount)
        for day in (
            date(2026, 8, 31),
            date(2026, 9, 1),
            date(2026, 12, 31),
            date(2027, 1, 1),
        )
    ]

    assert paid == ["2.00", "1.00", "1.00", "2.00"]


@pytest.mark.parametrize(("holiday", "expected"), [(False, "4.22"), (True, "24.87")])
def test_school_days_and_holidays_have_their_own_tariffs(holiday, expected):
    school = tariff("4.22", kind=DayKind.SCHOOL)
    holidays = tariff("24.87", kind=DayKind.HOLIDAY)

    assert charge(school, holidays, holiday=holiday).amount == Decimal(expected)


def test_of_two_tariffs_of_one_date_the_one_for_this_kind_of_day_wins():
    usual, holidays = tariff("4.22"), tariff("3.00", kind=DayKind.HOLIDAY)

    assert charge(holidays, usual, holiday=True).amount == Decimal("3.00")
    assert charge(holidays, usual, holiday=False).amount == Decimal("4.22")


def test_of_two_tariffs_of_one_date_the_one_with_a_bracket_wins():
    usual, social = tariff("4.22"), tariff("1.00", bracket=(None, "400"))

    assert charge(social, usual, quotient="100").amount == Decimal("1.00")
    assert charge(social, usual, quotient="500").amount == Decimal("4.22")


@pytest.mark.parametrize(
    "tariffs",
    [
        pytest.param((), id="no tariff at all"),
        pytest.param((tariff("1", since=DAY + timedelta(days=1)),), id="not yet"),
        pytest.param((tariff("1", until=DAY - timedelta(days=1)),), id="no longer"),
        pytest.param((tariff("1", kind=DayKind.HOLIDAY),), id="other days"),
        pytest.param((tariff("1", bracket=("800", None)),), id="another bracket"),
    ],
)
def test_no_tariff_for_that_day_and_family_is_a_refusal(tariffs):
    with pytest.raises(TariffMissing) as refused:
        charge(*tariffs, quotient="500")

    assert (refused.value.code, refused.value.params) == ("tariff.missing", {"day": DAY})


def test_a_float_never_becomes_money():
    with pytest.raises(TypeError, match=r"^amount:"):
        replace(tariff("4.22"), amount=4.22)


def test_a_float_never_becomes_a_quotient():
    with pytest.raises(TypeError, match=r"^value:"):
        Quotient(LONG_AGO, None, 512.5)
    with pytest.raises(TypeError, match=r"^quotient:"):
        price([tariff("1")], day=DAY, is_school_holiday=False, quotient=512.5)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal("Infinity")}, "amount"),
        ({"minimum": Decimal("0.005")}, "minimum"),
        ({"cap": Decimal("1.001")}, "cap"),
        ({"minimum": Decimal(2), "cap": Decimal(1)}, "cap"),
        ({"bracket_min": Decimal(400), "bracket_max": Decimal(400)}, "bracket_max"),
        ({"valid_to": LONG_AGO - timedelta(days=1)}, "valid_to"),
    ],
)
def test_a_tariff_that_means_nothing_is_refused_by_its_field(changes, field):
    with pytest.raises(ValueError, match=f"^{field}:"):
        replace(tariff("4.22"), **changes)


def test_a_slice_lasts_a_minute_at_least():
    with pytest.raises(ValueError, match=r"^minutes:"):
        PerSlice(0)


def test_the_quotient_is_the_one_of_the_service_date():
    before = Quotient(date(2026, 1, 1), date(2026, 12, 31), Decimal(512))
    after = Quotient(date(2027, 1, 1), None, Decimal(700))

    found = [
        quotient_on([after, before], day)
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    ]

    assert found == [None, Decimal(512), Decimal(512), Decimal(700)]


def test_of_two_valid_quotients_the_latest_to_start_wins():
    first = Quotient(date(2026, 1, 1), None, Decimal(700))
    revised = Quotient(date(2026, 6, 1), None, Decimal(512))

    assert quotient_on([first, revised], DAY) == quotient_on([revised, first], DAY) == 512


cents = st.decimals(0, 50, places=2)
amounts = st.decimals(0, 50, places=4)
slices = st.builds(PerSlice, st.integers(1, 120))
clocks = st.integers(7 * 60 + 1, 19 * 60).map(lambda minutes: time(minutes // 60, minutes % 60))
bounded_tariffs = st.builds(
    lambda amount, unit, bounds: Tariff(
        1, LONG_AGO, None, DayKind.ANY, None, None, unit, amount, *sorted(bounds)
    ),
    amounts,
    slices | st.just(PerDay()),
    st.tuples(cents, cents),
)


@calm
@given(bounded_tariffs, clocks)
def test_a_price_is_never_below_its_minimum_nor_above_its_cap(bounded, departure):
    found = charge(bounded, hours=(time(7), departure))

    assert bounded.minimum <= found.amount <= bounded.cap


@calm
@given(bounded_tariffs, clocks, clocks)
def test_a_longer_stay_never_costs_less(bounded, one, other):
    shorter, longer = sorted([one, other])

    assert (
        charge(bounded, hours=(time(7), shorter)).amount
        <= charge(bounded, hours=(time(7), longer)).amount
    )


@calm
@given(amounts, slices, clocks)
def test_the_slices_cover_the_stay_and_one_less_would_not(amount, unit, departure):
    found = charge(tariff(str(amount), unit=unit), hours=(time(7), departure))

    stay = (departure.hour - 7) * 60 + departure.minute
    assert (found.quantity - 1) * unit.minutes < stay <= found.quantity * unit.minutes


@calm
@given(st.lists(bounded_tariffs, min_size=1, max_size=20), clocks)
def test_a_total_is_exact_to_the_cent(tariffs, departure):
    prices = [charge(one, hours=(time(7), departure)).amount for one in tariffs]

    assert all(one.as_tuple().exponent == -2 for one in prices)
    assert int(sum(prices) * 100) == sum(int(one * 100) for one in prices)


@calm
@given(st.lists(amounts, min_size=2, max_size=5), st.decimals(0, 5000, places=2))
def test_an_unknown_quotient_never_pays_less_than_a_known_one(steps, quotient):
    edges = [None, *(str(400 * nth) for nth in range(1, len(steps))), None]
    tariffs = [
        tariff(str(amount), bracket=(edges[nth], edges[nth + 1]))
        for nth, amount in enumerate(steps)
    ]

    assert charge(*tariffs).amount >= charge(*tariffs, quotient=quotient).amount
