"""Killed at any instant, a process leaves nothing half done, and loses nothing it has answered."""

import hashlib
import json
import os
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from domain.bookings.model import HOLDING
from storage import schema
from storage.crypto import Keyring, new_keyring_text
from storage.engine import opened
from tests.storage import machine_world
from tests.storage.killing import FIRST_NIGHT, crowded, run_night, work_until_killed
from tests.storage.worlds import in_database

KILLS = 400 if os.environ.get("CARTABLE_SOAK") else 12


async def test_whatever_the_instant_nothing_is_half_done(
    database_url: str, tmp_path: Path
) -> None:
    key, data = new_keyring_text(), crowded()
    keyring, folder = Keyring.parse(key), tmp_path / "exchange"
    async with opened(database_url, keyring) as database:
        await in_database(database, data)
    chance = random.Random(20261124)  # noqa: S311

    for kill in range(KILLS):
        moment = {"steps": chance.randint(0, 4), "then": chance.uniform(0.0, 0.02)}
        seen = work_until_killed(database_url, key, folder, seed=kill, **moment)

        async with opened(database_url, keyring) as database:
            found = await database.read(lambda tx: machine_world.read(tx, data.catalogue))
            rounds = await database.read(_rounds)
            nights = await database.read(_nights)
        counters_are_what_is_held(found)
        assert {(s[1], s[2]) for s in seen if s[0] == "confirmed"} <= rounds
        assert {s[2] for s in seen if s[0] == "night"} <= nights

    async with opened(database_url, keyring) as database:
        last = FIRST_NIGHT + timedelta(days=5000)
        await run_night(database, folder, last)
        found = await database.read(lambda tx: machine_world.read(tx, data.catalogue))
        written = await database.read(_written)
    every_movement_was_handed_over_once(found, folder, written)
    assert found.movements


def counters_are_what_is_held(found: machine_world.Found) -> None:
    held = Counter(
        (pool, booking.slot.day)
        for booking in found.live()
        if booking.state in HOLDING
        for pool in found.catalogue.pools(booking.slot.activity_id, booking.group)
    )
    for at, places in found.places.items():
        assert places.taken == held[at]
        assert places.capacity is None or places.taken <= places.capacity


def every_movement_was_handed_over_once(
    found: machine_world.Found, folder: Path, written: dict[int, str]
) -> None:
    assert all(m.void or m.transmission is not None for m in found.movements.values())
    counts, checksums = {}, {}
    for path in folder.glob("*.json"):
        told = json.loads(path.read_text())
        counts[told["number"]] = len(told["movements"])
        checksums[told["number"]] = hashlib.sha256(path.with_suffix(".csv").read_bytes())
    assert {number: sha.hexdigest() for number, sha in checksums.items()} == written
    assert sum(counts.values()) == sum(
        m.transmission is not None for m in found.movements.values()
    )


def _rounds(connection: Connection) -> set[tuple[int, int]]:
    """By family: its draft has the same number."""
    return {tuple(row) for row in connection.execute(select(schema.receipt)).columns(0, 1)}


def _nights(connection: Connection) -> set[int]:
    closed = schema.transmission.c.written_at.isnot(None)
    rows = connection.scalars(select(schema.transmission.c.night).where(closed))
    return {night.toordinal() for night in rows}


def _written(connection: Connection) -> dict[int, str]:
    table = schema.transmission.c
    return dict(tuple(row) for row in connection.execute(select(table.number, table.checksum)))
