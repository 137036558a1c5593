"""Changing the addresses, one code after the other (H3)."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from domain.emails.errors import CodeGone, TooManyCodes, WrongCode
from domain.emails.model import Event
from domain.emails.service import (
    ChangeAddresses,
    DropPending,
    ProveAddress,
    SendCodesAgain,
    ShowAddresses,
)
from domain.notices.model import Channel, Kind
from tests.builders import NOW, catalogue, identity
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown

ANNE = identity(1)
OLD, NEW, OTHER = "old@example.org", "new@example.org", "other@example.org"
LAST = "last@example.org"


class Stage:
    def __init__(self, *verified: str) -> None:
        data = TownData(catalogue())
        data.guardian(replace(ANNE.guardian, emails=verified))
        self.town, self.now, self.numbers = FakeTown(data), NOW, count(1)
        emails = self.town.emails
        self._change = ChangeAddresses(emails, self.clock, self.code)
        self._again = SendCodesAgain(emails, self.clock, self.code)
        self._prove = ProveAddress(emails, self.clock)

    def clock(self):
        return self.now

    def code(self) -> str:
        return f"CODE{next(self.numbers):04}"

    async def change(self, *typed: str):
        return await self._change(ANNE, ";".join(typed))

    async def again(self):
        return await self._again(ANNE)

    async def prove(self, code: str):
        return await self._prove(ANNE, code)

    async def shown(self):
        return await ShowAddresses(self.town.emails)(ANNE)

    def mailed(self, kind: Kind) -> list[dict[str, str]]:
        return [dict(n.secret) for n in self.town.notices if n.kind is kind]

    def told(self) -> list[str]:
        """Who was told of a change."""
        return [secret["to"] for secret in self.mailed(Kind.EMAIL_CHANGED)]


async def test_a_new_address_waits_for_the_code_that_was_sent_to_it():
    stage = Stage(OLD)

    found = await stage.change(OLD, NEW)

    assert found.verified == (OLD,)
    assert [one.address for one in found.pending] == [NEW]
    assert stage.mailed(Kind.EMAIL_CODE) == [{"code": "CODE0001", "to": NEW}]
    assert {n.channel for n in stage.town.notices} == {Channel.MAIL}
    assert stage.told() == []


async def test_its_code_adds_it_and_old_and_new_addresses_are_told():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)

    found = await stage.prove("code-0001")

    assert (found.verified, found.pending) == ((OLD, NEW), ())
    assert stage.told() == [OLD, NEW]


async def test_proved_addresses_follow_the_order_typed_at_once():
    stage = Stage(OLD, OTHER)

    found = await stage.change(OTHER, OLD)

    assert found.verified == (OTHER, OLD)
    assert stage.told() == [OLD, OTHER]


async def test_an_address_left_out_goes_and_is_told():
    stage = Stage(OLD, OTHER)

    found = await stage.change(OTHER)

    assert found.verified == (OTHER,)
    assert stage.told() == [OLD, OTHER]


async def test_the_same_list_again_changes_nothing_and_tells_nobody():
    stage = Stage(OLD, OTHER)

    await stage.change(OLD.upper(), OTHER)

    assert (await stage.shown()).verified == (OLD, OTHER)
    assert stage.town.notices == []


async def test_the_last_proved_address_stays_until_a_new_one_is():
    stage = Stage(OLD)

    before = await stage.change(NEW, OTHER)
    after = await stage.prove("CODE0002")
    last = await stage.prove("CODE0001")

    assert before.verified == (OLD,)
    assert after.verified == (OTHER,)
    assert last.verified == (NEW, OTHER)


@pytest.mark.parametrize("order", [("CODE0001", "CODE0002"), ("CODE0002", "CODE0001")])
async def test_each_takes_the_place_that_it_was_typed_at(order):
    stage = Stage(OLD, LAST)
    await stage.change(NEW, OLD, OTHER, LAST)

    for code in order:
        await stage.prove(code)

    assert (await stage.shown()).verified == (NEW, OLD, OTHER, LAST)


async def test_three_wrong_codes_end_it():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)

    left = []
    for _ in range(3):
        with pytest.raises(WrongCode) as wrong:
            await stage.prove("XXXX")
        left.append(wrong.value.params["left"])

    assert left == [2, 1, 0]
    with pytest.raises(CodeGone):
        await stage.prove("CODE0001")


async def test_a_code_is_good_for_half_an_hour():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)
    stage.now += timedelta(minutes=30)

    with pytest.raises(CodeGone):
        await stage.prove("CODE0001")


async def test_a_code_works_once():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)
    await stage.prove("CODE0001")

    with pytest.raises(CodeGone):
        await stage.prove("CODE0001")


async def test_a_code_sent_again_ends_the_one_before():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)
    stage.now += timedelta(minutes=2)

    await stage.again()

    with pytest.raises(WrongCode):
        await stage.prove("CODE0001")
    assert (await stage.prove("CODE0002")).verified == (OLD, NEW)


async def test_tries_begin_anew_with_a_new_code():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)
    for _ in range(3):
        with pytest.raises(WrongCode):
            await stage.prove("XXXX")
    stage.now += timedelta(minutes=2)

    await stage.again()

    assert (await stage.prove("CODE0002")).verified == (OLD, NEW)


async def test_codes_are_not_sent_again_within_a_minute():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)
    stage.now += timedelta(seconds=59)

    with pytest.raises(TooManyCodes):
        await stage.again()


async def test_the_same_new_address_typed_again_keeps_its_code():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)

    await stage.change(NEW, OLD)

    assert len(stage.mailed(Kind.EMAIL_CODE)) == 1
    assert (await stage.prove("CODE0001")).verified == (NEW, OLD)


async def test_ten_codes_a_day_are_enough_and_the_refused_list_changes_nothing():
    stage = Stage(OLD)
    for n in range(10):
        await stage.change(OLD, f"a{n}@example.org")

    with pytest.raises(TooManyCodes) as refused:
        await stage.change("victim@example.org")

    assert refused.value.params["until"] == NOW + timedelta(days=1)
    assert [one.address for one in (await stage.shown()).pending] == ["a9@example.org"]


async def test_what_waits_is_given_up():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)

    await DropPending(stage.town.emails)(ANNE)

    assert (await stage.shown()).pending == ()
    with pytest.raises(CodeGone):
        await stage.prove("CODE0001")


async def test_a_first_address_needs_no_old_one():
    stage = Stage()
    await stage.change(NEW)

    assert (await stage.prove("CODE0001")).verified == (NEW,)


async def test_the_audit_log_tells_of_changes_and_wrong_codes_and_of_no_address():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)
    with pytest.raises(WrongCode):
        await stage.prove("XXXX")
    await stage.prove("CODE0001")

    entries = list(stage.town.data.audit.values())
    assert [entry.what for entry in entries] == [Event.CODE_FAILED, Event.CHANGED]
    assert "example" not in repr(entries)


async def test_no_key_and_no_fact_of_a_notice_holds_an_address_or_a_code():
    stage = Stage(OLD)
    await stage.change(OLD, NEW)
    await stage.prove("CODE0001")

    written = repr([(n.key, n.params) for n in stage.town.notices])
    assert "example" not in written
    assert "CODE0001" not in written
