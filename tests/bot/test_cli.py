import socket
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


def test_the_version_is_told() -> None:
    result = cartable("--version")

    assert result.exit_code == 0
    assert result.output.startswith("cartable ")


def test_running_without_a_token_says_what_to_do() -> None:
    result = cartable("run")

    assert result.exit_code == 2
    assert "BotFather" in result.output
    assert "Traceback" not in result.output


def test_a_wrong_setting_ends_every_command_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CARTABLE_NIGHT_AT", "02:30")

    result = cartable("db", "upgrade")

    assert result.exit_code == 2
    assert "CARTABLE_NIGHT_AT cannot be used" in result.output


def test_a_taken_port_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])

        result = cartable("demo", "--port", port)

    assert result.exit_code == 1
    assert f"If port {port} is taken" in result.output


def test_a_database_that_is_not_there_sends_to_the_doctor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:AAE-not-a-real-token_0123456789abcdef")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")

    result = cartable("run")

    assert result.exit_code == 1
    assert "cartable doctor" in result.output


def test_the_database_is_made_with_its_keys_and_twice_is_harmless(tmp_path: Path) -> None:
    first, second = cartable("db", "upgrade"), cartable("db", "upgrade")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert (tmp_path / "var/cartable.db").exists()
    assert (tmp_path / "var/cartable.key").stat().st_mode & 0o777 == 0o600


def test_the_doctor_names_each_trouble_and_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTABLE_API_URL", "http://127.0.0.1:1")

    result = cartable("doctor")

    assert result.exit_code == 1
    assert "!!  Telegram" in result.output
    assert "-> Run `cartable db upgrade`." in result.output


def test_a_document_needs_a_structure_a_title_and_a_text(tmp_path: Path) -> None:
    (tmp_path / "terms.txt").write_text("Conditions\n\nDu texte.\n")
    (tmp_path / "empty.txt").write_text("Un titre seul\n")

    nowhere = cartable("documents", "publish", "terms", "terms.txt")
    untitled = cartable("documents", "publish", "terms", "empty.txt")
    missing = cartable("documents", "publish", "terms", "none.txt")

    assert [r.exit_code for r in (nowhere, untitled, missing)] == [1, 1, 1]
    assert "There is no structure 1. There are: none." in nowhere.output
    assert "needs a title on its first line" in untitled.output
    assert "cannot be read" in missing.output
