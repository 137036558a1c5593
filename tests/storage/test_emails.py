"""Addresses that wait for a code, and those that are proved (H3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.emails.model import Addresses, Pending
from domain.families.model import GuardianId
from domain.notices.model import Channel, Kind, Notice
from tests.storage.towns import NOW, town

ONE, TWO = GuardianId(1), GuardianId(2)
LATER = NOW + timedelta(minutes=30)
A = Pending("a@example.org", 0, replaces=False, sent_at=NOW, expires_at=LATER)
B = replace(A, address="b@example.org", position=1)


@pytest.fixture
async def at(world):
    there = await world(town())
    await there.emails.write(lambda tx: tx.set_verified(ONE, ["old@example.org"]))
    await there.emails.write(lambda tx: tx.put_pending(ONE, [B, A], ["CODEB", "CODEA"]))
    return there


async def addresses(at, of=ONE):
    return await at.emails.read(lambda tx: tx.addresses(of))


async def test_what_waits_comes_by_position_beside_what_is_proved(at):
    assert await addresses(at) == Addresses(("old@example.org",), (A, B))
    assert await addresses(at, TWO) == Addresses(())


async def test_an_address_is_proved_by_its_own_code_alone(at):
    proved = [
        await at.emails.read(lambda tx, p=pending, c=code: tx.proves(ONE, p, c))
        for pending, code in ((A, "CODEA"), (A, "CODEB"), (B, "CODEB"), (B, "codeb"))
    ]

    assert proved == [True, False, True, False]


async def test_a_new_list_replaces_the_old_one_and_keeps_the_codes_it_is_told_to(at):
    moved = replace(B, position=0, replaces=True)

    await at.emails.write(lambda tx: tx.put_pending(ONE, [moved], [""]))

    assert (await addresses(at)).pending == (moved,)
    assert await at.emails.read(lambda tx: tx.proves(ONE, moved, "CODEB"))


async def test_a_new_code_takes_the_place_of_the_old_one(at):
    again = replace(A, sent_at=LATER, expires_at=LATER + timedelta(minutes=30))

    await at.emails.write(lambda tx: tx.put_pending(ONE, [again], ["NEWER"]))

    assert (await addresses(at)).pending == (again,)
    assert not await at.emails.read(lambda tx: tx.proves(ONE, again, "CODEA"))


async def test_a_wrong_code_counts_for_all_that_wait(at):
    await at.emails.write(lambda tx: tx.count_tries(ONE))

    assert [one.tries for one in (await addresses(at)).pending] == [1, 1]


async def test_an_address_is_forgotten_however_it_is_written(at):
    await at.emails.write(lambda tx: tx.forget_pending(ONE, "A@Example.org"))

    assert (await addresses(at)).pending == (B,)


async def test_codes_of_the_last_day_are_counted(at):
    code = Notice("k", ONE, Channel.MAIL, Kind.EMAIL_CODE, {}, NOW)
    other = replace(code, key="k2", kind=Kind.EMAIL_CHANGED)
    theirs = replace(code, key="k3", guardian_id=TWO)

    await at.emails.write(lambda tx: tx.post([code, other, theirs]))

    def sent(since):
        return at.emails.read(lambda tx: tx.codes_sent(ONE, since))

    assert await sent(NOW - timedelta(days=1)) == 1
    assert await sent(NOW) == 0


async def test_neither_address_nor_code_is_readable_in_the_database(sql_world):
    there = await sql_world(town())
    await there.emails.write(lambda tx: tx.put_pending(ONE, [A], ["CODEA"]))

    def raw(connection):
        rows = connection.exec_driver_sql(
            "SELECT address, address_index, code_hash FROM email_check"
        )
        return b"".join(bytes(value) for row in rows for value in row)

    kept = await there.emails.database.read(raw)

    assert kept
    assert b"example" not in kept
    assert b"CODEA" not in kept
