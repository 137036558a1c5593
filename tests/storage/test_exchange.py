"""The files that the back office is handed (X2, X3)."""

import csv
import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.bookings.model import MovementKind, State
from domain.reports.model import Contents, Handover, Reported, Transmission
from storage.exchange import COLUMNS, ExchangeFolder, file_name, harmless
from tests.storage.towns import moved, request

NIGHT = Transmission(
    id=7,
    structure_id=1,
    night=date(2026, 11, 24),
    number=3,
    claimed_at=datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
    movements=2,
)
BOOKED = Reported(moved(request(12, ticket=5)), State.ACCEPTED)
GIVEN = Reported(
    replace(moved(request(13), MovementKind.PROMOTION), guardian_id=None), State.ACCEPTED
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "exchange" / "out"


def read_csv(folder: Path) -> list[dict[str, str]]:
    text = (folder / "1-000003-2026-11-24.csv").read_bytes().decode()
    return list(csv.DictReader(text.splitlines()))


def read_json(folder: Path):
    return json.loads((folder / "1-000003-2026-11-24.json").read_bytes())


def test_the_csv_has_a_line_a_movement_under_a_documented_header(folder):
    ExchangeFolder(folder).write(NIGHT, Contents([BOOKED, GIVEN]))

    first, second = read_csv(folder)
    assert list(first) == list(COLUMNS)
    assert first == {
        "structure": "1",
        "number": "3",
        "line": "1",
        "kind": "booking",
        "family": "12",
        "guardian": "12",
        "child": "12",
        "activity": "1",
        "day": "2026-12-02",
        "ticket": "5",
        "arrival": "07:30",
        "departure": "18:00",
        "price": "24.87",
        "requested_at": "2026-11-23T09:00:00+00:00",
        "state_then": "accepted",
        "state": "accepted",
        "family_code": "",
        "child_code": "",
        "activity_code": "",
    }
    assert (second["line"], second["kind"], second["guardian"]) == ("2", "promotion", "")


def test_the_json_tells_number_counts_and_checksum_of_the_same_lines(folder):
    checksum = ExchangeFolder(folder).write(NIGHT, Contents([BOOKED, GIVEN]))

    told = read_json(folder)
    assert (told["format"], told["version"]) == ("cartable-transmission", 3)
    assert (told["structure"], told["number"], told["night"]) == (1, 3, "2026-11-24")
    assert told["counts"] == {
        "movements": 2,
        "absences": 0,
        "payments": 0,
        "booking": 1,
        "promotion": 1,
    }
    assert told["csv_sha256"] == checksum
    as_text = [
        {name: "" if cell is None else str(cell) for name, cell in line.items()}
        for line in told["movements"]
    ]
    assert as_text == read_csv(folder)


def test_the_answer_is_the_sha_256_of_the_csv(folder):
    checksum = ExchangeFolder(folder).write(NIGHT, Contents([BOOKED]))

    content = (folder / f"{file_name(NIGHT)}.csv").read_bytes()
    assert checksum == hashlib.sha256(content).hexdigest()


def test_written_again_after_the_night_was_closed_the_bytes_are_the_same(folder):
    files = ExchangeFolder(folder)
    files.write(NIGHT, Contents([BOOKED, GIVEN]))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    files.write(
        replace(NIGHT, checksum="ab", written_at=NIGHT.claimed_at), Contents([BOOKED, GIVEN])
    )

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_nothing_but_the_four_files_is_left_in_the_folder(folder):
    ExchangeFolder(folder).write(NIGHT, Contents([BOOKED]))

    assert sorted(path.suffix for path in folder.iterdir()) == [*[".csv"] * 3, ".json"]


def test_a_file_that_cannot_be_finished_leaves_the_one_before(folder):
    files = ExchangeFolder(folder)
    files.write(NIGHT, Contents([BOOKED]))
    before = (folder / f"{file_name(NIGHT)}.csv").read_bytes()
    broken = Reported(replace(BOOKED.movement, arrival="\udcff"), State.ACCEPTED)

    with pytest.raises((UnicodeError, ValueError)):
        files.write(NIGHT, Contents([broken]))

    assert (folder / f"{file_name(NIGHT)}.csv").read_bytes() == before
    assert len(list(folder.iterdir())) == 4


def test_a_night_without_a_movement_is_a_header_alone(folder):
    ExchangeFolder(folder).write(NIGHT, Contents([]))

    assert read_csv(folder) == []
    assert read_json(folder)["counts"] == {"movements": 0, "absences": 0, "payments": 0}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_a_text(start):
    assert harmless(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("cell", ["24.87", "2026-12-02", "", 12, None, "a=b"])
def test_other_cells_are_left_as_they_are(cell):
    assert harmless(cell) == cell


@pytest.mark.parametrize("begun", ["", "ab", "abcdef"])
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_an_acknowledgement_that_is_still_being_written_is_left_alone(folder, begun, suffix):
    handed, whole = acknowledged(folder, suffix)

    assert signed(folder, handed, whole[: len(begun)].encode()) is Handover.WAITS


@pytest.mark.parametrize(
    "write",
    [
        lambda said: said.encode(),
        lambda said: f"{said.upper()}\r\n".encode(),
        lambda said: f"{said}  1-000003-2026-11-24.json\n".encode(),
        lambda said: said.encode("utf-8-sig"),
        lambda said: said.encode("utf-16"),
    ],
    ids=["bare", "capitals", "sha256sum", "utf-8 with a mark", "utf-16"],
)
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_the_checksum_of_the_json_acknowledges_and_that_of_the_movements_does_still(
    folder, suffix, write
):
    handed, said = acknowledged(folder, suffix)

    assert signed(folder, handed, write(said)) is Handover.TAKEN


def test_the_checksum_of_one_empty_night_does_not_acknowledge_another(folder):
    """Their movements are the same header alone; the JSON of each has its number."""
    handed, _ = acknowledged(folder, "json")
    other = replace(handed, number=4)
    ExchangeFolder(folder).write(other, Contents([]))
    of_the_other = hashlib.sha256((folder / f"{file_name(other)}.json").read_bytes()).hexdigest()

    assert signed(folder, handed, of_the_other.encode()) is Handover.MISREAD


def test_what_was_read_before_an_upgrade_added_a_column_is_taken(folder):
    handed, _ = acknowledged(folder, "csv")
    before = replace(handed, checksum="0" * 64)

    assert signed(folder, before, b"0" * 64) is Handover.TAKEN


def test_what_was_written_anew_after_an_upgrade_is_taken(folder):
    """The checksum that was kept is that of the files before."""
    handed, said = acknowledged(folder, "csv")

    assert signed(folder, replace(handed, checksum="0" * 64), said.encode()) is Handover.TAKEN


def acknowledged(folder: Path, suffix: str) -> tuple[Transmission, str]:
    """An empty night, and the checksum of that file of it."""
    handed = replace(NIGHT, checksum=ExchangeFolder(folder).write(NIGHT, Contents([])))
    content = (folder / f"{file_name(NIGHT)}.{suffix}").read_bytes()
    return handed, hashlib.sha256(content).hexdigest()


def signed(folder: Path, handed: Transmission, sign: bytes) -> Handover:
    files = ExchangeFolder(folder)
    (folder / f"{file_name(NIGHT)}.taken").write_bytes(sign)
    assert files.look([handed]) == [Handover.SIGNED]
    return files.compare(handed, Contents([]))


@pytest.mark.parametrize("lost", range(4))
def test_where_one_of_the_four_is_gone_the_night_is_lost(folder, lost):
    files = ExchangeFolder(folder)
    handed = replace(NIGHT, checksum=files.write(NIGHT, Contents([BOOKED])))
    assert files.look([handed]) == [Handover.WAITS]

    sorted(folder.iterdir())[lost].unlink()

    assert files.look([handed]) == [Handover.LOST]
