"""X1: a town of 50 000 families comes in through bounded memory.

The small one runs always; the large one by `make soak`, and tells its figures with `-s`.
"""

import asyncio
import csv
import multiprocessing
import sys
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.imports.model import Outcome, Table
from domain.imports.service import ImportTown
from storage.crypto import Keyring, new_keyring_text
from storage.engine import opened, transactions
from storage.imports import FileStaging, SqlImport
from storage.keycheck import prove_keyring
from tests.fakes.accounts import FakePasswords
from tests.storage.imports import files

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CHILDREN = 2  # a family
EACH = 2 + 2 * CHILDREN + 2  # lines of people and money for each family


def write_town(folder: Path, families: int) -> Path:
    """The small town's offer, and so many families of two children."""
    files.write(folder, **{name: None for name in files.TOWN if name not in OFFER})
    numbers = range(1, families + 1)
    put(folder, "families", "code,resident", ((f"F{n}", "yes") for n in numbers))
    put(
        folder,
        "guardians",
        "code,family,identifier,civility,first_name,last_name,emails",
        (
            (f"G{n}", f"F{n}", f"PARENT{n}", "Mme", f"Prénom {n}", f"Nom {n}", f"p{n}@exemple.fr")
            for n in numbers
        ),
    )
    children = [(n, c) for n in numbers for c in range(CHILDREN)]
    put(
        folder,
        "children",
        "code,families,first_name,last_name",
        ((f"C{n}.{c}", f"F{n}", f"Enfant {c}", f"Nom {n}") for n, c in children),
    )
    put(
        folder,
        "enrolments",
        "child,activity,valid_from,valid_to",
        ((f"C{n}.{c}", "CANT", "2026-09-01", "2027-07-03") for n, c in children),
    )
    put(
        folder,
        "wallets",
        "family,structure,wallet,balance,on",
        ((f"F{n}", "MAIRIE", "Périscolaire", f"{n % 90}.50", "2026-11-23") for n in numbers),
    )
    put(
        folder,
        "payments",
        "code,family,structure,wallet,day,amount,mode",
        ((f"P{n}", f"F{n}", "MAIRIE", "Périscolaire", "2026-11-02", "20", "CB") for n in numbers),
    )
    return folder


OFFER = {"structures", "holidays", "activities", "openings", "tariffs"}


def put(folder: Path, table: str, heading: str, rows) -> None:
    with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(heading.split(","))
        csv.writer(file).writerows(rows)


async def bring_in(url: str, keyring: Keyring, folder: Path, *, dry_run: bool) -> Outcome:
    async with opened(url, keyring) as database:
        await prove_keyring(database)
        imports = transactions(database, SqlImport)
        importing = ImportTown(imports, FileStaging(), FakePasswords(), lambda: NOW)
        return await importing(folder, dry_run=dry_run)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_twice_the_families_need_hardly_more_memory(database_url, keyring, tmp_path):
    """A dry run: its memory is that of Python alone, which can be traced."""
    await bring_in(database_url, keyring, write_town(tmp_path / "warm", 50), dry_run=True)

    peaks = []
    for families in (1000, 2000):
        folder = write_town(tmp_path / str(families), families)
        tracemalloc.start()
        outcome = await bring_in(database_url, keyring, folder, dry_run=True)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert outcome.counts[Table.CHILDREN].new == families * CHILDREN

    assert outcome.problems == ()
    assert peaks[1] < 1.25 * peaks[0]


@pytest.mark.soak
def test_fifty_thousand_families_come_in_with_bounded_memory(
    sqlite_url: str, tmp_path: Path
) -> None:
    """In a process of its own, whose largest size is asked of Linux."""
    families = 50_000
    folder = write_town(tmp_path / "large", families)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    key = new_keyring_text()
    worker = context.Process(target=_measured, args=(theirs, sqlite_url, key, folder))
    worker.start()
    counts, seconds, before, peak = ours.recv()
    worker.join()

    sys.stdout.write(f"\n{families} families: {seconds:.0f} s, {before:.0f} to {peak:.0f} MiB\n")
    assert counts == [families * EACH] * 2 + [0]
    assert peak - before < 150


def _measured(tell, url: str, key: str, folder: Path) -> None:
    keyring = Keyring.parse(key)

    async def work() -> None:
        before, begun = _size(), time.perf_counter()
        first = await bring_in(url, keyring, folder, dry_run=False)
        seconds = time.perf_counter() - begun
        again = await bring_in(url, keyring, folder, dry_run=False)
        people = (t for t in first.counts if t.value not in OFFER)
        news = sum(first.counts[table].new for table in people)
        same = sum(c.unchanged for t, c in again.counts.items() if t.value not in OFFER)
        tell.send(([news, same, again.total.new], seconds, before, _size()))

    asyncio.run(work())


def _size() -> float:
    """In MiB, the largest that it has been; what ``getrusage`` tells is the parent's too."""
    (line,) = (x for x in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in x)
    return int(line.split()[1]) / 1024
