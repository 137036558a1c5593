import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.families.model import Child, Display
from domain.notices.model import Channel, Delivery, Due, FamilyNotice, Kind, Notice
from storage.accounts import SqlAccounts
from storage.engine import Database, Transactions
from storage.outbox import SqlOutbox
from storage.schema import notice
from storage.sessions import SqlSessions
from tests.storage.small_town import JEAN_PAUL, NOW, SmallTown

TABLET = 700_000_009
LEASE = timedelta(minutes=2)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def outbox(database: Database) -> Transactions[SqlOutbox]:
    return Transactions(database, SqlOutbox)


@pytest.fixture
async def connected(database: Database, town: SmallTown) -> None:
    """Jean-Paul with his phone and his tablet; Zoé never logged in."""
    accounts = Transactions(database, SqlAccounts)
    for device in (JEAN_PAUL, TABLET):
        await accounts.write(
            lambda tx, d=device: tx.open_session(town.father, town.structure, d, NOW)
        )


def a_notice(town: SmallTown, key: str = "k1", at: datetime = NOW) -> Notice:
    params = {"place": 3, "day": "2026-11-25"}
    return Notice(key, town.father, Channel.TELEGRAM, Kind.PLACE_GIVEN, params, at)


async def claim(
    outbox: Transactions[SqlOutbox], now: datetime = NOW, limit: int = 10
) -> tuple[Due, ...]:
    return await outbox.write(lambda tx: tx.claim(now, limit=limit, lease_until=now + LEASE))


async def keys(outbox: Transactions[SqlOutbox], now: datetime = NOW) -> list[str]:
    return [due.notice.key for due in await claim(outbox, now)]


async def test_a_claimed_notice_says_everything_that_sending_needs(
    outbox: Transactions[SqlOutbox], town: SmallTown, connected: None
) -> None:
    posted = a_notice(town)
    await outbox.write(lambda tx: tx.post([posted]))

    (due,) = await claim(outbox)

    assert due == Due(
        id=due.id,
        notice=posted,
        attempts=1,
        locale="fr",
        display=Display.CLASSIC,
        chats=(JEAN_PAUL, TABLET),
        emails=("jp.dupont@exemple.fr", "jp@exemple.fr"),
        addressee="M. DUPONT Jean-Paul",
        children=(Child(town.adam, "Adam", "Dupont"), Child(town.leyah, "Leyah", "Dupont")),
    )


async def test_a_key_is_queued_once(outbox: Transactions[SqlOutbox], town: SmallTown) -> None:
    for _ in range(2):
        await outbox.write(lambda tx: tx.post([a_notice(town), a_notice(town, "k2")]))

    assert await keys(outbox) == ["k1", "k2"]


async def test_a_notice_that_is_not_due_yet_waits(
    outbox: Transactions[SqlOutbox], town: SmallTown
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town, at=LATER)]))

    assert await keys(outbox, NOW) == []
    assert await keys(outbox, LATER) == ["k1"]


async def test_the_oldest_go_first(outbox: Transactions[SqlOutbox], town: SmallTown) -> None:
    posted = [a_notice(town, "new", LATER), a_notice(town, "old", NOW)]
    await outbox.write(lambda tx: tx.post(posted))

    first = await claim(outbox, LATER, limit=1)

    assert [due.notice.key for due in first] == ["old"]
    assert await keys(outbox, LATER) == ["new"]


async def test_what_is_claimed_is_not_claimed_again(
    outbox: Transactions[SqlOutbox], town: SmallTown
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town)]))
    await claim(outbox)

    assert await keys(outbox) == []


async def test_what_a_dead_sender_held_is_claimed_again(
    outbox: Transactions[SqlOutbox], town: SmallTown
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town)]))
    await claim(outbox)

    (again,) = await claim(outbox, NOW + LEASE)

    assert again.attempts == 2


async def test_senders_share_the_work(outbox: Transactions[SqlOutbox], town: SmallTown) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town, f"k{n}") for n in range(20)]))

    shares = await asyncio.gather(*(claim(outbox, limit=5) for _ in range(4)))

    claimed = [due.notice.key for share in shares for due in share]
    assert sorted(claimed) == sorted({f"k{n}" for n in range(20)})


@pytest.mark.parametrize("end", ["sent", "uncertain", "failed"])
async def test_what_is_done_never_comes_back(
    outbox: Transactions[SqlOutbox], town: SmallTown, end: str
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town)]))
    (due,) = await claim(outbox)
    why = ["blocked"] if end == "failed" else []

    await outbox.write(lambda tx: getattr(tx, end)(due.id, LATER, *why))

    assert await keys(outbox, NOW + LEASE) == []


async def test_why_a_notice_failed_is_kept(
    database: Database, outbox: Transactions[SqlOutbox], town: SmallTown
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town)]))
    (due,) = await claim(outbox)

    await outbox.write(lambda tx: tx.failed(due.id, LATER, "chat not found"))

    kept = select(notice.c.state, notice.c.done_at, notice.c.why)
    row = await database.read(lambda connection: connection.execute(kept).one())
    assert tuple(row) == (Delivery.FAILED, LATER, "chat not found")


async def test_a_notice_that_is_put_off_comes_back_then(
    outbox: Transactions[SqlOutbox], town: SmallTown
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town)]))
    (due,) = await claim(outbox)

    await outbox.write(lambda tx: tx.retry(due.id, LATER, "429"))

    assert await keys(outbox, NOW) == []
    assert await keys(outbox, LATER) == ["k1"]


async def test_the_next_one_is_known(outbox: Transactions[SqlOutbox], town: SmallTown) -> None:
    posted = [a_notice(town, "k1", LATER), a_notice(town, "k2", LATER + LEASE)]
    await outbox.write(lambda tx: tx.post(posted))

    assert await outbox.read(lambda tx: tx.next_due()) == LATER


async def test_an_empty_outbox_waits_for_nothing(outbox: Transactions[SqlOutbox]) -> None:
    assert await outbox.read(lambda tx: tx.next_due()) is None


async def test_a_blocked_chat_gets_no_push(
    outbox: Transactions[SqlOutbox], town: SmallTown, connected: None
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town)]))

    await outbox.write(lambda tx: tx.chat_gone(JEAN_PAUL, NOW, "blocked"))

    (due,) = await claim(outbox)
    assert due.chats == (TABLET,)


async def test_whoever_writes_again_gets_pushes_again(
    outbox: Transactions[SqlOutbox], town: SmallTown, connected: None
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town)]))
    await outbox.write(lambda tx: tx.chat_gone(JEAN_PAUL, NOW, "blocked"))

    await outbox.write(lambda tx: tx.chat_back(JEAN_PAUL))

    (due,) = await claim(outbox)
    assert due.chats == (JEAN_PAUL, TABLET)


async def post_to_family(
    outbox: Transactions[SqlOutbox], town: SmallTown, kind: Kind
) -> set[tuple[int, Channel]]:
    posted = FamilyNotice("night-1", town.family, kind, {}, NOW)
    await outbox.write(lambda tx: tx.post_to_families([posted]))
    return {(due.notice.guardian_id, due.notice.channel) for due in await claim(outbox)}


async def test_a_family_hears_by_telegram_and_by_mail(
    outbox: Transactions[SqlOutbox], town: SmallTown, connected: None
) -> None:
    posted = await post_to_family(outbox, town, Kind.NIGHTLY_REPORT)

    # Nothing is queued for the chat that the mother does not have.
    assert posted == {*((town.father, by) for by in Channel), (town.mother, Channel.MAIL)}


async def test_small_things_go_by_mail_only_where_no_chat_is_left(
    outbox: Transactions[SqlOutbox], town: SmallTown, connected: None
) -> None:
    posted = await post_to_family(outbox, town, Kind.DRAFT_LAPSED)

    assert posted == {(town.father, Channel.TELEGRAM), (town.mother, Channel.MAIL)}


async def test_small_things_go_by_mail_where_every_chat_is_blocked(
    outbox: Transactions[SqlOutbox], town: SmallTown, connected: None
) -> None:
    for chat in (JEAN_PAUL, TABLET):
        await outbox.write(lambda tx, c=chat: tx.chat_gone(c, NOW, "blocked"))

    posted = await post_to_family(outbox, town, Kind.DRAFT_LAPSED)

    assert posted == {(town.father, Channel.MAIL), (town.mother, Channel.MAIL)}


async def test_a_family_notice_is_queued_once(
    outbox: Transactions[SqlOutbox], town: SmallTown
) -> None:
    await post_to_family(outbox, town, Kind.NIGHTLY_REPORT)

    assert await post_to_family(outbox, town, Kind.NIGHTLY_REPORT) == set()


async def test_claiming_many_takes_as_many_statements_as_claiming_one(
    database: Database, outbox: Transactions[SqlOutbox], town: SmallTown, connected: None
) -> None:
    await outbox.write(lambda tx: tx.post([a_notice(town, f"k{n}") for n in range(50)]))
    heard: list[str] = []
    database.listen(heard.append)

    claimed = await claim(outbox, limit=50)

    assert (len(claimed), len(heard)) == (50, 3)


async def test_posting_nothing_costs_nothing(
    database: Database, outbox: Transactions[SqlOutbox]
) -> None:
    heard: list[str] = []
    database.listen(heard.append)

    await outbox.write(lambda tx: (tx.post([]), tx.post_to_families([])))

    assert heard == []


async def test_a_notice_that_arrived_leaves_with_the_screens(
    outbox: Transactions[SqlOutbox], database: Database, town: SmallTown, connected: None
) -> None:
    await outbox.write(lambda tx: tx.remember_message(TABLET, 12, NOW))

    sessions = Transactions(database, SqlSessions)
    devices = await sessions.read(lambda tx: tx.live(town.father))
    taken = [
        await sessions.write(lambda tx, d=device: tx.take_messages(d.session_id, NOW))
        for device in devices
    ]
    assert sorted(taken) == [(), (12,)]
