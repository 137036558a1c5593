import base64
import stat
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.crypto import KEY_BYTES, Keyring, KeyringError, new_keyring_text

PLACE = "guardian.last_name"
KEY = base64.b64encode(bytes(KEY_BYTES)).decode()
OLD, NEW, INDEX = (bytes([number]) * KEY_BYTES for number in (1, 2, 3))


@pytest.fixture
def old() -> Keyring:
    return Keyring({"old": OLD}, INDEX)


def test_what_is_sealed_opens_again(old: Keyring) -> None:
    sealed = old.seal(b"DUPONT", PLACE)

    assert old.open(sealed, PLACE) == b"DUPONT"


@given(st.binary())
def test_anything_can_be_sealed(value: bytes) -> None:
    keyring = Keyring({"old": OLD}, INDEX)

    assert keyring.open(keyring.seal(value, PLACE), PLACE) == value


def test_the_same_value_is_never_sealed_alike(old: Keyring) -> None:
    assert old.seal(b"DUPONT", PLACE) != old.seal(b"DUPONT", PLACE)


def test_a_new_key_opens_nothing_less(old: Keyring) -> None:
    sealed = old.seal(b"DUPONT", PLACE)

    rotated = Keyring({"new": NEW, "old": OLD}, INDEX)

    assert rotated.open(sealed, PLACE) == b"DUPONT"


def test_after_a_rotation_the_new_key_seals() -> None:
    rotated = Keyring({"new": NEW, "old": OLD}, INDEX)

    sealed = rotated.seal(b"DUPONT", PLACE)

    assert Keyring({"new": NEW}, INDEX).open(sealed, PLACE) == b"DUPONT"


def test_a_missing_key_is_named(old: Keyring) -> None:
    sealed = old.seal(b"DUPONT", PLACE)

    with pytest.raises(KeyringError, match="'old': not in the keyring"):
        Keyring({"new": NEW}, INDEX).open(sealed, PLACE)


def test_another_key_of_the_same_name_is_noticed(old: Keyring) -> None:
    sealed = old.seal(b"DUPONT", PLACE)

    with pytest.raises(KeyringError, match="the key 'old' is another one"):
        Keyring({"old": NEW}, INDEX).open(sealed, PLACE)


def test_a_value_cannot_be_moved_to_another_column(old: Keyring) -> None:
    sealed = old.seal(b"DUPONT", PLACE)

    with pytest.raises(KeyringError):
        old.open(sealed, "guardian.emails")


@pytest.mark.parametrize("sealed", [b"", b"\x03", b"\x03old", b"\x03old" + bytes(12), b"DUPONT"])
def test_what_was_never_sealed_is_refused(old: Keyring, sealed: bytes) -> None:
    with pytest.raises(KeyringError):
        old.open(sealed, PLACE)


def test_a_blind_index_survives_a_rotation(old: Keyring) -> None:
    rotated = Keyring({"new": NEW, "old": OLD}, INDEX)

    assert rotated.blind("identifier", "dupont") == old.blind("identifier", "dupont")


def test_a_blind_index_is_of_one_place(old: Keyring) -> None:
    assert old.blind("identifier", "42") != old.blind("telegram_user", "42")


def test_a_blind_index_tells_nothing_without_its_key(old: Keyring) -> None:
    other = Keyring({"old": OLD}, NEW)

    assert other.blind("identifier", "dupont") != old.blind("identifier", "dupont")


def test_a_new_keyring_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "keyring"

    Keyring.create(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_created_keyring_is_loaded_again(tmp_path: Path) -> None:
    created = Keyring.create(tmp_path / "keyring")

    loaded = Keyring.load(tmp_path / "keyring")

    assert loaded.open(created.seal(b"DUPONT", PLACE), PLACE) == b"DUPONT"


def test_a_keyring_is_never_overwritten(tmp_path: Path) -> None:
    Keyring.create(tmp_path / "keyring")

    with pytest.raises(FileExistsError):
        Keyring.create(tmp_path / "keyring")


def test_a_keyring_fits_in_an_environment_variable() -> None:
    text = ",".join(line for line in new_keyring_text().splitlines() if not line.startswith("#"))

    assert Keyring.parse(text).seal(b"DUPONT", PLACE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no 'index' key"),
        (f"k1:{KEY}", "no 'index' key"),
        (f"index:{KEY}", "no key to seal with"),
        ("k1:AAAA", "number 1 .* not 32 bytes"),
        (f"k1:{KEY},index:!!!!", "number 2 is not written"),
        (f"k1:{KEY},k1:{KEY}", "twice"),
        (f":{KEY}", "number 1 has no proper name"),
    ],
)
def test_a_bad_keyring_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(KeyringError, match=why):
        Keyring.parse(text)


def test_a_keyring_that_is_not_there_says_where_it_was_sought(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match="keyring"):
        Keyring.load(tmp_path / "keyring")


def test_a_keyring_shows_names_and_never_keys() -> None:
    assert repr(Keyring({"new": NEW, "old": OLD}, INDEX)) == "Keyring(new, old)"


@pytest.mark.parametrize(
    "written", ["k1{key}", "{key}", "{key}:k1", "k1:{key}x", "k1:{key}é", "k1:{key}{key}"]
)
def test_a_badly_written_key_is_complained_of_without_quoting_it(written: str) -> None:
    key = base64.b64encode(OLD).decode()

    with pytest.raises(KeyringError) as refused:
        Keyring.parse(written.format(key=key))

    told = "".join(traceback.format_exception(refused.value))
    assert key[:12] not in told
    assert "key number 1" in told
