"""Amounts as they are typed, and what may be paid (M4)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.payments import rules
from domain.payments.errors import (
    AmountRefused,
    NotThePayer,
    OrderChanged,
    OrderOver,
    OrderPaid,
    WalletClosed,
)
from domain.payments.model import (
    Asked,
    Checkout,
    Held,
    Kept,
    Order,
    OrderId,
    OrderState,
    Paid,
    Provider,
    Why,
)

NOW = datetime(2026, 12, 5, 9, tzinfo=UTC)
ORDER = Order(
    id=OrderId(1),
    reference="A" * 20,
    family_id=1,
    guardian_id=1,
    structure_id=1,
    wallet_id=1,
    amount=Decimal("36.10"),
    provider=Provider.TELEGRAM,
    state=OrderState.OPEN,
    created_at=NOW,
    expires_at=NOW + timedelta(hours=24),
)
KEPT = Kept(ORDER, "Cantine", closed=False, payer="HADDAD Nora")
ASKED = Asked(ORDER.reference, ORDER.amount, "EUR", 71)
PAID = Paid(Provider.TELEGRAM, "charge-1", ORDER.reference, ORDER.amount, "EUR", NOW)


# -- typed ------------------------------------------
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("25", "25.00"),
        ("25,5", "25.50"),
        ("25.50 €", "25.50"),
        ("€25.50", "25.50"),
        (" 25,50 euros ", "25.50"),
        ("1 250,00", "1250.00"),
        ("1\u202f250\u00a0€", "1250.00"),
        ("12€50", "12.50"),
        ("12 € 50", "12.50"),
        ("2 euros 5", None),
        ("12 EUR 05", "12.05"),
        ("1", "1.00"),
        ("2000", "2000.00"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(typed, read):
    if read is None:
        with pytest.raises(AmountRefused):
            rules.read_amount(typed)
        return

    assert str(rules.read_amount(typed)) == read


@pytest.mark.parametrize(
    "typed",
    ["", "€", "0", "0,99", "-5", "2000,01", "12 50", "1.234,56", "12,505", "1e3", "٢٥", "NaN"],
)
def test_what_could_be_another_amount_is_refused(typed):
    with pytest.raises(AmountRefused):
        rules.read_amount(typed)


def test_an_amount_has_whole_cents():
    with pytest.raises(AmountRefused):
        rules.check_amount(Decimal("12.505"))


@pytest.mark.parametrize(
    ("owed", "payable"),
    [
        ("-3.00", "0.00"),
        ("0.00", "0.00"),
        ("0.01", "1.00"),
        ("36.10", "36.10"),
        ("36.101", "36.11"),
        ("9000.00", "2000.00"),
    ],
)
def test_what_is_owed_is_payable_within_the_limits(owed, payable):
    assert str(rules.payable(Decimal(owed))) == payable


# -- before ------------------------------------------
def test_the_family_may_pay_what_it_ordered_until_its_last_moment():
    rules.check(ASKED, Checkout(KEPT, is_payer=True), ORDER.expires_at - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        (None, OrderChanged),
        (Checkout(KEPT, is_payer=False), NotThePayer),
        (Checkout(replace(KEPT, closed=True), is_payer=True), WalletClosed),
        *(
            (Checkout(replace(KEPT, order=replace(ORDER, **changed)), is_payer=True), refusal)
            for changed, refusal in (
                ({"state": OrderState.PAID}, OrderPaid),
                ({"state": OrderState.CANCELLED}, OrderOver),
                ({"state": OrderState.EXPIRED}, OrderOver),
                ({"expires_at": NOW}, OrderOver),
                ({"amount": Decimal("36.11")}, OrderChanged),
            )
        ),
    ],
)
def test_nobody_pays_what_is_not_ordered_by_them_and_open(found, refusal):
    with pytest.raises(refusal):
        rules.check(ASKED, found, NOW)


# -- after ------------------------------------------
@pytest.mark.parametrize(
    ("paid", "kept", "why"),
    [
        (PAID, KEPT, None),
        (PAID, None, Why.UNKNOWN),
        (replace(PAID, currency="USD"), KEPT, Why.CURRENCY),
        (replace(PAID, amount=Decimal("0.00")), KEPT, Why.AMOUNT),
        (replace(PAID, amount=Decimal("-5.00")), KEPT, Why.AMOUNT),
        (replace(PAID, amount=Decimal("0.01")), KEPT, None),
        (replace(PAID, amount=Decimal("99999.99")), KEPT, None),
        (PAID, replace(KEPT, closed=True), Why.CLOSED),
        (PAID, replace(KEPT, order=replace(ORDER, state=OrderState.CANCELLED)), None),
        (PAID, replace(KEPT, order=replace(ORDER, state=OrderState.EXPIRED)), None),
    ],
)
def test_only_what_no_wallet_can_take_goes_astray(paid, kept, why):
    assert rules.astray(paid, kept) is why


@pytest.mark.parametrize(
    ("paid", "state", "odd"),
    [
        (PAID, OrderState.OPEN, None),
        (PAID, OrderState.EXPIRED, None),
        (PAID, OrderState.PAID, "paid_twice"),
        (replace(PAID, amount=Decimal("36.09")), OrderState.OPEN, "amount"),
        (replace(PAID, provider=Provider.PAYFIP), OrderState.OPEN, "provider"),
    ],
)
def test_the_town_looks_at_what_is_not_as_it_was_ordered(paid, state, odd):
    held = Held(ORDER.wallet_id, paid.amount)
    assert rules.oddity(paid, replace(ORDER, state=state), held) == odd


def test_a_provider_is_asked_ever_more_seldom_but_once_an_hour():
    minutes = [rules.wait(asked) // timedelta(minutes=1) for asked in (0, 1, 2, 5, 400)]

    assert minutes == [2, 4, 8, 60, 60]
