"""S2: what is typed, and how much of it fits in one message."""

import pytest

from domain.announcements import rules
from domain.announcements.errors import (
    CaptionTooLong,
    FileTooBig,
    NothingSaid,
    TextTooLong,
    TitleTooLong,
)


@pytest.mark.parametrize(
    ("said", "title", "text"),
    [
        ("Grève\nJeudi.", "Grève", "Jeudi."),
        ("\n Grève \n\n Jeudi.\nSoir. \n", "Grève", "Jeudi.\nSoir."),
        ("Grève", "Grève", ""),
    ],
)
def test_the_first_line_is_the_title(said: str, title: str, text: str) -> None:
    assert rules.read(said) == (title, text)


def test_nothing_is_no_announcement() -> None:
    with pytest.raises(NothingSaid):
        rules.read(" \n ")


def test_a_title_too_long_is_refused_with_its_length() -> None:
    rules.read("x" * 120)

    with pytest.raises(TitleTooLong) as refused:
        rules.read("x" * 121)

    assert refused.value.params == {"longest": 120, "has": 121}


def test_a_text_fits_to_the_last_character_of_a_message() -> None:
    rules.check_length("Titre", "x" * 4089, has_file=False)

    with pytest.raises(TextTooLong) as refused:
        rules.check_length("Titre", "x" * 4090, has_file=False)

    assert refused.value.params == {"longest": 4089, "over": 1}


def test_a_caption_is_shorter() -> None:
    rules.check_length("Titre", "x" * 1017, has_file=True)

    with pytest.raises(CaptionTooLong) as refused:
        rules.check_length("Titre", "x" * 1020, has_file=True)

    assert refused.value.params == {"longest": 1017, "over": 3}


def test_a_pictogram_counts_for_two_as_with_telegram() -> None:
    assert rules.length("é🎉") == 3


def test_a_file_that_a_bot_cannot_fetch_is_refused() -> None:
    rules.check_size(20 * 1024 * 1024)

    with pytest.raises(FileTooBig):
        rules.check_size(20 * 1024 * 1024 + 1)
