"""A8: however many guess at once, no more guesses reach the hash than the rules let."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import select, text, update

from bot.passwords import Argon2Passwords
from domain.accounts import rules
from domain.accounts.choosing import Chooser, ConfirmByLink, ConfirmPassword
from domain.accounts.forgetting import MAILS_AN_HOUR, AskReset
from domain.accounts.links import OpenLink
from domain.accounts.login import LogIn
from domain.accounts.tokens import Purpose
from domain.errors import DomainError
from domain.families.model import GuardianId
from domain.notices.model import Channel, Kind
from storage.access import SqlAccess
from storage.crypto import Keyring, new_keyring_text
from storage.engine import opened, transactions
from storage.schema import access_token, guardian, metadata, notice
from tests.fakes.accounts import FakePasswords
from tests.storage.guessing import storm
from tests.storage.towns import NOW, town
from tests.storage.worlds import load

FATHER = GuardianId(1)
WRONG, WAIT = "accounts.wrong_credentials", "accounts.too_many_attempts"
RIGHT = "trois-petits-chats"


@pytest.fixture
def keys() -> str:
    return new_keyring_text()


@pytest.fixture
async def database(database_url, keys):
    """One guardian, DUPONT1, who has one address."""
    async with opened(database_url, Keyring.parse(keys)) as database:
        data = town(children=1)
        await database.write(lambda connection: load(connection, data))
        access = transactions(database, SqlAccess)
        await access.write(lambda tx: tx.replace_hash(FATHER, f"hash of {RIGHT}"))
        yield database


async def test_one_phone_in_two_processes_gets_its_free_tries_and_no_more(
    database, database_url, keys
):
    came_to = await asyncio.to_thread(storm, database_url, keys, [[7], [7]], 10)

    assert came_to == Counter({WRONG: rules.FREE_TRIES, WAIT: 20 - rules.FREE_TRIES}) + Counter(
        {"hash": rules.FREE_TRIES, "true hash": rules.FREE_TRIES}
    )


async def test_many_phones_in_two_processes_reach_the_hash_ten_times(database, database_url, keys):
    """All are answered alike, after the same work."""
    phones = [list(range(1, 13)), list(range(101, 113))]

    came_to = await asyncio.to_thread(storm, database_url, keys, phones, 1)

    assert came_to == Counter({WRONG: 24, "hash": 24, "true hash": rules.FAILURES_TO_LOCK})
    rows = await database.read(lambda c: c.execute(select(notice.c.kind, notice.c.channel)).all())
    assert [tuple(row) for row in rows] == [(Kind.ACCOUNT_LOCKED, Channel.MAIL)]


async def test_of_many_who_open_one_letter_one_is_let_in(database):
    access = transactions(database, SqlAccess)
    await issue(access, Purpose.INVITATION)
    open_link = OpenLink(access, lambda: NOW)

    came_to = Counter(
        await asyncio.gather(*(code_of(open_link("T" * 32, user, None)) for user in range(1, 13)))
    )

    assert came_to == Counter({"done": 1, "accounts.link_refused": 11})


async def test_a_reset_that_is_confirmed_many_times_at_once_is_done_once(database):
    access = transactions(database, SqlAccess)
    await issue(access, Purpose.RESET)
    link = (await access.read(lambda tx: tx.find_link("T" * 32, 7))).id
    chooser = Chooser(access, FakePasswords(), lambda _: False, lambda: NOW)
    await chooser.choose(FATHER, "le tracteur bleu de mamie")

    confirm = ConfirmByLink(chooser)
    came_to = Counter(
        await asyncio.gather(
            *(code_of(confirm(link, 7, "le tracteur bleu de mamie")) for _ in range(8))
        )
    )

    assert came_to["done"] == 1
    assert came_to["accounts.link_refused"] + came_to["accounts.choice_gone"] == 7
    rows = await database.read(lambda c: c.execute(select(notice.c.kind)).all())
    assert len(rows) == 1


async def test_a_new_password_that_is_confirmed_many_times_at_once_is_changed_once(database):
    access = transactions(database, SqlAccess)
    who = await LogIn(access, FakePasswords(), lambda: NOW)("DUPONT1", RIGHT, 7)
    chooser = Chooser(access, FakePasswords(), lambda _: False, lambda: NOW)
    await chooser.choose(FATHER, "le tracteur bleu de mamie")

    confirm = ConfirmPassword(chooser)
    came_to = Counter(
        await asyncio.gather(
            *(code_of(confirm(who, "le tracteur bleu de mamie")) for _ in range(8))
        )
    )

    assert came_to == Counter({"done": 1, "accounts.choice_gone": 7})


async def test_logins_and_resets_at_once_never_block_one_another(database):
    """One lock order: a deadlock would be an error here, and time lost."""
    access = transactions(database, SqlAccess)
    ask = AskReset(access, lambda: NOW)
    log_in = LogIn(access, FakePasswords(), lambda: NOW)

    came_to = Counter(
        await asyncio.gather(
            *(code_of(ask("DUPONT1", "x@example.org", user)) for user in range(1, 9)),
            # Fewer in all than lock the identifier.
            *(code_of(log_in("DUPONT1", RIGHT, user)) for user in range(1, 5)),
            *(code_of(log_in("DUPONT1", "wrong", user)) for user in range(1, 5)),
        )
    )

    assert came_to == Counter({"done": 12, WRONG: 4})


async def test_a_mailbox_is_not_flooded_by_asking_at_once(database):
    access = transactions(database, SqlAccess)
    await give_address(database)
    ask = AskReset(access, lambda: NOW)

    await asyncio.gather(*(ask("DUPONT1", "one@example.org", user) for user in range(1, 11)))

    rows = await database.read(lambda c: c.execute(select(access_token.c.id)).all())
    assert len(rows) == MAILS_AN_HOUR


# -- the same work, whatever was asked (A7, A8) --------------------------------------------------
@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("DUPONT1", "other@example.org"),
        ("NOBODY", "one@example.org"),
        ("", ""),
    ],
)
async def test_a_reset_that_does_not_match_sends_the_same_statements(
    database, identifier, address
):
    access = transactions(database, SqlAccess)
    await give_address(database)
    ask, heard = AskReset(access, lambda: NOW), []
    database.listen(heard.append)
    await ask("DUPONT1", "one@example.org", 1)
    right = heard.copy()
    heard.clear()

    await ask(identifier, address, 2)

    assert heard == right


@pytest.mark.parametrize("tries", [1, rules.FAILURES_TO_LOCK, rules.FAILURES_TO_LOCK + 1])
async def test_a_wrong_password_and_nobodys_send_the_same_statements(database, tries):
    """Also where the identifier is being locked, and is locked."""
    access, heard = transactions(database, SqlAccess), []
    passwords = FakePasswords()
    log_in = LogIn(access, passwords, lambda: NOW)
    database.listen(heard.append)
    seen = {}

    for number, identifier in enumerate(("DUPONT1", "NOBODY"), start=1):
        for user in range(tries):
            heard.clear()
            await code_of(log_in(identifier, "wrong", number * 1000 + user))
        seen[identifier] = heard.copy()

    assert seen["DUPONT1"] == seen["NOBODY"]
    assert passwords.verified == 2 * tries


async def issue(access, purpose):
    await access.write(
        lambda tx: tx.issue_link(
            FATHER, purpose, "T" * 32, telegram_user=None, at=NOW, until=NOW.replace(hour=23)
        )
    )


async def give_address(database):
    emails = update(guardian).values(emails=["one@example.org"])
    await database.write(lambda connection: connection.execute(emails))


async def code_of(work):
    try:
        await work
    except DomainError as error:
        return error.code
    return "done"


# -- at rest (A12) -----------------------------------------------------------------------------
async def test_neither_token_nor_address_nor_password_is_kept_in_clear(database):
    access = transactions(database, SqlAccess)
    await give_address(database)
    await AskReset(access, lambda: NOW, lambda: "T" * 32)("DUPONT1", "one@example.org", 7)
    chooser = Chooser(access, Argon2Passwords(), lambda _: False, lambda: NOW)
    await chooser.choose(FATHER, "le tracteur bleu de mamie")

    kept = await database.read(everything)

    assert "DUPONT1" not in kept
    assert "$argon2id$" in kept  # proof that the search finds what is there
    for secret in ("T" * 32, "one@example.org", "tracteur"):
        assert secret not in kept


def everything(connection):
    """Each column of each row, as the database hands it out."""
    rows = (
        row
        for name in metadata.tables
        for row in connection.execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608
    )
    return "\n".join(
        value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for row in rows
        for value in row
    )
