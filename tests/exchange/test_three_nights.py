"""X2, X3: the bot beside the town's present software, through files alone.

Three nights are handed over, answered, and both sides hold the same; whatever is killed meanwhile.
"""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, func, select

from domain.bookings.model import Wish
from domain.notices.model import Kind
from storage import schema
from storage.engine import Database
from tests.exchange.back_office import BackOffice
from tests.exchange.conftest import TUESDAY
from tests.exchange.town_hall import TownHall, at, tick_until_killed

CANTEEN, WEDNESDAYS = 1, 2
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
NINTH, SIXTEENTH = date(2026, 12, 9), date(2026, 12, 16)


async def test_three_nights_are_handed_over_answered_and_agreed_on(
    town_hall: TownHall, back_office: BackOffice, database_url: str, key: str, folder: Path
) -> None:
    # Tuesday: three families for two places on the 9th, a meal on Thursday and on Friday.
    for parent in (1, 2, 3):
        await town_hall.ask(parent, WEDNESDAYS, NINTH)
    await town_hall.ask(1, CANTEEN, THURSDAY, FRIDAY)
    await town_hall.ask(3, WEDNESDAYS, SIXTEENTH)
    await town_hall.ask(3, WEDNESDAYS, SIXTEENTH, wish=Wish.CANCEL)  # nobody hears of it

    # The first night is killed with half of its files on the disk, and taken up again.
    await night_killed(town_hall, database_url, key, folder, TUESDAY, what="put", nth=2)
    await back_office_takes(town_hall, back_office)
    first, second = back_office.pending()
    back_office.send(
        answers=[
            back_office.answer(first, "accepted"),
            back_office.answer(second, "refused", "Dossier incomplet"),
        ]
    )
    # Its answer is applied by a process that dies before it could set the file aside.
    tick_until_killed(database_url, key, folder, town_hall.now, what="set_aside")
    assert arrived(folder) == ["0001.json"]
    await town_hall.tick()
    assert arrived(folder) == []

    # Wednesday: an absence; the machine is off for the second night, and back on Thursday.
    town_hall.now = at(TUESDAY + timedelta(days=1), 15)
    await town_hall.absent(1, THURSDAY)
    await town_hall.ask(2, WEDNESDAYS, SIXTEENTH)
    town_hall.now = at(THURSDAY, 8)
    await town_hall.certify(1, THURSDAY)
    await back_office_takes(town_hall, back_office)
    third, fourth = back_office.pending()  # promoted when the second was refused; and a new one
    assert third[0:2] == (WEDNESDAYS, NINTH.isoformat())
    back_office.send(
        answers=[
            back_office.answer(third, "accepted"),
            back_office.answer(fourth, "waitlisted", "Réponse le mois prochain"),
        ],
        payments=[payment("P1", 20)],
        consumptions=[
            {
                "code": "K1",
                "family": "F1",
                "child": "C1",
                "activity": "CANT",
                "day": THURSDAY.isoformat(),
                "unit_price": "4.00",
                "quantity": 0,
                "ticket": 1,
            }
        ],
        wallets=[wallet("F1", "Périscolaire", "12.50", THURSDAY)],
    )
    await town_hall.tick()

    # The third night, its files lost before anybody took them.
    await town_hall.ask(1, CANTEEN, FRIDAY, wish=Wish.CANCEL)  # too late: not processed
    town_hall.now = at(FRIDAY, 4)
    await town_hall.tick()
    lose(folder, FRIDAY)
    await back_office_takes(town_hall, back_office)

    # The same answers again, and a last night that tells what they did.
    send_again(folder)
    before = await town_hall.database.read(told_families)
    await town_hall.tick()
    assert await town_hall.database.read(told_families) == before
    town_hall.now = at(FRIDAY + timedelta(days=1), 4)
    await back_office_takes(town_hall, back_office)

    await both_sides_agree(town_hall.database, back_office)
    assert back_office.numbers == [1, 2, 3, 4, 5]
    states = Counter(back_office.states.values())
    assert states == {"accepted": 4, "refused": 1, "waitlisted": 1}
    assert back_office.absent == {(CANTEEN, THURSDAY.isoformat(), 1): (True, True)}
    assert set(before) == {
        (1, Kind.REQUEST_ACCEPTED),
        (2, Kind.REQUEST_REFUSED),
        (2, Kind.REQUEST_WAITLISTED),
        (3, Kind.PLACE_GIVEN),
        (3, Kind.REQUEST_ACCEPTED),
    }


async def test_what_is_paid_online_is_told_once_comes_back_and_is_credited_once(
    town_hall: TownHall, back_office: BackOffice
) -> None:
    """Whichever of both tells first: the bot by its night, or the town by what the Trésor says."""
    back_office.send(payments=[payment("P0", 5)])
    await town_hall.tick()
    references = [await town_hall.pays(1, amount, amount) for amount in ("12.00", "7.50")]
    town_hall.now = at(TUESDAY + timedelta(days=1), 4)
    await back_office_takes(town_hall, back_office)
    assert back_office.paid == {(references[0], "12.00"): 1, (references[1], "7.50"): 1}

    back_office.send(
        payments=[
            payment("P1", 12) | {"reference": references[0]},
            payment("P2", 7.5) | {"number": references[1]},
        ]
    )
    await town_hall.tick()
    town_hall.now += timedelta(days=1)
    await back_office_takes(town_hall, back_office)

    assert sum(back_office.paid.values()) == 2
    _, _, _, balances = await town_hall.database.read(ours)
    assert balances == {"Périscolaire": Decimal("24.50")}


def payment(code: str, amount: float) -> dict[str, object]:
    owner = {"family": "F1", "structure": "MAIRIE", "wallet": "Périscolaire"}
    return {"code": code, **owner, "day": "2026-11-25", "amount": amount, "mode": "CB"}


def wallet(family: str, name: str, balance: str, on: date) -> dict[str, object]:
    owner = {"family": family, "structure": "MAIRIE", "wallet": name}
    return {**owner, "balance": balance, "on": on.isoformat()}


def files_of(folder: Path, night: date) -> list[Path]:
    return sorted(folder.glob(f"1-*-{night}*"))


def lose(folder: Path, night: date) -> None:
    for path in files_of(folder, night):
        path.unlink()


def arrived(folder: Path) -> list[str]:
    return [path.name for path in (folder / "in").glob("*.json")]


def send_again(folder: Path) -> None:
    for path in (folder / "in" / "taken").glob("*.json"):
        path.rename(folder / "in" / f"again-{path.name}")


async def night_killed(
    town_hall: TownHall, url: str, key: str, folder: Path, day: date, *, what: str, nth: int
) -> None:
    town_hall.now = at(day + timedelta(days=1), 4)
    tick_until_killed(url, key, folder, town_hall.now, what=what, nth=nth)
    assert len(files_of(folder, day + timedelta(days=1))) == nth - 1
    town_hall.now += timedelta(minutes=6)  # the lease of the dead has ended


async def back_office_takes(town_hall: TownHall, back_office: BackOffice) -> None:
    """What is there, what comes when our side looks again; and its acknowledgement is read."""
    await town_hall.tick()
    back_office.take()
    await town_hall.tick()
    back_office.take()
    await town_hall.tick()
    untaken = await town_hall.database.read(
        lambda c: c.scalar(
            select(func.count())
            .select_from(schema.transmission)
            .where(schema.transmission.c.taken_at.is_(None))
        )
    )
    assert untaken == 0


async def both_sides_agree(database: Database, back_office: BackOffice) -> None:
    told, movements, absent, balances = await database.read(ours)
    assert back_office.states == told
    assert back_office.kinds == movements
    assert max(back_office.kinds.values()) == 1
    assert back_office.absent == absent
    assert balances == {"Périscolaire": Decimal("12.50")}


def ours(connection: Connection):
    booking, movement, absence = schema.booking.c, schema.movement.c, schema.absence.c
    handed = [
        ((row.activity_id, row.day.isoformat(), row.ticket), row.kind.value)
        for row in connection.execute(select(schema.movement).where(movement.void.is_(False)))
    ]
    keys = {key for key, _ in handed}
    states = {
        key: row.state.value
        for row in connection.execute(select(schema.booking))
        if (key := (row.activity_id, row.day.isoformat(), row.ticket)) in keys
    }
    query = select(
        booking.activity_id,
        booking.day,
        booking.ticket,
        absence.billed,
        absence.certificate_kind,
    ).join_from(schema.absence, schema.booking)
    absent = {
        (row[0], row[1].isoformat(), row[2]): (row[3], row[4] is not None)
        for row in connection.execute(query)
    }
    wallets = select(schema.wallet.c.name, schema.wallet.c.balance)
    balances = {row[0]: row[1] for row in connection.execute(wallets)}
    return states, Counter(handed), absent, balances


def told_families(connection: Connection) -> list[tuple[int, Kind]]:
    """What families were told of answers, by guardian."""
    notice = schema.notice.c
    query = select(notice.guardian_id, notice.kind).where(notice.kind != Kind.NIGHTLY_REPORT)
    return sorted({(row[0], row[1]) for row in connection.execute(query)})
