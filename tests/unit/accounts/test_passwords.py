"""A4, S12: what a password must be."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.passwords import is_common
from domain.accounts import guessable, passwords, tokens
from domain.accounts.passwords import Judgement, RuleCode

ABOUT = ("DUPONT1", "Jean-Paul", "DUPONT", "Amalia", "Léa", "Bo", "CarteVille")


def judge(password: str, *, is_same: bool = False) -> Judgement:
    return passwords.judge(password, ABOUT, is_common=is_common, is_same=is_same)


def broken(password: str) -> set[RuleCode]:
    return {code for code, kept in judge(password).rules if not kept}


@pytest.mark.parametrize(
    "password",
    [
        "le tracteur bleu de mamie",
        "kxqvnwzrtbpl",  # 12 small letters: 56 bits
        "Été à la mer, 3 glaces",
        "пароль для мамы",
        "🐘🌵🎈🚲🍋🧦🪁🐙🌙🥁🧩🪵",
        "z" + "o-k." * 64,
        "correct horse battery staple",
        "je mange 4 pommes par jour",
    ],
)
def test_these_will_do(password):
    assert judge(password[:256]).passed


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("court mais é", None),
        ("onze lettre", RuleCode.LENGTH),
        ("kxq vnw zrt " * 22, RuleCode.LENGTH),  # 264 characters
        ("629471038452", RuleCode.VARIETY),  # 12 digits: 40 bits
        ("password1234!!", RuleCode.COMMON),
        ("p4$$w0rd-2026", RuleCode.COMMON),
        ("Motdepasse 2026", RuleCode.COMMON),
        ("azertyuiopqsd", RuleCode.COMMON),
        ("nbvcxwmlkjhg", RuleCode.COMMON),
        ("abcdefghijklm", RuleCode.COMMON),
        ("abcabcabcabc", RuleCode.COMMON),
        ("motdepassemotdepasse", RuleCode.COMMON),
        ("aaaaaaaaaaaaaaaa", RuleCode.COMMON),
        ("mon-nom-est-dupont", RuleCode.PERSONAL),
        ("xxx4m4l14xxxkqz", RuleCode.PERSONAL),
        ("tnopud-tresor-7", RuleCode.PERSONAL),
        ("vive CARTEVILLE!", RuleCode.PERSONAL),
        ("jeanpaul-et-moi", RuleCode.PERSONAL),
        ("lea aime le chocolat", RuleCode.PERSONAL),
        ("mon lapin bo saute", RuleCode.PERSONAL),
    ],
)
def test_each_of_these_breaks_its_rule(password, rule):
    assert broken(password) == ({rule} if rule else set())


def test_a_short_name_inside_of_a_word_is_no_name():
    assert judge("un oléagineux robot bien beau").passed


def test_the_one_before_is_not_taken_again():
    judged = judge("le tracteur bleu de mamie", is_same=True)

    assert [code for code, kept in judged.rules if not kept] == [RuleCode.SAME]


def test_every_rule_is_told_in_the_order_of_the_screen():
    assert [code for code, _ in judge("x").rules] == list(RuleCode)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_are_the_same_however_a_phone_writes_them(form):
    typed = unicodedata.normalize(form, "  été à la plage ")

    assert passwords.normalised(typed) == unicodedata.normalize("NFC", "été à la plage")


def test_a_town_is_named_and_not_every_town():
    assert guessable.town_words("Mairie de CarteVille") == ("CarteVille",)
    assert guessable.town_words("École de musique") == ()
    assert guessable.town_words("Ville de Saint-Denis") == ("Saint", "Denis")


@given(st.text(alphabet=string.ascii_letters + string.digits, min_size=1, max_size=40))
def test_more_characters_are_never_fewer_bits(password):
    assert passwords.bits(password + "a") > passwords.bits(password)


@given(st.text(max_size=300))
def test_anything_that_can_be_typed_is_judged_the_same_twice(password):
    assert judge(password) == judge(passwords.normalised(password))


@given(st.text(max_size=12))
def test_whatever_stands_around_a_name_it_is_found(around):
    judged = dict(judge(f"{around} amalia {around}").rules)

    assert not judged[RuleCode.PERSONAL]


def test_temporary_passwords_are_strong_and_easy_to_read():
    made = {tokens.new_temporary_password() for _ in range(200)}

    assert len(made) == 200
    for password in made:
        assert judge(password).passed
        assert password[0].isdigit()  # phones make a first letter a capital
        assert not set(password) & set("aeiouyl01O")
        assert [len(group) for group in password.split("-")] == [1, 4, 4, 4, 4]
