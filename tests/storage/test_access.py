"""A3, A4, A7, A8: links, chosen passwords, attempts and who is told, over fake and databases."""

import asyncio
from datetime import timedelta

import pytest

from domain.accounts.access import Choice
from domain.accounts.events import Event
from domain.accounts.model import Attempts
from domain.accounts.tokens import Purpose
from domain.activities.model import StructureId
from domain.audit.model import Actor, Entry
from domain.families.model import GuardianId
from domain.notices.model import Channel, Kind, Notice
from tests.storage.towns import NOW, town

FATHER, MOTHER = GuardianId(1), GuardianId(2)
PHONE, TABLET = 700_000_001, 700_000_002
TOKEN, NEWER = "A" * 32, "B" * 32
LATER = NOW + timedelta(minutes=5)
UNTIL = NOW + timedelta(minutes=30)


@pytest.fixture
async def at(world):
    data = town(children=2)
    for guardian in (FATHER, MOTHER):
        data.login(guardian, f"DUPONT{guardian}", "-")
    return await world(data)


async def issue(at, token=TOKEN, to=FATHER, purpose=Purpose.RESET, user=None, on=NOW):
    terms = {"telegram_user": user, "at": on, "until": UNTIL}
    await at.access.write(lambda tx: tx.issue_link(to, purpose, token, **terms))


async def found(at, token=TOKEN, by=PHONE):
    return await at.access.read(lambda tx: tx.find_link(token, by))


# -- links -------------------------------------------------------------------------------------
async def test_a_link_is_found_by_its_token_and_by_its_number(at):
    await issue(at)

    link = await found(at)

    assert (link.guardian_id, link.purpose, link.expires_at) == (FATHER, Purpose.RESET, UNTIL)
    assert link.lets_in(NOW)
    assert await at.access.read(lambda tx: tx.link(link.id, PHONE)) == link


@pytest.mark.parametrize("token", [TOKEN[:-1], TOKEN.lower(), TOKEN + "A", "", "é" * 32])
async def test_no_other_token_finds_it(at, token):
    await issue(at)

    assert await found(at, token) is None


async def test_a_link_lets_in_until_it_expires(at):
    await issue(at)
    link = await found(at)

    assert link.lets_in(UNTIL - timedelta(microseconds=1))
    assert not link.lets_in(UNTIL)


async def test_a_link_of_somebody_in_telegram_is_theirs_alone(at):
    await issue(at, user=PHONE)

    assert (await found(at, by=PHONE)).lets_in(NOW)
    assert not (await found(at, by=TABLET)).lets_in(NOW)


async def test_a_newer_link_replaces_those_of_the_same_purpose(at):
    await issue(at)
    await issue(at, "I" * 32, purpose=Purpose.INVITATION)
    await issue(at, "M" * 32, to=MOTHER)

    await issue(at, NEWER)

    spent = {t: (await found(at, t)).is_spent for t in (TOKEN, "I" * 32, "M" * 32, NEWER)}
    assert spent == {TOKEN: True, "I" * 32: False, "M" * 32: False, NEWER: False}


async def test_a_link_is_used_once(at):
    await issue(at)
    link = await found(at)

    used = [await at.access.write(lambda tx: tx.use_link(link.id, LATER)) for _ in range(2)]

    assert used == [True, False]
    assert (await found(at)).is_spent


async def test_of_many_at_once_one_uses_the_link(at):
    await issue(at)
    link = await found(at)

    used = await asyncio.gather(
        *(at.access.write(lambda tx: tx.use_link(link.id, LATER)) for _ in range(12))
    )

    assert sum(used) == 1


async def test_an_expired_link_cannot_be_used(at):
    await issue(at)
    link = await found(at)

    assert not await at.access.write(lambda tx: tx.use_link(link.id, UNTIL))


async def test_revoked_links_let_nobody_in(at):
    await issue(at)
    await issue(at, "I" * 32, purpose=Purpose.INVITATION)
    await issue(at, "M" * 32, to=MOTHER)

    await at.access.write(lambda tx: tx.revoke_links(FATHER, LATER))

    spent = [(await found(at, token)).is_spent for token in (TOKEN, "I" * 32, "M" * 32)]
    assert spent == [True, True, False]


async def test_changed_addresses_end_the_links_that_were_mailed(at):
    await issue(at)
    await issue(at, "I" * 32, purpose=Purpose.INVITATION)
    await issue(at, "M" * 32, to=MOTHER)

    await at.emails.write(lambda tx: tx.set_verified(FATHER, ["new@example.org"]))

    spent = [(await found(at, token)).is_spent for token in (TOKEN, "I" * 32, "M" * 32)]
    assert spent == [True, False, False]


async def test_links_are_counted_spent_ones_too(at):
    await issue(at)
    await issue(at, NEWER, on=LATER)
    await issue(at, "I" * 32, purpose=Purpose.INVITATION)

    count = await at.access.read(lambda tx: tx.links_issued(FATHER, Purpose.RESET, NOW))
    both = await at.access.read(
        lambda tx: tx.links_issued(FATHER, Purpose.RESET, NOW - timedelta(hours=1))
    )

    assert (count, both) == (1, 2)


async def test_a_link_for_nobody_lets_nobody_in(at):
    await issue(at, to=None)

    assert await found(at) is None
    assert await at.access.read(lambda tx: tx.links_issued(None, Purpose.RESET, NOW)) == 0


# -- passwords ---------------------------------------------------------------------------------
async def test_a_password_is_judged_against_the_whole_family(at):
    about = await at.access.read(lambda tx: tx.about(FATHER))

    identifier, *names = about.persons
    assert (identifier.upper(), names) == ("DUPONT1", ["Anne1", "DUPONT", "Paul1", "DUPONT"])
    assert about.structures == ("Mairie de CarteVille",)
    assert about.password_hash == "-"


async def test_the_last_choice_is_the_one_that_counts(at):
    first, second = Choice("one", NOW), Choice("two", LATER)
    await at.access.write(lambda tx: tx.put_choice(FATHER, first))
    await at.access.write(lambda tx: tx.put_choice(FATHER, second))

    kept = await at.access.read(lambda tx: tx.choice(FATHER))

    assert kept == second
    assert await at.access.read(lambda tx: tx.choice(MOTHER)) is None


async def test_a_choice_is_taken_once_and_only_that_one(at):
    choice = Choice("two", LATER)
    await at.access.write(lambda tx: tx.put_choice(FATHER, choice))

    other = await at.access.write(lambda tx: tx.take_choice(FATHER, Choice("one", NOW)))
    taken = [await at.access.write(lambda tx: tx.take_choice(FATHER, choice)) for _ in range(2)]

    assert (other, taken) == (False, [True, False])


async def test_a_forgotten_choice_is_gone(at):
    await at.access.write(lambda tx: tx.put_choice(FATHER, Choice("one", NOW)))

    await at.access.write(lambda tx: tx.forget_choice(FATHER))

    assert await at.access.read(lambda tx: tx.choice(FATHER)) is None


async def test_a_temporary_password_must_be_changed(at):
    await at.access.write(lambda tx: tx.set_password(FATHER, "new", temporary_until=UNTIL))
    await connect(at)

    credentials = await at.access.read(lambda tx: tx.credentials("dupont1"))
    who = await at.access.read(lambda tx: tx.identity(PHONE))
    assert (credentials.password_hash, credentials.password_until) == ("new", UNTIL)
    assert who.must_change_password


async def test_a_chosen_password_is_there_to_stay(at):
    await at.access.write(lambda tx: tx.set_password(FATHER, "new", temporary_until=UNTIL))
    await at.access.write(lambda tx: tx.set_password(FATHER, "own", temporary_until=None))
    await connect(at)

    credentials = await at.access.read(lambda tx: tx.credentials("dupont1"))
    who = await at.access.read(lambda tx: tx.identity(PHONE))
    assert (credentials.password_hash, credentials.password_until) == ("own", None)
    assert not who.must_change_password


async def connect(at, guardian=FATHER, user=PHONE):
    await at.access.write(lambda tx: tx.open_session(guardian, StructureId(1), user, NOW))
    return (await at.access.read(lambda tx: tx.identity(user))).session_id


async def test_all_other_devices_are_ended(at):
    await connect(at)
    kept = await connect(at, user=TABLET)
    await connect(at, MOTHER, 3)

    ended = await at.access.write(lambda tx: tx.end_sessions(FATHER, LATER, but=kept))

    live = [await at.access.read(lambda tx, u=u: tx.identity(u)) for u in (PHONE, TABLET, 3)]
    assert ended == 1
    assert [who is not None for who in live] == [False, True, True]


async def test_all_devices_are_ended(at):
    await connect(at)
    await connect(at, user=TABLET)

    assert await at.access.write(lambda tx: tx.end_sessions(FATHER, LATER)) == 2


# -- attempts ----------------------------------------------------------------------------------
async def test_attempts_that_are_looked_at_under_a_lock_are_the_same(at):
    def look(tx):
        return tx.attempts(PHONE, "dupont1", lock=True)

    before = await at.access.write(look)
    await at.access.write(lambda tx: tx.count_failure(PHONE, "DUPONT1", NOW))

    assert before == (Attempts(0, None), Attempts(0, None))
    assert await at.access.write(look) == (Attempts(1, NOW), Attempts(1, NOW))


async def test_a_user_alone_and_an_identifier_alone_are_counted_and_forgotten(at):
    await at.access.write(lambda tx: tx.count_failure(PHONE, None, NOW))
    await at.access.write(lambda tx: tx.count_failure(None, "dupont1", NOW))
    both = await at.access.read(lambda tx: tx.attempts(PHONE, "dupont1"))

    await at.access.write(lambda tx: tx.forget_failures(None, "Dupont1"))

    assert both == (Attempts(1, NOW), Attempts(1, NOW))
    left = await at.access.read(lambda tx: tx.attempts(PHONE, "dupont1"))
    assert left == (Attempts(1, NOW), Attempts(0, None))


# -- accounts ----------------------------------------------------------------------------------
async def test_an_account_is_found_however_the_identifier_is_typed(at):
    locked = await at.access.write(lambda tx: tx.lock_account("  dupont1 "))

    assert locked == await at.access.read(lambda tx: tx.account(FATHER))
    assert (locked.guardian.id, locked.identifier.upper()) == (FATHER, "DUPONT1")
    assert (locked.structure_id, locked.structure) == (1, "Mairie de CarteVille")
    assert await at.access.write(lambda tx: tx.lock_account("nobody")) is None


async def test_letters_are_for_those_who_never_connected_and_hold_none(at):
    both = await at.access.read(lambda tx: tx.without_letter(NOW))
    await connect(at)
    await issue(at, to=MOTHER, purpose=Purpose.INVITATION)

    assert both == (FATHER, MOTHER)
    assert await at.access.read(lambda tx: tx.without_letter(NOW)) == ()
    assert await at.access.read(lambda tx: tx.without_letter(UNTIL)) == (MOTHER,)
    assert await at.access.read(lambda tx: tx.everybody()) == (FATHER, MOTHER)


async def test_a_spent_invitation_is_no_letter(at):
    await issue(at, to=MOTHER, purpose=Purpose.INVITATION)
    await at.access.write(lambda tx: tx.revoke_links(MOTHER, NOW))

    assert MOTHER in await at.access.read(lambda tx: tx.without_letter(NOW))


# -- who is told -------------------------------------------------------------------------------
def told(channel, **params):
    return Notice(f"{channel}", FATHER, channel, Kind.NEW_DEVICE, params, NOW, {"token": "t"})


async def queued(at):
    dues = await at.outbox.write(lambda tx: tx.claim(NOW, limit=9, lease_until=LATER))
    return {due.notice.channel: due for due in dues}


async def test_a_mail_is_queued_for_whoever_has_no_device(at):
    await at.access.write(lambda tx: tx.tell(FATHER, [told(c) for c in Channel]))

    assert list(await queued(at)) == [Channel.MAIL]


async def test_the_device_that_did_it_is_not_told(at):
    session = await connect(at)
    await at.access.write(lambda tx: tx.tell(FATHER, [told(Channel.TELEGRAM, session=session)]))
    alone = await queued(at)
    await connect(at, user=TABLET)

    await at.access.write(lambda tx: tx.tell(FATHER, [told(Channel.TELEGRAM, session=session)]))

    assert alone == {}
    assert (await queued(at))[Channel.TELEGRAM].chats == (TABLET,)


async def test_a_device_that_blocked_the_bot_is_not_told(at):
    await connect(at)
    await at.outbox.write(lambda tx: tx.chat_gone(PHONE, NOW, "blocked"))

    await at.access.write(lambda tx: tx.tell(FATHER, [told(Channel.TELEGRAM)]))

    assert await queued(at) == {}


async def test_what_is_told_keeps_its_secret_and_is_queued_once(at):
    for _ in range(2):
        await at.access.write(lambda tx: tx.tell(FATHER, [told(Channel.MAIL)]))

    dues = await at.outbox.write(lambda tx: tx.claim(NOW, limit=9, lease_until=LATER))
    assert [due.notice for due in dues] == [told(Channel.MAIL)]


async def test_nobody_is_told_nothing(at):
    await connect(at)

    await at.access.write(lambda tx: tx.tell(None, [told(c) for c in Channel]))

    assert await queued(at) == {}


# -- the log -----------------------------------------------------------------------------------
async def test_resets_are_counted_by_who_asked_in_telegram(at):
    entries = [
        Entry(NOW, Actor.STRANGER, Event.RESET_ASKED, None, PHONE),
        Entry(LATER, Actor.STRANGER, Event.RESET_ASKED, FATHER, PHONE, {"link": 1}),
        Entry(LATER, Actor.STRANGER, Event.RESET_ASKED, None, TABLET),
        Entry(LATER, Actor.STRANGER, Event.LOGIN_FAILED, None, PHONE),
    ]
    for entry in entries:
        await at.access.write(lambda tx, e=entry: tx.note(e))

    hour = timedelta(hours=1)
    asked = await at.access.read(lambda tx: tx.resets_asked(PHONE, NOW - hour))
    since = await at.access.read(lambda tx: tx.resets_asked(PHONE, NOW))

    assert (asked, since) == ((NOW, LATER), (LATER,))
