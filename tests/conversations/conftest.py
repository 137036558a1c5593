import pytest

from bot.locales import load
from conversations.texts import Texts
from tests.plain_spaces import load_plain


@pytest.fixture
def t() -> Texts:
    return load_plain()("fr")


@pytest.fixture
def en() -> Texts:
    return load()("en")
