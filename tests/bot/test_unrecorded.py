"""Payments that wait in files until they can be credited (M4)."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.unrecorded import CreditLate, Unrecorded
from domain.payments.model import Credit, Credited, Paid, Provider

PAID = Paid(
    provider=Provider.TELEGRAM,
    provider_reference="charge/../1",
    order_reference="A" * 20,
    amount=Decimal("12.40"),
    currency="EUR",
    paid_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    payer="HADDAD Nora",
    mode="CBLEUE",
    bank="Telegram",
)


class Crediting:
    def __init__(self, *, away: bool = False, not_this: str = "") -> None:
        self.away, self.not_this, self.paid = away, not_this, list[Paid]()

    async def __call__(self, paid: Paid) -> Credited:
        if self.away or paid.provider_reference == self.not_this:
            raise ConnectionError
        self.paid.append(paid)
        return Credited(Credit.CREDITED)


async def test_what_is_kept_is_credited_later_to_the_cent_and_once(tmp_path: Path):
    kept, credit = Unrecorded(tmp_path / "kept"), Crediting()
    kept.keep(PAID)
    kept.keep(PAID)

    first = await CreditLate(credit, kept)()
    again = await CreditLate(credit, kept)()

    assert (first, again) == (1, 0)
    assert credit.paid == [PAID]


async def test_what_cannot_be_credited_yet_waits_on(tmp_path: Path):
    kept = Unrecorded(tmp_path)
    kept.keep(PAID)

    with pytest.raises(ConnectionError):
        await CreditLate(Crediting(away=True), kept)()

    assert await CreditLate(Crediting(), kept)() == 1


@pytest.mark.parametrize("broken", ["b", "charge/../1"])
async def test_one_that_cannot_be_credited_does_not_hold_back_the_others(
    tmp_path: Path, broken: str
):
    kept, references = Unrecorded(tmp_path), ("a", "b", "c", "d", PAID.provider_reference)
    for reference in references:
        kept.keep(replace(PAID, provider_reference=reference))
    credit = Crediting(not_this=broken)

    with pytest.raises(ConnectionError):
        await CreditLate(credit, kept)()

    assert {one.provider_reference for one in credit.paid} == {*references} - {broken}
    assert await CreditLate(Crediting(), kept)() == 1


async def test_a_file_that_cannot_be_read_stays_and_does_not_hold_back_the_others(tmp_path: Path):
    kept, credit = Unrecorded(tmp_path), Crediting()
    unreadable = tmp_path / "0.json"
    unreadable.write_text('{"provider": "teleg')
    kept.keep(PAID)

    with pytest.raises(ValueError, match="Unterminated"):
        await CreditLate(credit, kept)()

    assert (credit.paid, kept.waiting()) == ([PAID], [unreadable])


async def test_nothing_kept_is_nothing_to_do(tmp_path: Path):
    assert await CreditLate(Crediting(), Unrecorded(tmp_path / "none"))() == 0


def test_only_its_owner_may_read_what_is_kept(tmp_path: Path):
    kept = Unrecorded(tmp_path / "kept")

    kept.keep(PAID)

    (path,) = kept.waiting()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
