"""Devices, their messages, and structures: one contract over the fake and both databases (A9)."""

from datetime import timedelta

import pytest

from domain.accounts.model import SessionId
from domain.families.model import GuardianId
from domain.sessions.model import Device
from tests.storage.towns import NOW, town

PHONE, TABLET, OTHERS = 700, 701, 702
LATER = NOW + timedelta(hours=1)
ONE, TWO = GuardianId(1), GuardianId(2)


@pytest.fixture
async def at(world):
    """Guardian 1 on a phone and a tablet, guardian 2 on one phone."""
    there = await world(town())
    for guardian, user, when in ((ONE, PHONE, NOW), (ONE, TABLET, LATER), (TWO, OTHERS, NOW)):
        await there.accounts.write(
            lambda tx, of=(guardian, user, when): tx.open_session(of[0], 1, of[1], of[2])
        )
    return there


async def session_of(at, user) -> SessionId:
    return (await at.accounts.read(lambda tx: tx.identity(user))).session_id


async def test_the_devices_of_a_guardian_come_last_seen_first(at):
    phone, tablet = await session_of(at, PHONE), await session_of(at, TABLET)

    devices = await at.sessions.read(lambda tx: tx.live(ONE))

    assert devices == (Device(tablet, LATER, LATER), Device(phone, NOW, NOW))


async def test_when_it_was_opened_stays_when_it_is_seen_again(at):
    phone = await session_of(at, PHONE)

    await at.accounts.write(lambda tx: tx.touch(phone, LATER + timedelta(hours=1)))

    first = (await at.sessions.read(lambda tx: tx.live(ONE)))[0]
    assert first == Device(phone, NOW, LATER + timedelta(hours=1))


async def test_an_ended_device_is_connected_no_more_and_its_user_is_told(at):
    phone = await session_of(at, PHONE)

    user = await at.sessions.write(lambda tx: tx.end(ONE, phone, LATER))

    assert user == PHONE
    assert await at.accounts.read(lambda tx: tx.identity(PHONE)) is None
    assert len(await at.sessions.read(lambda tx: tx.live(ONE))) == 1


async def test_ending_a_device_again_answers_the_same(at):
    phone = await session_of(at, PHONE)
    await at.sessions.write(lambda tx: tx.end(ONE, phone, LATER))

    again = await at.sessions.write(lambda tx: tx.end(ONE, phone, LATER + timedelta(hours=1)))

    assert again == PHONE


async def test_somebody_elses_device_cannot_be_ended(at):
    theirs = await session_of(at, OTHERS)

    user = await at.sessions.write(lambda tx: tx.end(ONE, theirs, LATER))

    assert user is None
    assert await session_of(at, OTHERS) == theirs


async def test_messages_are_remembered_for_their_session_and_taken_once(at):
    phone = await session_of(at, PHONE)
    for user, message in ((PHONE, 12), (PHONE, 11), (TABLET, 11)):
        await at.sessions.write(lambda tx, of=(user, message): tx.remember_message(*of, NOW))

    taken = await at.sessions.write(lambda tx: tx.take_messages(phone, NOW))

    assert taken == (11, 12)
    assert await at.sessions.write(lambda tx: tx.take_messages(phone, NOW)) == ()


async def test_what_is_too_old_to_be_deleted_is_forgotten_and_not_answered(at):
    phone = await session_of(at, PHONE)
    await at.sessions.write(lambda tx: tx.remember_message(PHONE, 1, NOW))
    await at.sessions.write(lambda tx: tx.remember_message(PHONE, 2, LATER))

    assert await at.sessions.write(lambda tx: tx.take_messages(phone, LATER)) == (2,)


async def test_a_chat_that_begins_anew_may_use_a_number_again(at):
    phone = await session_of(at, PHONE)
    await at.sessions.write(lambda tx: tx.remember_message(PHONE, 1, NOW))

    await at.sessions.write(lambda tx: tx.remember_message(PHONE, 1, LATER))

    assert await at.sessions.write(lambda tx: tx.take_messages(phone, LATER)) == (1,)


async def test_of_a_stranger_nothing_is_remembered(at):
    phone = await session_of(at, PHONE)
    await at.sessions.write(lambda tx: tx.end(ONE, phone, LATER))

    await at.sessions.write(lambda tx: tx.remember_message(PHONE, 1, LATER))

    assert await at.sessions.write(lambda tx: tx.take_messages(phone, NOW)) == ()


async def test_remembering_a_message_is_one_statement(sql_world):
    there = await sql_world(town())
    await there.accounts.write(lambda tx: tx.open_session(ONE, 1, PHONE, NOW))
    there.statements.clear()

    await there.sessions.write(lambda tx: tx.remember_message(PHONE, 1, NOW))

    assert len(there.statements) == 1


async def test_the_structures_of_a_guardian_are_known(at):
    assert await at.accounts.read(lambda tx: tx.structures(ONE)) == (1,)


async def test_what_somebody_connected_logs_in_by_is_known(world):
    data = town()
    data.login(1, "dupont1", "-")
    at = await world(data)

    login = await at.accounts.read(lambda tx: tx.login(ONE))

    assert (login.identifier.lower(), login.password_hash) == ("dupont1", "-")
