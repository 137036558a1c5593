"""What guardians choose, and what the outbox makes of it (H3, N7)."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.choices.model import Choices
from domain.families.model import Display, FamilyId, GuardianId
from domain.notices.model import Channel, FamilyNotice, Kind, Notice
from domain.notices.quiet import Quiet
from tests.storage.towns import NOW, town

ONE, TWO = GuardianId(1), GuardianId(2)
PHONE = 700
NIGHT = datetime(2026, 11, 24, 2, 15, tzinfo=UTC)  # 03:15 in Paris
MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)  # 07:00
QUIET = Quiet(time(22), time(7))
REPORT, OFFER = Kind.NIGHTLY_REPORT, Kind.PLACE_OFFERED


@pytest.fixture
async def at(world):
    """Two families of one guardian each; the first one is connected."""
    there = await world(town())
    await there.accounts.write(lambda tx: tx.open_session(ONE, 1, PHONE, NOW))
    return there


async def choose(at, kind, channel, *, wanted):
    await at.choices.write(lambda tx: tx.choose_notice(ONE, kind, channel, wanted=wanted))


async def quiet(at, hours):
    await at.choices.write(lambda tx: tx.set_quiet(ONE, hours))


async def posted(at, kind, families=(1,), now=NIGHT):
    """To families at night; (guardian, channel) of all that is queued, whenever it is due."""
    told = [FamilyNotice(f"{kind}:{f}", FamilyId(f), kind, {}, now) for f in families]
    await at.outbox.write(lambda tx: tx.post_to_families(told))
    later = now + timedelta(days=2)
    due = await at.outbox.write(lambda tx: tx.claim(later, limit=20, lease_until=later))
    return {(one.notice.guardian_id, one.notice.channel) for one in due}


async def test_nothing_chosen_is_what_the_product_does(at):
    assert await at.choices.read(lambda tx: tx.choices(ONE)) == Choices(Display.CLASSIC)


async def test_what_is_chosen_is_read_back(at):
    await choose(at, REPORT, Channel.MAIL, wanted=False)
    await choose(at, REPORT, Channel.TELEGRAM, wanted=False)
    await choose(at, REPORT, Channel.TELEGRAM, wanted=True)
    await quiet(at, QUIET)
    await at.choices.write(lambda tx: tx.set_tidy_screens(ONE, wanted=True))
    await at.accounts.write(lambda tx: tx.set_display(ONE, Display.RICH))

    chosen = await at.choices.read(lambda tx: tx.choices(ONE, lock=False))

    wanted = {(REPORT, Channel.MAIL): False, (REPORT, Channel.TELEGRAM): True}
    assert chosen == Choices(Display.RICH, QUIET, tidy_screens=True, wanted=wanted)
    assert await at.choices.read(lambda tx: tx.choices(TWO)) == Choices(Display.CLASSIC)


async def test_quiet_hours_are_given_up(at):
    await quiet(at, QUIET)

    await quiet(at, None)

    assert (await at.choices.read(lambda tx: tx.choices(ONE))).quiet is None


async def test_a_channel_that_is_not_wanted_is_not_queued(at):
    await choose(at, REPORT, Channel.MAIL, wanted=False)

    queued = await posted(at, REPORT, families=(1, 2))

    assert queued == {(ONE, Channel.TELEGRAM), (TWO, Channel.MAIL)}


async def test_of_a_kind_not_wanted_at_all_nothing_is_queued(at):
    for channel in Channel:
        await choose(at, REPORT, channel, wanted=False)

    assert await posted(at, REPORT) == set()


async def test_a_choice_is_about_its_kind_alone(at):
    await choose(at, REPORT, Channel.MAIL, wanted=False)

    assert await posted(at, OFFER) == {(ONE, channel) for channel in Channel}


async def test_without_a_chat_what_is_wanted_by_telegram_goes_by_mail(world):
    at = await world(town())
    await choose(at, REPORT, Channel.MAIL, wanted=False)

    assert await posted(at, REPORT) == {(ONE, Channel.MAIL)}


async def test_what_is_posted_to_one_person_follows_their_choice_too(at):
    await choose(at, Kind.DRAFT_LAPSED, Channel.TELEGRAM, wanted=False)
    lapsed = Notice("k", ONE, Channel.TELEGRAM, Kind.DRAFT_LAPSED, {}, NOW)

    await at.outbox.write(lambda tx: tx.post([lapsed, replace(lapsed, key="k2", guardian_id=TWO)]))

    due = await at.outbox.write(lambda tx: tx.claim(NOW, limit=9, lease_until=NOW))
    assert [one.notice.key for one in due] == ["k2"]


async def test_what_guards_the_account_goes_whatever_was_chosen(at):
    await choose(at, Kind.EMAIL_CHANGED, Channel.MAIL, wanted=False)
    changed = Notice("k", ONE, Channel.MAIL, Kind.EMAIL_CHANGED, {}, NOW)

    await at.outbox.write(lambda tx: tx.post([changed]))

    due = await at.outbox.write(lambda tx: tx.claim(NOW, limit=9, lease_until=NOW))
    assert [one.notice.key for one in due] == ["k"]


async def test_telegram_waits_for_the_end_of_the_quiet_hours_and_mail_does_not(at):
    await quiet(at, QUIET)
    report = FamilyNotice("r", FamilyId(1), REPORT, {}, NIGHT)
    await at.outbox.write(lambda tx: tx.post_to_families([report]))

    at_night, in_the_morning = [
        {
            one.notice.channel
            for one in await at.outbox.write(
                lambda tx, n=now: tx.claim(n, limit=9, lease_until=n + timedelta(days=1))
            )
        }
        for now in (NIGHT, MORNING)
    ]

    assert at_night == {Channel.MAIL}
    assert in_the_morning == {Channel.TELEGRAM}


async def test_what_is_urgent_does_not_wait(at):
    await quiet(at, QUIET)
    offer = FamilyNotice("o", FamilyId(1), OFFER, {}, NIGHT)

    await at.outbox.write(lambda tx: tx.post_to_families([offer]))

    due = await at.outbox.write(lambda tx: tx.claim(NIGHT, limit=9, lease_until=MORNING))
    assert {one.notice.channel for one in due} == set(Channel)


async def test_choices_cost_one_statement_more_however_many_families(sql_world):
    there = await sql_world(town(children=20))
    reports = [FamilyNotice(f"r{f}", FamilyId(f), REPORT, {}, NOW) for f in range(1, 21)]
    there.statements.clear()

    await there.outbox.write(lambda tx: tx.post_to_families(reports))

    assert len(there.statements) == 3


async def test_a_secret_is_read_by_who_delivers_and_wiped_when_done(at):
    secret = {"code": "ABCD2345", "to": "new@example.org"}
    code = Notice("k", ONE, Channel.MAIL, Kind.EMAIL_CODE, {}, NOW, secret)
    await at.outbox.write(lambda tx: tx.post([code]))
    (due,) = await at.outbox.write(lambda tx: tx.claim(NOW, limit=9, lease_until=MORNING))
    before = due.notice.secret

    await at.outbox.write(lambda tx: tx.sent(due.id, NOW))

    assert before == secret
    assert await secrets(at) == [None]


async def secrets(at):
    """Behind the ports: nobody is given a notice that is done."""
    if hasattr(at.outbox, "database"):
        from sqlalchemy import select

        from storage.schema import notice

        query = select(notice.c.secret)
        return await at.outbox.database.read(lambda c: list(c.scalars(query)))
    return await at.outbox.read(lambda tx: [n.notice.secret for n in tx.data.notices.values()])
