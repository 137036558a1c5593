"""A2, A8: the right password lets in; wrong ones slow down, then lock new devices out."""

from datetime import timedelta

import pytest

from domain.accounts import rules
from domain.accounts.checking import CheckPassword
from domain.accounts.errors import (
    PasswordExpired,
    TooManyAttempts,
    WrongCredentials,
    WrongPassword,
)
from domain.accounts.events import Event
from domain.accounts.inviting import Unlock
from domain.errors import NotFound
from domain.notices.model import Channel, Kind
from tests.unit.accounts.conftest import FATHER, PHONE, SECRET, TABLET, THIEF


async def guess(office, times=1, user=THIEF, identifier="DUPONT1"):
    """Each time as soon as they may."""
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            await office.log_in(identifier, "wrong", user)
        office.later(days=1, seconds=1)


async def test_the_right_password_lets_in(office):
    who = await office.log_in(" dupont1 ")

    assert who.guardian.id == FATHER
    assert office.noted == [(Event.LOGGED_IN, FATHER)]


async def test_accents_are_the_same_however_they_are_typed(office):
    office.data.login(FATHER, "DUPONT1", "hash of été bleu")

    who = await office.log_in(
        password="e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT} bleu"
    )

    assert who.guardian.id == FATHER


@pytest.mark.parametrize(
    ("identifier", "password"), [("DUPONT1", "wrong"), ("NOBODY", SECRET), ("", "")]
)
async def test_an_unknown_identifier_and_a_wrong_password_are_the_same(
    office, identifier, password
):
    with pytest.raises(WrongCredentials):
        await office.log_in(identifier, password)

    assert office.passwords.verified == 1


async def test_after_three_wrong_ones_the_wait_doubles(office):
    waits = []
    for _ in range(6):
        with pytest.raises(WrongCredentials):
            await office.log_in(password="wrong", user=THIEF)
        before = office.now
        try:
            await office.log_in(password="wrong", user=THIEF)
        except TooManyAttempts as error:
            waits.append(error.params["until"] - before)
            office.now = error.params["until"]
        except WrongCredentials:
            pass

    assert waits[:4] == [timedelta(seconds=s) for s in (30, 60, 120, 240)]


async def test_waiting_costs_no_work_and_is_not_counted(office):
    await guess(office, 3)
    office.now -= timedelta(days=1)
    before = office.passwords.verified

    for _ in range(50):
        with pytest.raises(TooManyAttempts):
            await office.log_in(user=THIEF)

    assert office.passwords.verified == before
    assert office.data.failures[str(THIEF)].failures == 3


async def test_a_right_password_forgets_the_wrong_ones(office):
    await guess(office, 2, user=PHONE)

    await office.log_in()

    assert office.data.failures == {}


async def test_after_ten_no_new_device_may_try_even_with_the_right_password(office):
    await guess(office, rules.FAILURES_TO_LOCK)
    verified = office.passwords.verified

    with pytest.raises(WrongCredentials):
        await office.log_in(user=TABLET)

    assert office.passwords.verified == verified + 1  # the same work


async def test_ten_from_ten_telegram_users_lock_as_well(office):
    for user in range(1, 11):
        await guess(office, user=user)

    with pytest.raises(WrongCredentials):
        await office.log_in()


async def test_the_tenth_try_may_still_be_the_right_one(office):
    await guess(office, rules.FAILURES_TO_LOCK - 1)

    who = await office.log_in()

    assert who.guardian.id == FATHER
    assert Kind.ACCOUNT_LOCKED not in {kind for kind, _, _ in office.told}


async def test_the_owner_is_told_once_by_mail_and_on_connected_devices(office):
    await office.log_in()
    await guess(office, 14)

    told = [(channel, of) for kind, channel, of in office.told if kind is Kind.ACCOUNT_LOCKED]
    assert told == [(Channel.MAIL, FATHER), (Channel.TELEGRAM, FATHER)]
    assert office.noted.count((Event.LOCKED, FATHER)) == 1


async def test_guessing_at_nobody_tells_nobody(office):
    await guess(office, 14, identifier="NOBODY")

    assert office.told == []


async def test_the_town_unlocks(office):
    await guess(office, rules.FAILURES_TO_LOCK)

    await Unlock(office.access, office.clock)("dupont1")

    who = await office.log_in()
    assert who.guardian.id == FATHER
    assert (Event.UNLOCKED, FATHER) in office.noted


async def test_nobody_can_be_unlocked(office):
    with pytest.raises(NotFound):
        await Unlock(office.access, office.clock)("NOBODY")


async def test_other_devices_and_the_mailbox_hear_of_a_new_one(office):
    first = await office.log_in()
    second = await office.log_in(user=TABLET)

    sessions = [n.params["session"] for n in office.town.notices if n.channel is Channel.TELEGRAM]
    assert sessions == [second.session_id] != [first.session_id]
    mails = [kind for kind, channel, _ in office.told if channel is Channel.MAIL]
    assert mails == [Kind.NEW_DEVICE] * 2


async def test_nobody_hears_of_a_device_that_was_there_before(office):
    await office.log_in()
    await office.log_in(user=TABLET)
    told = len(office.told)

    await office.log_in()
    await office.log_in(user=TABLET)

    assert len(office.told) == told


async def test_an_expired_temporary_password_is_told_to_who_knows_it(office):
    letter = await office.invite()
    office.now = letter.until + timedelta(seconds=1)

    with pytest.raises(PasswordExpired):
        await office.log_in(password=letter.password)
    with pytest.raises(WrongCredentials):
        await office.log_in(password="wrong")


async def test_a_temporary_password_works_to_its_last_instant(office):
    letter = await office.invite()
    office.now = letter.until

    who = await office.log_in(password=letter.password)

    assert who.must_change_password


# -- asked again of somebody connected ---------------------------------------------------------
async def test_the_password_of_today_is_checked(office):
    who = await office.log_in()
    check = CheckPassword(office.access, office.passwords, office.clock)

    await check(who, SECRET, PHONE)
    with pytest.raises(WrongPassword):
        await check(who, "wrong", PHONE)

    assert office.noted[-1] == (Event.CHECK_FAILED, FATHER)


async def test_a_connected_phone_is_no_way_to_guess_and_locks_nobody_out(office):
    who = await office.log_in()
    check = CheckPassword(office.access, office.passwords, office.clock)
    for _ in range(12):
        with pytest.raises(WrongPassword):
            await check(who, "wrong", PHONE)
        office.later(days=2)
    office.now -= timedelta(days=2)

    with pytest.raises(TooManyAttempts):
        await check(who, SECRET, PHONE)

    other = await office.log_in(user=TABLET)
    assert other.guardian.id == FATHER
