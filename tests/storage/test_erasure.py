"""A12: what the town need not keep is gone for good, and nobody else's is touched."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from domain.accounts.inviting import Invite, Letter
from domain.accounts.model import Identity
from domain.activities.model import StructureId
from domain.audit.model import Actor
from domain.families.model import GuardianId
from domain.notices.model import Channel, Delivery, Kind
from domain.privacy.erasing import EraseMe
from domain.privacy.events import Event
from domain.privacy.model import Erased
from domain.sessions.model import Ended
from storage.access import SqlAccess
from storage.accounts import SqlAccounts
from storage.engine import Database, transactions
from storage.keycheck import prove_keyring
from storage.lookups import telegram_index
from storage.privacy import SqlPrivacy
from storage.schema import audit, guardian, metadata, notice, screen_message
from tests import builders
from tests.fakes.accounts import FakePasswords
from tests.storage.canaries import USERS, Canaries, everything, fill, leaves, plain

NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
NAME = "whom the town serves: it writes to them, and keeps their bookings under this name"
BOOKED = "the town's accounts: who asked for what, when, at what price"
SIGNED = "proof that the house rules were signed"
AGREED = "proof of which text was agreed to, and when"
ABSENT = "the town's accounts: which booking was not used, and whether it is billed"
TOLD = "an event of the account, without the phone it came from"
HELD = {
    "guardian.id": NAME,
    "guardian.family_id": NAME,
    "guardian.civility": NAME,
    "guardian.first_name": NAME,
    "guardian.last_name": NAME,
    "guardian.emails": NAME,
    "guardian.identifier": NAME,
    "guardian.identifier_index": NAME,
    "guardian.locale": NAME,
    "guardian_structure.guardian_id": NAME,
    "guardian_structure.structure_id": NAME,
    **{f"booking.{c.name}": BOOKED for c in metadata.tables["booking"].c},
    **{f"movement.{c.name}": BOOKED for c in metadata.tables["movement"].c},
    "absence.booking_id": ABSENT,
    "absence.guardian_id": ABSENT,
    "absence.declared_at": ABSENT,
    "absence.billed": ABSENT,
    **{f"signature.{c.name}": SIGNED for c in metadata.tables["signature"].c},
    "consent.guardian_id": AGREED,
    "consent.document_id": AGREED,
    "consent.opened_at": AGREED,
    "consent.given_at": AGREED,
    "consent.fingerprint": AGREED,
    "audit.id": TOLD,
    "audit.at": TOLD,
    "audit.actor": TOLD,
    "audit.guardian_id": TOLD,
    "audit.what": TOLD,
    "audit.details": TOLD,
    "draft.id": "an empty basket: numbers alone",
    "draft.guardian_id": "an empty basket",
    "draft.structure_id": "an empty basket",
    "draft.round": "an empty basket",
}
FAMILYS = {
    "family",
    "family_quotient",
    "child",
    "child_family",
    "enrolment",
    "wallet",
    "ledger_entry",
    "payment",
    "payment_order",
    "reminder",
    "reminder_day",
}
"""Not a guardian's, but the family's: the other one needs it."""


@dataclass
class Left:
    canaries: Canaries
    before: dict[str, list[dict[str, Any]]]
    after: dict[str, list[dict[str, Any]]]
    erased: Erased

    def rows_of(self, whose: str) -> list[tuple[str, str]]:
        rows = ((t, o) for t, of in self.canaries.rows.items() for o in of)
        return [(t, o) for t, o in rows if o.split("-")[0] == whose]


@pytest.fixture
def me() -> Identity:
    who = builders.identity()
    themselves = replace(who.guardian, id=GuardianId(8_300_001))
    return replace(who, guardian=themselves, structure_id=StructureId(901))


@pytest.fixture
async def left(database: Database, me: Identity) -> Left:
    await prove_keyring(database)
    canaries = await database.write(_filled)
    before = await database.read(everything)
    erased = await EraseMe(transactions(database, SqlPrivacy), FakePasswords(), lambda: NOW)(me)
    return Left(canaries, before, await database.read(everything), erased)


def _filled(connection: Connection) -> Canaries:
    canaries = fill(connection)
    connection.execute(update(notice).values(channel=Channel.TELEGRAM))
    return canaries


async def test_nothing_is_left_of_them_but_what_the_town_must_keep(left: Left) -> None:
    found = {
        leaf
        for rows in left.after.values()
        for row in rows
        for value in row.values()
        for leaf in leaves(plain(value))
    }
    aside = FAMILYS | {"opening_day"}
    # The identifier's index is a held one as well; the next test counts those rows.
    theirs = [
        (t, o) for t, o in left.rows_of("mine") if t not in aside and not o.endswith("-identifier")
    ]

    remains = {
        f"{table}.{column}"
        for table, owner in theirs
        for column in left.canaries.rows[table][owner]
        if f"{table}.{column}" not in HELD
        and not metadata.tables[table].c[column].foreign_keys
        and (value := left.canaries.seen(table, owner, column)) in found
        and _says_something(value)
    }

    assert remains == set()


def _says_something(value: Any) -> bool:
    """Words, instants and numbers that are nobody else's."""
    if isinstance(value, str):
        return "canari" in value or ("T" in value and value.startswith("20"))
    return isinstance(value, int) and value > 10**5


async def test_their_wrong_passwords_are_forgotten_of_phone_and_identifier(left: Left) -> None:
    assert len(left.before["login_failure"]) == 6
    assert len(left.after["login_failure"]) == 4


async def test_their_telegram_number_is_nowhere_but_on_what_they_signed(left: Left) -> None:
    number = str(USERS["mine"])

    assert number in str(left.before)
    assert number not in str({t: rows for t, rows in left.after.items() if t != "signature"})


async def test_nor_is_what_their_telegram_number_would_be_found_by(
    database: Database, left: Left
) -> None:
    index = telegram_index(database.keyring, USERS["mine"])

    found = {
        name for name, rows in left.after.items() if any(index in row.values() for row in rows)
    }

    assert found == set()


async def test_what_is_held_is_all_there(left: Left) -> None:
    """Each reason of the list is needed: what it names is still there, as it was."""
    gone = [
        name
        for name in HELD
        for table, column in [name.split(".")]
        if not {_frozen(r[column]) for r in left.before[table]}
        <= {_frozen(r[column]) for r in left.after[table]}
        and table != "consent"
    ]

    assert gone == []


def _frozen(value: Any) -> str:
    return repr(value)


@pytest.mark.parametrize("whose", ["other", "stranger"])
async def test_nobody_elses_is_touched(left: Left, whose: str) -> None:
    changed = []
    for table, owner in left.rows_of(whose):
        written = left.canaries.rows[table][owner]
        keys = [c.name for c in metadata.tables[table].primary_key.columns if c.name in written]
        before, after = (
            [row for row in rows[table] if all(row[k] == written[k] for k in keys)]
            for rows in (left.before, left.after)
        )
        if before != after or not before:
            changed.append((table, owner))

    assert changed == []


async def test_the_familys_own_is_as_it_was(left: Left) -> None:
    assert {t: left.before[t] for t in FAMILYS} == {t: left.after[t] for t in FAMILYS}


async def test_the_chats_that_were_connected_are_answered_to_be_wiped(
    database: Database, me: Identity
) -> None:
    await prove_keyring(database)
    await database.write(fill)
    user = USERS["mine"]
    ages = {1: timedelta(hours=1), 2: timedelta(hours=47), 3: timedelta(hours=49)}
    rows = [{"session_id": user, "message_id": n, "sent_at": NOW - a} for n, a in ages.items()]
    await database.write(lambda c: c.execute(screen_message.insert(), rows))

    erased = await EraseMe(transactions(database, SqlPrivacy), FakePasswords(), lambda: NOW)(me)

    assert erased.ended == (Ended(user, (1, 2)),)


async def test_a_right_password_lets_nobody_in_any_more(database: Database, left: Left) -> None:
    identifier = left.canaries.rows["guardian"]["mine"]["identifier"]

    found = await database.read(lambda c: SqlAccounts(c).credentials(identifier))

    assert found is not None
    assert not await FakePasswords().verify("secret", found.password_hash)
    assert await FakePasswords().verify("secret", "hash of secret")
    assert await database.read(lambda c: SqlAccounts(c).identity(USERS["mine"])) is None


async def test_the_town_may_invite_them_again_and_meanwhile_no_reset_does(
    database: Database, left: Left
) -> None:
    whose, identifier = left.canaries.rows["guardian"]["mine"]["id"], "DUPONT1"
    access = transactions(database, SqlAccess)
    letters: list[Letter] = []

    async def deliver(letter: Letter) -> None:
        letters.append(letter)

    before = await access.write(lambda tx: tx.lock_account(identifier))
    await Invite(access, FakePasswords(), lambda: NOW)(whose, deliver)

    after = await access.write(lambda tx: tx.lock_account(identifier))
    assert (before, after) == (None, letters[0].account)


async def test_the_town_sees_when_it_was_and_that_the_opt_in_was_withdrawn(
    database: Database, left: Left
) -> None:
    query = select(audit.c.what, audit.c.actor, audit.c.at, audit.c.user_index, audit.c.details)
    query = query.where(audit.c.at == NOW).order_by(audit.c.id)
    withdrawn, erased = await database.read(lambda c: c.execute(query).all())
    given_at = left.canaries.rows["consent"]["mine-telegram"]["given_at"]

    assert [withdrawn.what, erased.what] == [Event.OPT_IN_WITHDRAWN, Event.ERASED]
    assert {withdrawn.actor, erased.actor} == {Actor.GUARDIAN}
    assert (withdrawn.user_index, erased.user_index) == (None, None)
    assert withdrawn.details["given_at"] == given_at.isoformat()
    (at,) = {row["erased_at"] for row in left.after["guardian"] if row["id"] == 8_300_001}
    assert at == NOW


async def test_they_are_told_by_mail(left: Left) -> None:
    told = [row for row in left.after["notice"] if row["guardian_id"] == 8_300_001]

    assert [(n["kind"], n["channel"], n["state"]) for n in told] == [
        (Kind.ACCESS_ERASED, Channel.MAIL, Delivery.PENDING)
    ]


async def test_what_waits_to_be_mailed_is_mailed_all_the_same(
    database: Database, me: Identity
) -> None:
    await prove_keyring(database)
    await database.write(fill)
    await database.write(
        lambda c: c.execute(update(notice).values(channel=Channel.MAIL, kind=Kind.DAY_CLOSED))
    )

    await EraseMe(transactions(database, SqlPrivacy), FakePasswords(), lambda: NOW)(me)

    query = select(notice.c.kind).where(notice.c.guardian_id == me.guardian.id)
    kinds = set(await database.read(lambda c: c.scalars(query).all()))
    assert kinds == {Kind.DAY_CLOSED, Kind.ACCESS_ERASED}


async def test_erased_twice_is_erased_once(database: Database, left: Left, me: Identity) -> None:
    again = await EraseMe(transactions(database, SqlPrivacy), FakePasswords(), lambda: NOW)(me)

    assert again.ended == ()
    query = select(guardian.c.erased_at).where(guardian.c.id == me.guardian.id)
    assert await database.read(lambda c: c.scalar(query)) == NOW
