"""`cartable keys` and `cartable backup`, as an operator types them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.settings import PREFIX, Settings


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        for variable in (name.upper(), PREFIX + name.upper()):
            monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)


def cartable(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_rotating_says_what_was_added_and_what_to_do_with_it() -> None:
    cartable("db", "upgrade")

    result = cartable("keys", "rotate")

    assert result.exit_code == 0
    assert "Added the key k2. Copy the key file anew" in result.output
    assert "Left: 0." in result.output
    assert Path("var/cartable.key").read_text().split("k2:")[1][:8] not in result.output


def test_pruning_too_early_is_a_sentence() -> None:
    cartable("db", "upgrade")
    cartable("keys", "rotate")

    result = cartable("keys", "prune")

    assert result.exit_code == 2
    assert "less than 10 minutes ago" in result.output


def test_keys_of_the_environment_are_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    cartable("db", "upgrade")
    lines = Path("var/cartable.key").read_text().splitlines()
    monkeypatch.setenv("CARTABLE_KEY", ",".join(x for x in lines if not x.startswith("#")))

    rotated, sealed_again = cartable("keys", "rotate"), cartable("keys", "reseal")

    assert rotated.exit_code == 2
    assert "cartable keys reseal" in rotated.output
    assert sealed_again.exit_code == 0


def test_a_backup_says_where_it_is() -> None:
    cartable("db", "upgrade")

    result = cartable("backup", "copies")

    assert result.exit_code == 0
    assert [path.suffix for path in Path("copies").iterdir()] == [".db"]
