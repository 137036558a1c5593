"""`cartable absences DAY`: what the town reads until its own screens do (B19)."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.commands.absences import NOBODY, lines
from domain.absences.model import Absent, Certificate, CertificateKind
from domain.families.model import Child, ChildId
from tests import builders
from tests.conversations import facts

LEO = Child(ChildId(1), "Leo", "CASIMIR")


def absent(**changed) -> Absent:
    told = replace(facts.longest_absence().absence, note=None, certificate=None, **changed)
    about = builders.activity()
    return Absent(LEO, about.id, about.arrival, about.departure, told)


def cartable(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_each_child_is_a_line_with_reason_and_bill() -> None:
    found = [absent(), absent(billed=False, reason=None)]

    told = lines(found, builders.catalogue(), builders.DAY)

    assert told == [
        "2026-12-02: 2 absent",
        "Activité 1  07:30-18:00  CASIMIR Leo  visit  billed  declared 23/11 10:00",
        "Activité 1  07:30-18:00  CASIMIR Leo  reason erased  not billed  declared 23/11 10:00",
    ]


def test_words_and_certificate_are_told() -> None:
    found = absent()
    paper = Certificate("file", CertificateKind.PDF)
    told = replace(found, absence=replace(found.absence, note="Un mot", certificate=paper))

    (_, line) = lines([told], builders.catalogue(), builders.DAY)

    assert line.endswith("certificate (pdf)  Un mot")


def test_a_quiet_day_says_so() -> None:
    assert lines([], builders.catalogue(), builders.DAY) == [NOBODY]


@pytest.mark.parametrize("day", ["24/11/2026", "2026-13-01", "demain"])
def test_a_day_is_written_as_a_date(day: str) -> None:
    result = cartable("absences", day)

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_an_unknown_structure_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)

    result = cartable("absences", "2026-11-24", "--structure", "9")

    assert result.exit_code == 1
    assert "no such structure" in result.output
