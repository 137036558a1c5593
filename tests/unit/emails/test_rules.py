"""Which addresses can be used, and how they are typed (H3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.emails import rules
from domain.emails.errors import BadAddresses, NoAddress, TooManyAddresses

GOOD = ["a@b.fr", "jean-paul.dupont+cantine@mairie.example.org", "o'connor@x-y.example"]


@pytest.mark.parametrize("address", GOOD)
def test_ordinary_addresses_are_taken(address):
    assert rules.read(address) == (address,)


@pytest.mark.parametrize(
    "address",
    [
        "a",
        "a@b",
        "@b.fr",
        "a@",
        "a@@b.fr",
        "a b@c.fr",
        "a@b.fr,c@d.fr",
        "a@,b.fr",
        "Jean <a@b.fr>",
        "a@b.fr\r\nBcc: x@y.fr",
        "a@b.fr\nc@d.fr",
        "a\u00a0@b.fr",
        "é@b.fr",
        ".a@b.fr",
        "a..b@c.fr",
        "a@-b.fr",
        "a@b-.fr",
        "a@b.f",
        "a@b.123",
        f"{'a' * 65}@b.fr",
        f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.fr",
    ],
)
def test_what_could_not_stand_in_a_header_is_refused(address):
    with pytest.raises(BadAddresses):
        rules.read(f"{GOOD[0]};{address}")


def test_each_bad_one_is_named_masked_and_no_good_one():
    with pytest.raises(BadAddresses) as refused:
        rules.read("bonne@example.org; mauvaise; autre mauvaise@example.org")

    assert refused.value.params == {"which": "ma•••, au•••@example.org"}


@pytest.mark.parametrize("typed", ["a@b.fr;c@d.fr", " a@b.fr ;\n c@d.fr ; ", ";a@b.fr;;c@d.fr"])
def test_spaces_and_lines_around_an_address_do_not_matter(typed):
    assert rules.read(typed) == ("a@b.fr", "c@d.fr")


def test_an_address_is_taken_once_as_it_was_first_written():
    assert rules.read("A@b.fr; a@B.fr") == ("A@b.fr",)


@pytest.mark.parametrize("typed", ["", " ; ; ", "\n"])
def test_no_address_at_all_is_refused(typed):
    with pytest.raises(NoAddress):
        rules.read(typed)


def test_five_are_enough():
    five = [f"a{n}@b.fr" for n in range(5)]

    assert rules.read(";".join(five)) == tuple(five)
    with pytest.raises(TooManyAddresses):
        rules.read(";".join([*five, "f@b.fr"]))


@given(st.text(max_size=80))
def test_whatever_is_typed_nothing_taken_can_end_a_header_line(typed):
    try:
        taken = rules.read(typed)
    except (BadAddresses, NoAddress, TooManyAddresses):
        return

    assert not any(set(address) & set("\r\n,<> \t") for address in taken)


def test_a_code_is_read_however_it_comes_back():
    assert rules.read_code(" abcd-2345\n") == "ABCD2345"


def test_a_code_has_eight_characters_and_never_looks_like_one_of_telegrams():
    codes = [rules.new_code() for _ in range(200)]

    assert all(len(code) == 8 and set(code) <= set(rules.LETTERS) for code in codes)
    assert not any(code.isdecimal() for code in codes)
    assert len(set(codes)) == len(codes)
