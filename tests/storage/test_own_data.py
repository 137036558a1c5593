"""Exports counted, access erased, old screens found: one contract over all three (A12)."""

from datetime import timedelta

import pytest

from domain.accounts.model import SessionId
from domain.audit.model import Actor, Entry
from domain.families.model import GuardianId
from domain.privacy.events import Event, Happened
from domain.privacy.model import Part
from domain.sessions.model import Ended
from tests.storage.towns import NOW, town

PHONE, TABLET, OTHERS = 700, 701, 702
ONE, TWO = GuardianId(1), GuardianId(2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def at(world):
    """Guardian 1 on a phone and a tablet, guardian 2 on one phone."""
    there = await world(town())
    for guardian, user in ((ONE, PHONE), (ONE, TABLET), (TWO, OTHERS)):
        await there.accounts.write(
            lambda tx, of=(guardian, user): tx.open_session(of[0], 1, of[1], NOW)
        )
    return there


async def session_of(at, user) -> SessionId:
    return (await at.accounts.read(lambda tx: tx.identity(user))).session_id


async def show(at, user, message, when):
    await at.sessions.write(lambda tx: tx.remember_message(user, message, when))


async def tidy(at, guardian):
    await at.choices.write(lambda tx: tx.set_tidy_screens(guardian, wanted=True))


async def test_exports_are_told_oldest_first_and_by_guardian(at):
    for guardian, what, when in (
        (ONE, Event.EXPORT_SENT, NOW + HOUR),
        (ONE, Event.EXPORT_BEGUN, NOW),
        (TWO, Event.EXPORT_BEGUN, NOW),
        (ONE, Event.ERASED, NOW),
        (ONE, Event.EXPORT_BEGUN, NOW - DAY),
    ):
        entry = Entry(when, Actor.GUARDIAN, what, guardian)
        await at.privacy.write(lambda tx, told=entry: tx.note(told))

    told = await at.privacy.read(lambda tx: tx.exports(ONE, NOW - DAY))

    assert told == (Happened(NOW, Event.EXPORT_BEGUN), Happened(NOW + HOUR, Event.EXPORT_SENT))


async def test_the_data_has_every_part_in_order_and_is_theirs(at):
    sections = await at.privacy.read(lambda tx: tx.personal_data(ONE, 1))

    assert [section.part for section in sections] == list(Part)
    (account,) = sections[0].rows
    assert account["first_name"] == "Anne1"


async def test_taking_the_sessions_answers_the_live_ones_and_what_can_be_deleted(at):
    ended = await session_of(at, TABLET)
    await show(at, PHONE, 1, NOW - DAY)
    await show(at, PHONE, 2, NOW)
    await at.sessions.write(lambda tx: tx.end(ONE, ended, NOW))

    taken = await at.privacy.write(lambda tx: tx.take_sessions(ONE, NOW - HOUR))

    assert taken == (Ended(PHONE, (2,)),)
    assert await at.sessions.read(lambda tx: tx.live(ONE)) == ()
    assert await at.accounts.read(lambda tx: tx.identity(PHONE)) is None
    assert await at.accounts.read(lambda tx: tx.identity(OTHERS)) is not None


async def test_screens_are_due_of_those_who_want_it_and_oldest_first(at):
    phone = await session_of(at, PHONE)
    await tidy(at, ONE)
    for message, when in ((3, NOW), (1, NOW - HOUR), (2, NOW - HOUR), (4, NOW + HOUR)):
        await show(at, PHONE, message, when)
    await show(at, OTHERS, 9, NOW - HOUR)

    due = await at.old_screens.read(lambda tx: tx.due(NOW, 10))
    some = await at.old_screens.read(lambda tx: tx.due(NOW, 2))

    assert {s: (chat, list(of)) for s, (chat, of) in due.items()} == {phone: (PHONE, [1, 2, 3])}
    assert [list(of) for _, of in some.values()] == [[1, 2]]


async def test_screens_of_a_session_that_has_ended_are_due_too(at):
    phone = await session_of(at, PHONE)
    await tidy(at, ONE)
    await show(at, PHONE, 1, NOW)
    await at.accounts.write(lambda tx: tx.end_session(phone, NOW))

    assert await at.old_screens.read(lambda tx: tx.due(NOW, 10)) != {}


async def test_forgotten_screens_are_due_no_more(at):
    phone = await session_of(at, PHONE)
    await tidy(at, ONE)
    for message in (1, 2):
        await show(at, PHONE, message, NOW)

    await at.old_screens.write(lambda tx: tx.forget(phone, [1]))

    due = await at.old_screens.read(lambda tx: tx.due(NOW, 10))
    assert [list(of) for _, of in due.values()] == [[2]]


async def test_what_is_too_old_is_forgotten_of_everybody(at):
    await tidy(at, ONE)
    await show(at, PHONE, 1, NOW)
    await show(at, PHONE, 2, NOW + HOUR)
    await show(at, OTHERS, 3, NOW)

    await at.old_screens.write(lambda tx: tx.forget_sent_until(NOW))

    due = await at.old_screens.read(lambda tx: tx.due(NOW + HOUR, 10))
    assert [list(of) for _, of in due.values()] == [[2]]
    others = await session_of(at, OTHERS)
    assert await at.sessions.write(lambda tx: tx.take_messages(others, NOW)) == ()
