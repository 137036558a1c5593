"""docs/coverage.md: every rule of the guide's booking chapters has tests, and they exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/coverage.md").read_text().splitlines()
    if re.match(r"\| \d+ \|", line)
]


def test_rows_are_numbered_one_after_the_other():
    assert [int(row[0]) for row in ROWS] == list(range(1, len(ROWS) + 1))
    assert len(ROWS) > 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_rule_is_proved_by_tests_that_exist(row):
    proofs = re.findall(r"`([\w/.]+)::(\w+)`", row[2])

    assert proofs
    for path, name in proofs:
        assert f"def {name}(" in (ROOT / "tests" / path).read_text()
