import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from domain.accounts.model import Attempts, Credentials, Debt, Identity
from domain.families.model import Child, Display, Guardian, GuardianId, Wallet
from storage.accounts import SqlAccounts
from storage.engine import Database, Transactions
from storage.schema import telegram_session
from storage.town import TownWriter
from tests.storage.small_town import JEAN_PAUL, NOW, SmallTown
from tests.storage.towns import town

ZOE = 700_000_002
LATER = NOW + timedelta(minutes=5)
NONE = Attempts(0, None)


@pytest.fixture
def accounts(database: Database) -> Transactions[SqlAccounts]:
    return Transactions(database, SqlAccounts)


@pytest.fixture
async def session(accounts: Transactions[SqlAccounts], town: SmallTown) -> Identity:
    await accounts.write(lambda tx: tx.open_session(town.father, town.structure, JEAN_PAUL, NOW))
    identity = await accounts.read(lambda tx: tx.identity(JEAN_PAUL))
    assert identity is not None
    return identity


async def test_an_unknown_telegram_user_is_nobody(accounts: Transactions[SqlAccounts]) -> None:
    assert await accounts.read(lambda tx: tx.identity(JEAN_PAUL)) is None


async def test_a_session_says_who_acts(session: Identity, town: SmallTown) -> None:
    assert session.guardian == Guardian(
        id=town.father,
        family_id=town.family,
        civility="M.",
        first_name="Jean-Paul",
        last_name="Dupont",
        emails=("jp.dupont@exemple.fr", "jp@exemple.fr"),
        locale="fr",
        display=Display.CLASSIC,
    )
    assert (session.structure_id, session.seen_at) == (town.structure, NOW)


async def test_children_come_by_first_name(session: Identity, town: SmallTown) -> None:
    assert session.children == (
        Child(town.adam, "Adam", "Dupont"),
        Child(town.leyah, "Leyah", "Dupont"),
    )


async def test_a_family_without_children_is_somebody(
    database: Database, accounts: Transactions[SqlAccounts], town: SmallTown
) -> None:
    lonely = await database.write(
        lambda connection: TownWriter(connection).guardian(
            TownWriter(connection).family(),
            [town.structure],
            identifier="seul",
            password_hash="",
            first_name="Ali",
            last_name="Seul",
        )
    )
    await accounts.write(lambda tx: tx.open_session(lonely, town.structure, ZOE, NOW))

    identity = await accounts.read(lambda tx: tx.identity(ZOE))

    assert identity is not None
    assert identity.children == ()


async def test_who_acts_is_one_round_trip(
    database: Database, accounts: Transactions[SqlAccounts], session: Identity
) -> None:
    heard: list[str] = []
    database.listen(heard.append)

    await accounts.read(lambda tx: tx.identity(JEAN_PAUL))

    assert len(heard) == 1


async def test_an_identity_knows_of_a_newer_catalogue(
    database: Database, accounts: Transactions[SqlAccounts], session: Identity
) -> None:
    newer = await database.write(lambda connection: TownWriter(connection).publish())

    identity = await accounts.read(lambda tx: tx.identity(JEAN_PAUL))

    assert identity is not None
    assert identity.catalogue_version == newer > session.catalogue_version


async def test_logging_in_again_keeps_the_draft(
    accounts: Transactions[SqlAccounts], session: Identity, town: SmallTown
) -> None:
    await accounts.write(lambda tx: tx.open_session(town.father, town.structure, JEAN_PAUL, LATER))

    again = await accounts.read(lambda tx: tx.identity(JEAN_PAUL))

    assert again is not None
    assert again.draft_id == session.draft_id
    assert again.session_id != session.session_id


async def test_another_guardian_on_the_same_phone_ends_the_first_session(
    accounts: Transactions[SqlAccounts], session: Identity, town: SmallTown
) -> None:
    await accounts.write(lambda tx: tx.open_session(town.mother, town.structure, JEAN_PAUL, LATER))

    identity = await accounts.read(lambda tx: tx.identity(JEAN_PAUL))

    assert identity is not None
    assert identity.guardian.id == town.mother
    assert identity.draft_id != session.draft_id


async def test_one_guardian_may_have_two_phones(
    accounts: Transactions[SqlAccounts], session: Identity, town: SmallTown
) -> None:
    await accounts.write(lambda tx: tx.open_session(town.father, town.structure, ZOE, LATER))

    phones = [await accounts.read(lambda tx, u=user: tx.identity(u)) for user in (JEAN_PAUL, ZOE)]

    assert [phone and phone.draft_id for phone in phones] == [session.draft_id] * 2


async def test_an_ended_session_is_nobody(
    accounts: Transactions[SqlAccounts], session: Identity
) -> None:
    await accounts.write(lambda tx: tx.end_session(session.session_id, LATER))

    assert await accounts.read(lambda tx: tx.identity(JEAN_PAUL)) is None


async def test_a_session_ends_once(
    database: Database, accounts: Transactions[SqlAccounts], session: Identity
) -> None:
    await accounts.write(lambda tx: tx.end_session(session.session_id, LATER))

    await accounts.write(lambda tx: tx.end_session(session.session_id, LATER + timedelta(days=1)))

    ended = await database.read(lambda c: c.scalar(select(telegram_session.c.ended_at)))
    assert ended == LATER


async def test_a_touched_session_was_seen(
    accounts: Transactions[SqlAccounts], session: Identity
) -> None:
    await accounts.write(lambda tx: tx.touch(session.session_id, LATER))

    identity = await accounts.read(lambda tx: tx.identity(JEAN_PAUL))

    assert identity is not None
    assert identity.seen_at == LATER


async def test_another_structure_has_a_draft_of_its_own(
    accounts: Transactions[SqlAccounts], session: Identity, town: SmallTown
) -> None:
    await accounts.write(lambda tx: tx.switch_structure(session.session_id, town.school))

    identity = await accounts.read(lambda tx: tx.identity(JEAN_PAUL))

    assert identity is not None
    assert identity.structure_id == town.school
    assert identity.draft_id != session.draft_id


async def test_a_guardian_chooses_language_and_display(
    accounts: Transactions[SqlAccounts], session: Identity
) -> None:
    await accounts.write(lambda tx: tx.set_locale(session.guardian.id, "en"))
    await accounts.write(lambda tx: tx.set_display(session.guardian.id, Display.RICH))

    identity = await accounts.read(lambda tx: tx.identity(JEAN_PAUL))

    assert identity is not None
    assert (identity.guardian.locale, identity.guardian.display) == ("en", Display.RICH)


@pytest.mark.parametrize("identifier", ["Dupont.JP", "dupont.jp", "  DUPONT.JP \n"])
async def test_an_identifier_is_found_however_it_is_typed(
    accounts: Transactions[SqlAccounts], town: SmallTown, identifier: str
) -> None:
    credentials = await accounts.read(lambda tx: tx.credentials(identifier))

    assert credentials == Credentials(
        town.father, "$argon2id$father", (town.structure, town.school)
    )


async def test_an_unknown_identifier_has_no_credentials(
    accounts: Transactions[SqlAccounts], town: SmallTown
) -> None:
    assert await accounts.read(lambda tx: tx.credentials("dupont")) is None


async def test_a_stronger_hash_replaces_the_old_one(
    accounts: Transactions[SqlAccounts], town: SmallTown
) -> None:
    await accounts.write(lambda tx: tx.replace_hash(town.father, "$argon2id$stronger"))

    credentials = await accounts.read(lambda tx: tx.credentials("dupont.jp"))

    assert credentials is not None
    assert credentials.password_hash == "$argon2id$stronger"


async def test_wrong_passwords_are_counted_for_the_phone_and_for_the_identifier(
    accounts: Transactions[SqlAccounts],
) -> None:
    await accounts.write(lambda tx: tx.count_failure(JEAN_PAUL, "dupont.jp", NOW))
    await accounts.write(lambda tx: tx.count_failure(JEAN_PAUL, "Autre", LATER))

    attempts = await accounts.read(lambda tx: tx.attempts(JEAN_PAUL, "DUPONT.JP"))

    assert attempts == (Attempts(2, LATER), Attempts(1, NOW))


async def test_wrong_passwords_at_the_same_instant_are_all_counted(
    accounts: Transactions[SqlAccounts],
) -> None:
    await asyncio.gather(
        *(
            accounts.write(lambda tx, u=user: tx.count_failure(u, "dupont.jp", NOW))
            for user in range(10)
        )
    )

    attempts = await accounts.read(lambda tx: tx.attempts(0, "dupont.jp"))

    assert attempts == (Attempts(1, NOW), Attempts(10, NOW))


async def test_a_right_password_forgets_the_wrong_ones(
    accounts: Transactions[SqlAccounts],
) -> None:
    await accounts.write(lambda tx: tx.count_failure(JEAN_PAUL, "dupont.jp", NOW))
    await accounts.write(lambda tx: tx.count_failure(ZOE, "martin.z", NOW))

    await accounts.write(lambda tx: tx.forget_failures(JEAN_PAUL, "dupont.jp"))

    assert await accounts.read(lambda tx: tx.attempts(JEAN_PAUL, "dupont.jp")) == (NONE, NONE)
    assert await accounts.read(lambda tx: tx.attempts(ZOE, "x")) == (Attempts(1, NOW), NONE)


async def test_a_device_is_known_to_who_was_connected_there(
    accounts: Transactions[SqlAccounts], town: SmallTown
) -> None:
    async def known(guardian: GuardianId) -> bool:
        return await accounts.read(lambda tx: tx.knows_device(guardian, JEAN_PAUL))

    before = await known(town.father)
    await accounts.write(lambda tx: tx.open_session(town.father, town.structure, JEAN_PAUL, NOW))
    await accounts.write(lambda tx: tx.open_session(town.mother, town.structure, JEAN_PAUL, LATER))

    assert not before
    assert await known(town.father)  # though that session has ended
    assert await known(town.mother)
    assert not await accounts.read(lambda tx: tx.knows_device(town.father, ZOE))


@pytest.mark.parametrize(
    ("balances", "threshold", "debt"),
    [
        ((0, 5), 0, None),
        ((0, -1), 0, Debt("Porte-monnaie 2", Decimal(-1))),
        ((-3, -1), 0, Debt("Porte-monnaie 1", Decimal(-3))),
        ((-3, -1), -3, None),
        ((4, 9), 5, Debt("Porte-monnaie 1", Decimal(4))),
    ],
)
async def test_whoever_acts_is_known_with_their_debt_and_where_they_live(
    world, balances, threshold, debt
) -> None:
    data = town(children=2)
    for number, balance in enumerate(balances, start=1):
        data.wallets[number] = Wallet(number, 1, 1, f"Porte-monnaie {number}", Decimal(balance))
    data.debt_threshold, data.living_elsewhere = Decimal(threshold), {2}
    at = await world(data)
    for guardian in (1, 2):
        await at.accounts.write(lambda tx, g=guardian: tx.open_session(g, 1, 700 + g, NOW))

    ours = await at.accounts.read(lambda tx: tx.identity(701))
    theirs = await at.accounts.read(lambda tx: tx.identity(702))

    assert (ours.debt, ours.is_resident) == (debt, True)
    assert (theirs.debt, theirs.is_resident) == (None, False)
