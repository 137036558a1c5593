"""School classes as buttons of a phone."""

from conversations.classes import class_of, code_of, in_rows
from conversations.screen import Button


def rows(*labels: str) -> list[list[str]]:
    return [[b.text for b in row] for row in in_rows(Button(one, "x") for one in labels)]


def test_short_names_share_a_row_and_a_long_one_has_its_own_so_that_its_count_is_seen():
    told = rows(
        "CP A · 22", "CP B · 9", "CE1 · 20", "CE2 · 21", "CP A – Mme Martin · 5", "CM2 · 3"
    )

    assert told == [
        ["CP A · 22", "CP B · 9", "CE1 · 20"],
        ["CE2 · 21"],
        ["CP A – Mme Martin · 5"],
        ["CM2 · 3"],
    ]


def test_a_class_comes_back_from_its_code_and_one_that_is_gone_does_not():
    names = ("CE1 A", "CE1 B", "")

    assert [class_of(code_of(name), names) for name in names] == list(names)
    assert class_of(code_of("CM2"), names) is None
