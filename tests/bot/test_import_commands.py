"""`cartable import` (X1), as an operator runs it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.imports import lines
from conversations.imports.words import SENTENCES
from domain.imports.model import Outcome, Problem, Trouble
from tests.storage.imports import files


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARTABLE_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'town.db'}")
    return lambda *words: CliRunner().invoke(app, ["import", *words])


def test_a_dry_run_then_a_run_then_the_same_again(run, tmp_path):
    town = str(files.write(tmp_path / "town"))

    dry, first, again = run(town, "--dry-run"), run(town), run(town)

    assert [one.exit_code for one in (dry, first, again)] == [0, 0, 0]
    assert "a dry run" in dry.stdout
    assert "families: 2 new, 0 changed, 0 unchanged" in first.stdout
    assert "families: 0 new, 0 changed, 2 unchanged" in again.stdout


def test_a_problem_is_a_sentence_with_its_place_and_a_failure(run, tmp_path):
    town = files.write(tmp_path / "town", families="code,resident\nF1,maybe\nF2,no\n")

    done = run(str(town))

    assert done.exit_code == 1
    assert "families.csv, line 2, column resident: “yes” or “no” is expected." in done.stderr
    assert "1 problem: nothing was written." in done.stderr


def test_the_template_is_written_and_can_be_given_back(run):
    written, read = run("--template", "sub/t.xlsx"), run("sub/t.xlsx", "--dry-run")

    assert (written.exit_code, read.exit_code) == (0, 0)


def test_nothing_to_import_is_a_sentence(run):
    assert run().exit_code == 2
    assert run("nowhere").exit_code == 1


def test_every_trouble_has_words() -> None:
    assert SENTENCES.keys() == set(Trouble)


def test_of_very_many_problems_the_rest_is_counted() -> None:
    problem = Problem("families.csv", 2, "code", Trouble.EMPTY)

    told = lines(Outcome({}, [problem] * 3, troubles=10))

    assert told[3:] == ["... and 7 more.", "10 problems: nothing was written."]
