from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from storage.crypto import Keyring, new_keyring_text
from storage.engine import opened
from storage.exchange import FolderDrop
from storage.keycheck import prove_keyring
from tests.exchange.back_office import BackOffice
from tests.exchange.town_hall import TownHall, at

TOWN = {
    "structures": "code,name\nMAIRIE,Mairie\n",
    "activities": (
        "code,structure,name,arrival,departure,weekdays,cancel_by,wallet,waitlist,approval\n"
        "CANT,MAIRIE,Restauration,12:00,13:30,lu ma je ve,48h,Périscolaire,none,non\n"
        "ALSH,MAIRIE,Mercredi,07:30,18:00,me,none,Loisirs,automatic,oui\n"
    ),
    "openings": (
        "activity,day,places\n"
        "CANT,2026-11-26,\nCANT,2026-11-27,\nALSH,2026-12-09,2\nALSH,2026-12-16,1\n"
    ),
    "tariffs": "activity,valid_from,amount\nCANT,2026-09-01,4\nALSH,2026-09-01,15\n",
    "families": "code\nF1\nF2\nF3\n",
    "guardians": (
        "code,family,identifier,first_name,last_name\n"
        "G1,F1,UN,Anne,Un\nG2,F2,DEUX,Bruno,Deux\nG3,F3,TROIS,Chloé,Trois\n"
    ),
    "children": "code,families,first_name,last_name\nC1,F1,A,Un\nC2,F2,B,Deux\nC3,F3,C,Trois\n",
    "enrolments": "child,activity,valid_from,valid_to\n"
    + "".join(f"C{n},{a},2026-09-01,2027-07-03\n" for n in (1, 2, 3) for a in ("CANT", "ALSH")),
}
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def key() -> str:
    return new_keyring_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "exchange"


@pytest.fixture
async def town_hall(
    database_url: str, key: str, folder: Path, tmp_path: Path
) -> AsyncIterator[TownHall]:
    """Imported, on Tuesday morning; last night is done."""
    tables = tmp_path / "tables"
    tables.mkdir()
    for name, text in TOWN.items():
        (tables / f"{name}.csv").write_text(text)
    async with opened(database_url, Keyring.parse(key)) as database:
        await prove_keyring(database)
        hall = TownHall(database, FolderDrop(folder), at(TUESDAY, 9))
        outcome = await hall.import_town(tables, dry_run=False)
        assert outcome.applied, outcome.problems
        await hall.tick()
        yield hall


@pytest.fixture
def back_office(folder: Path) -> BackOffice:
    return BackOffice(folder)
