"""A4, H3: a new password is judged, typed twice, and ends the other devices."""

from datetime import timedelta

import pytest

from domain.accounts.choosing import ChoosePassword, ConfirmPassword
from domain.accounts.errors import ChoiceDiffers, ChoiceGone, WrongCredentials
from domain.accounts.events import Event
from domain.accounts.passwords import RuleCode
from domain.notices.model import Channel, Kind
from tests.unit.accounts.conftest import FATHER, OWN, PHONE, SECRET, TABLET


async def test_a_good_password_typed_twice_is_the_new_one(office):
    who = await office.log_in()

    ended = await office.change(who)

    assert ended == 0
    assert (await office.log_in(password=OWN)).guardian.id == FATHER
    with pytest.raises(WrongCredentials):
        await office.log_in(password=SECRET)
    assert (Event.PASSWORD_CHANGED, FATHER) in office.noted


async def test_the_temporary_password_is_replaced_for_good(office):
    letter = await office.invite()
    who = await office.log_in(password=letter.password)

    await office.change(who)

    office.later(days=100)
    assert not (await office.log_in(password=OWN)).must_change_password


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("court", RuleCode.LENGTH),
        ("x" * 257, RuleCode.LENGTH),
        ("azerty-2026-2027", RuleCode.COMMON),
        ("paul1 est mon enfant", RuleCode.PERSONAL),
        ("vive carteville !!", RuleCode.PERSONAL),
        (SECRET, RuleCode.SAME),
    ],
)
async def test_a_password_that_breaks_a_rule_is_not_kept(office, typed, rule):
    who = await office.log_in()

    judged = await ChoosePassword(office.chooser)(who, typed)

    assert not dict(judged.rules)[rule]
    with pytest.raises(ChoiceGone):
        await ConfirmPassword(office.chooser)(who, typed)


async def test_what_is_too_long_costs_no_hash(office):
    who = await office.log_in()
    before = office.passwords.verified

    await ChoosePassword(office.chooser)(who, "x" * 5000)

    assert office.passwords.verified == before


async def test_the_second_time_must_be_the_same_and_then_it_is_chosen_anew(office):
    who = await office.log_in()

    with pytest.raises(ChoiceDiffers):
        await office.change(who, again=OWN + "!")

    with pytest.raises(ChoiceGone):
        await ConfirmPassword(office.chooser)(who, OWN)
    assert (await office.log_in()).guardian.id == FATHER


async def test_ten_minutes_are_enough_to_type_it_again(office):
    who = await office.log_in()
    await ChoosePassword(office.chooser)(who, OWN)
    office.later(minutes=10, seconds=1)

    with pytest.raises(ChoiceGone):
        await ConfirmPassword(office.chooser)(who, OWN)

    office.now -= timedelta(seconds=1)
    assert await ConfirmPassword(office.chooser)(who, OWN) == 0


async def test_only_a_hash_is_kept_between_the_two(office):
    who = await office.log_in()

    await ChoosePassword(office.chooser)(who, OWN)

    assert [choice.password_hash for choice in office.data.chosen.values()] == [f"hash of {OWN}"]


async def test_the_other_devices_are_ended_and_the_mailbox_is_told(office):
    await office.log_in(user=TABLET)
    who = await office.log_in(user=PHONE)

    ended = await office.change(who)

    live = [s.telegram_user for s in office.data.sessions.values() if s.ended_at is None]
    assert (ended, live) == (1, [PHONE])
    changed = [channel for kind, channel, _ in office.told if kind is Kind.PASSWORD_CHANGED]
    assert changed == [Channel.MAIL]


async def test_what_was_confirmed_is_used_up(office):
    who = await office.log_in()
    await office.change(who)

    with pytest.raises(ChoiceGone):
        await ConfirmPassword(office.chooser)(who, OWN)
