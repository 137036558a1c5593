from datetime import date, time
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domain.activities.model import PoolId
from domain.bookings.model import Places
from domain.families.model import Enrolment
from storage.engine import Database
from storage.schema import child_family, enrolment, opening_day, pool_day, wallet
from storage.town import TownWriter
from tests.storage.small_town import SmallTown

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


async def test_days_open_with_the_hours_of_the_activity(
    database: Database, town: SmallTown
) -> None:
    await database.write(lambda c: TownWriter(c).open_days(town.canteen, [MONDAY, TUESDAY]))

    days = await database.read(lambda c: c.execute(select(opening_day)).all())

    assert days == [(town.canteen, day, True, None, None) for day in (MONDAY, TUESDAY)]


async def test_a_day_said_again_is_replaced(database: Database, town: SmallTown) -> None:
    await database.write(lambda c: TownWriter(c).open_days(town.canteen, [MONDAY, TUESDAY]))

    await database.write(
        lambda c: TownWriter(c).open_days(
            town.canteen, [TUESDAY], is_open=False, arrival=time(11), departure=time(14)
        )
    )

    days = await database.read(
        lambda c: c.execute(select(opening_day).order_by(opening_day.c.day)).all()
    )
    assert days == [
        (town.canteen, MONDAY, True, None, None),
        (town.canteen, TUESDAY, False, time(11), time(14)),
    ]


async def test_unlimited_places_are_not_no_places(database: Database, town: SmallTown) -> None:
    places = [Places(town.pool, MONDAY, None, 3, 4), Places(town.pool, TUESDAY, 0, 0)]

    await database.write(lambda c: TownWriter(c).places(places))

    rows = await database.read(
        lambda c: c.execute(select(pool_day).order_by(pool_day.c.day)).all()
    )
    assert rows == [(town.pool, MONDAY, None, 3, 4), (town.pool, TUESDAY, 0, 0, 1)]


@pytest.mark.parametrize(("capacity", "taken"), [(2, 3), (None, -1), (-1, 0)])
async def test_no_place_is_ever_oversold(
    database: Database, town: SmallTown, capacity: int | None, taken: int
) -> None:
    """The last fence: the database itself refuses (B8)."""
    oversold = [Places(PoolId(town.pool), MONDAY, capacity, taken)]

    with pytest.raises(IntegrityError):
        await database.write(lambda c: TownWriter(c).places(oversold))


async def test_a_child_may_belong_to_two_families(database: Database, town: SmallTown) -> None:
    def add(writer: TownWriter) -> tuple[int, int]:
        other = writer.family()
        return other, writer.child(town.family, other, first_name="Noé", last_name="Dupont")

    other, child = await database.write(lambda c: add(TownWriter(c)))

    mine = select(child_family.c.family_id).where(child_family.c.child_id == child)
    families = await database.read(lambda c: c.scalars(mine).all())
    assert sorted(families) == [town.family, other]


async def test_an_enrolment_is_kept(database: Database, town: SmallTown) -> None:
    enrolled = Enrolment(town.leyah, town.canteen, MONDAY, TUESDAY, "6-12")

    await database.write(lambda c: TownWriter(c).enrolments([enrolled]))

    (row,) = await database.read(lambda c: c.execute(select(enrolment)).all())
    assert Enrolment(*row[1:]) == enrolled


async def test_a_wallet_is_kept(database: Database, town: SmallTown) -> None:
    added = await database.write(
        lambda c: TownWriter(c).wallet(
            town.family, town.structure, "Périscolaire", Decimal("-4.5")
        )
    )

    (row,) = await database.read(lambda c: c.execute(select(wallet)).all())
    assert row[:5] == (added, town.family, town.structure, "Périscolaire", Decimal("-4.50"))


async def test_each_publication_raises_the_version(database: Database, town: SmallTown) -> None:
    versions = [await database.write(lambda c: TownWriter(c).publish()) for _ in range(2)]

    assert versions == [2, 3]


async def test_two_guardians_never_share_an_identifier(
    database: Database, town: SmallTown
) -> None:
    with pytest.raises(IntegrityError):
        await database.write(
            lambda c: TownWriter(c).guardian(
                town.family,
                [],
                identifier="DUPONT.jp",
                password_hash="",
                first_name="",
                last_name="",
            )
        )
