"""A12: a key is added while the program runs, and nothing is ever sealed with one that is lost."""

import stat
from pathlib import Path

import pytest

from storage.crypto import Keyring, KeyringError, new_keyring_text
from storage.keyfile import FileKeyring, add_key, drop_old_keys

PLACE = "guardian.last_name"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Keyring.create(tmp_path / "keyring")
    return tmp_path / "keyring"


def test_a_running_program_seals_with_a_key_that_was_added_meanwhile(path: Path) -> None:
    running = FileKeyring.load(path)

    name = add_key(path)

    assert name == "k2"
    assert running.seal(b"DUPONT", PLACE).startswith(b"\x02k2")


def test_a_running_program_opens_what_another_one_sealed_with_a_newer_key(path: Path) -> None:
    running = FileKeyring.load(path)
    add_key(path)
    sealed = FileKeyring.load(path).seal(b"DUPONT", PLACE)

    assert running.open(sealed, PLACE) == b"DUPONT"


def test_an_added_key_opens_nothing_less_and_leaves_the_indexes_as_they_are(path: Path) -> None:
    before = Keyring.load(path)

    add_key(path)

    after = Keyring.load(path)
    assert after.open(before.seal(b"DUPONT", PLACE), PLACE) == b"DUPONT"
    assert after.fingerprint == before.fingerprint


def test_a_file_that_cannot_be_read_changes_nothing(path: Path) -> None:
    running = FileKeyring.load(path)

    path.write_text("k9:half")

    assert running.seal(b"DUPONT", PLACE).startswith(b"\x02k1")
    path.unlink()
    assert running.seal(b"DUPONT", PLACE).startswith(b"\x02k1")


def test_the_keys_of_another_database_are_not_taken_over(path: Path) -> None:
    running = FileKeyring.load(path)

    path.write_text(new_keyring_text().replace("k1", "k7"))

    assert running.seal(b"DUPONT", PLACE).startswith(b"\x02k1")


def test_a_program_that_runs_keeps_the_keys_that_were_dropped(path: Path) -> None:
    """What it read a moment before may still have to be opened."""
    running = FileKeyring.load(path)
    sealed = running.seal(b"DUPONT", PLACE)
    add_key(path)
    drop_old_keys(path)

    assert running.seal(b"X", PLACE).startswith(b"\x02k2")
    assert running.open(sealed, PLACE) == b"DUPONT"


def test_dropping_leaves_the_key_that_seals_and_the_one_of_the_indexes(path: Path) -> None:
    before = Keyring.load(path)
    add_key(path)
    add_key(path)

    assert drop_old_keys(path) == ("k2", "k1")

    after = Keyring.load(path)
    assert after.fingerprint == before.fingerprint
    assert after.mark == b"\x02k3"
    with pytest.raises(KeyringError):
        after.open(before.seal(b"DUPONT", PLACE), PLACE)


def test_with_one_key_there_is_nothing_to_drop(path: Path) -> None:
    assert drop_old_keys(path) == ()


def test_a_dropped_name_is_not_given_again(path: Path) -> None:
    add_key(path)
    drop_old_keys(path)

    assert add_key(path) == "k3"


def test_the_file_stays_its_owners_alone_and_nothing_is_left_beside_it(path: Path) -> None:
    path.chmod(0o644)

    add_key(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_link_to_the_file_stays_a_link(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path)

    add_key(link)

    assert link.is_symlink()
    assert Keyring.load(path).mark == b"\x02k2"
